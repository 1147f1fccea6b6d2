import contacts.models.places
import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.functions.comparison
import kela_kunta.base.ids
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("base", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Authority",
            fields=[
                ("name_fi", models.CharField(max_length=120)),
                ("name_sv", models.CharField(max_length=120)),
                ("name_en", models.CharField(max_length=120)),
                (
                    "sort_key",
                    models.GeneratedField(
                        db_persist=True,
                        expression=contacts.models.places.FinnishOrder(models.F("name_fi")),
                        output_field=models.CharField(db_collation="C", max_length=120),
                    ),
                ),
                ("code", models.CharField(max_length=60, primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("kela", "Kela"),
                            ("municipality", "Municipality"),
                            ("joint_authority", "Joint authority"),
                            ("county", "Wellbeing services county"),
                        ],
                        max_length=20,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="County",
            fields=[
                ("name_fi", models.CharField(max_length=120)),
                ("name_sv", models.CharField(max_length=120)),
                ("name_en", models.CharField(max_length=120)),
                (
                    "sort_key",
                    models.GeneratedField(
                        db_persist=True,
                        expression=contacts.models.places.FinnishOrder(models.F("name_fi")),
                        output_field=models.CharField(db_collation="C", max_length=120),
                    ),
                ),
                ("code", models.CharField(max_length=2, primary_key=True, serialize=False)),
            ],
        ),
        migrations.CreateModel(
            name="District",
            fields=[
                ("name_fi", models.CharField(max_length=120)),
                ("name_sv", models.CharField(max_length=120)),
                ("name_en", models.CharField(max_length=120)),
                (
                    "sort_key",
                    models.GeneratedField(
                        db_persist=True,
                        expression=contacts.models.places.FinnishOrder(models.F("name_fi")),
                        output_field=models.CharField(db_collation="C", max_length=120),
                    ),
                ),
                ("code", models.CharField(max_length=2, primary_key=True, serialize=False)),
            ],
        ),
        migrations.CreateModel(
            name="ReferenceRelease",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.CharField(max_length=40)),
                ("loaded_at", models.DateTimeField()),
                ("digest", models.CharField(max_length=64)),
                ("changes", models.PositiveIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name="Region",
            fields=[
                ("name_fi", models.CharField(max_length=120)),
                ("name_sv", models.CharField(max_length=120)),
                ("name_en", models.CharField(max_length=120)),
                (
                    "sort_key",
                    models.GeneratedField(
                        db_persist=True,
                        expression=contacts.models.places.FinnishOrder(models.F("name_fi")),
                        output_field=models.CharField(db_collation="C", max_length=120),
                    ),
                ),
                ("code", models.CharField(max_length=2, primary_key=True, serialize=False)),
            ],
        ),
        migrations.CreateModel(
            name="DirectoryCheck",
            fields=[
                ("id", models.UUIDField(db_default=kela_kunta.base.ids.UuidV7(), editable=False, primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
                ("milliseconds", models.PositiveIntegerField(help_text="How long it took.")),
                ("due", models.PositiveIntegerField()),
                ("stale", models.PositiveIntegerField()),
                ("missing", models.PositiveIntegerField()),
                ("incomplete", models.PositiveIntegerField()),
                ("municipalities", models.PositiveIntegerField()),
                ("letters", models.PositiveIntegerField()),
            ],
            options={
                "indexes": [models.Index(models.OrderBy(models.F("at"), descending=True), name="directory_check_newest")],
            },
        ),
        migrations.CreateModel(
            name="Municipality",
            fields=[
                ("name_fi", models.CharField(max_length=120)),
                ("name_sv", models.CharField(max_length=120)),
                ("name_en", models.CharField(max_length=120)),
                (
                    "sort_key",
                    models.GeneratedField(
                        db_persist=True,
                        expression=contacts.models.places.FinnishOrder(models.F("name_fi")),
                        output_field=models.CharField(db_collation="C", max_length=120),
                    ),
                ),
                ("code", models.CharField(max_length=3, primary_key=True, serialize=False)),
                ("languages", models.CharField(help_text="Majority first, such as “fi sv”.", max_length=10)),
                ("valid", django.contrib.postgres.fields.ranges.DateRangeField()),
                ("population_2017", models.PositiveIntegerField(null=True)),
                ("population_2022", models.PositiveIntegerField(null=True)),
                (
                    "successor",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="predecessors", to="contacts.municipality"
                    ),
                ),
            ],
            options={
                "constraints": [models.CheckConstraint(condition=models.Q(("valid__isempty", False)), name="municipality_some_day")],
            },
        ),
        migrations.CreateModel(
            name="LocalPractice",
            fields=[
                ("id", models.UUIDField(db_default=kela_kunta.base.ids.UuidV7(), editable=False, primary_key=True, serialize=False)),
                ("confirmed_on", models.DateField()),
                ("confirmed_by", models.CharField(max_length=200)),
                ("review_months", models.PositiveSmallIntegerField(default=6)),
                ("version", models.PositiveIntegerField(default=1)),
                ("updated_at", models.DateTimeField()),
                (
                    "topic",
                    models.CharField(
                        choices=[
                            ("urgent", "Urgent situations"),
                            ("undocumented", "Undocumented persons"),
                            ("home_care", "Home and institutional care"),
                            ("surplus", "Surplus situations"),
                            ("deposits", "Rent deposits"),
                            ("visiting_costs", "Child visiting costs"),
                            ("lowering", "Lowering of the basic amount"),
                            ("housing_costs", "Reduction of housing costs"),
                            ("expenses", "Expenses"),
                            ("young_people", "Young people"),
                            ("immigrants", "Immigrants"),
                            ("ways_of_contact", "Ways of contact"),
                        ],
                        max_length=30,
                    ),
                ),
                (
                    "types",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40), blank=True, default=list, size=None
                    ),
                ),
                ("urgent_only", models.BooleanField(default=False)),
                ("text_fi", models.TextField(max_length=10000)),
                ("text_sv", models.TextField(blank=True, max_length=10000)),
                ("valid", django.contrib.postgres.fields.ranges.DateRangeField()),
                ("owner_agreed_on", models.DateField(null=True)),
                ("owner_agreed_by", models.CharField(blank=True, max_length=200)),
                ("kela_agreed_on", models.DateField(null=True)),
                ("kela_agreed_by", models.CharField(blank=True, max_length=200)),
                ("owner", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="contacts.authority")),
                (
                    "municipality",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="contacts.municipality"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(models.F("owner"), models.F("municipality"), name="localpractice_place")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("review_months__gte", 1), ("review_months__lte", 24)),
                        name="localpractice_reviewed_within_two_years",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "topic__in",
                                [
                                    "urgent",
                                    "undocumented",
                                    "home_care",
                                    "surplus",
                                    "deposits",
                                    "visiting_costs",
                                    "lowering",
                                    "housing_costs",
                                    "expenses",
                                    "young_people",
                                    "immigrants",
                                    "ways_of_contact",
                                ],
                            )
                        ),
                        name="practice_known_topic",
                    ),
                    models.CheckConstraint(condition=models.Q(("valid__isempty", False)), name="practice_some_day"),
                    models.CheckConstraint(condition=models.Q(("owner", "kela"), _negated=True), name="practice_not_kelas_own"),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(("kela_agreed_on__isnull", False), ("owner_agreed_on__isnull", False)),
                        expressions=[
                            ("owner", "="),
                            ("topic", "="),
                            (django.db.models.functions.comparison.Coalesce(models.F("municipality"), models.Value("")), "="),
                            ("valid", "&&"),
                        ],
                        name="one_agreed_practice_a_day",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Contact",
            fields=[
                ("id", models.UUIDField(db_default=kela_kunta.base.ids.UuidV7(), editable=False, primary_key=True, serialize=False)),
                ("confirmed_on", models.DateField()),
                ("confirmed_by", models.CharField(max_length=200)),
                ("review_months", models.PositiveSmallIntegerField(default=6)),
                ("version", models.PositiveIntegerField(default=1)),
                ("updated_at", models.DateTimeField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("officials_line", "Line for officials"),
                            ("adult_social_work", "Adult social work"),
                            ("social_emergency", "Social emergency service"),
                            ("child_welfare", "Child welfare"),
                            ("housing", "Housing"),
                            ("immigrant_services", "Immigrant services"),
                            ("youth_services", "Youth services"),
                            ("customer_service", "Customer service"),
                        ],
                        max_length=30,
                    ),
                ),
                (
                    "audience",
                    models.CharField(choices=[("public", "Public"), ("officials", "Officials only")], default="public", max_length=10),
                ),
                ("title_fi", models.CharField(blank=True, max_length=120)),
                ("title_sv", models.CharField(blank=True, max_length=120)),
                ("person", models.CharField(blank=True, max_length=120)),
                (
                    "channel",
                    models.CharField(
                        choices=[("phone", "Phone"), ("email", "E-mail"), ("video", "Video meeting"), ("secure_mail", "Secure mail")],
                        default="phone",
                        max_length=20,
                    ),
                ),
                ("phone", models.CharField(blank=True, help_text="E.164.", max_length=20)),
                ("email", models.EmailField(blank=True, max_length=254)),
                ("link", models.URLField(blank=True)),
                ("hours", models.CharField(blank=True, max_length=200)),
                (
                    "languages",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=3), blank=True, default=list, size=None
                    ),
                ),
                ("note_fi", models.TextField(blank=True, max_length=2000)),
                ("note_sv", models.TextField(blank=True, max_length=2000)),
                (
                    "source_id",
                    models.CharField(
                        blank=True, help_text="What the Suomi.fi service catalogue calls it, where it came from there.", max_length=80
                    ),
                ),
                ("owner", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="contacts.authority")),
                (
                    "district",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="contacts.district"
                    ),
                ),
                (
                    "municipality",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="contacts.municipality"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(models.F("owner"), models.F("municipality"), name="contact_place")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("review_months__gte", 1), ("review_months__lte", 24)), name="contact_reviewed_within_two_years"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("source_id", ""), _negated=True), fields=("owner", "source_id"), name="contact_one_of_a_source"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "officials_line",
                                    "adult_social_work",
                                    "social_emergency",
                                    "child_welfare",
                                    "housing",
                                    "immigrant_services",
                                    "youth_services",
                                    "customer_service",
                                ],
                            )
                        ),
                        name="contact_known_kind",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("phone", ""), _negated=True),
                            models.Q(("email", ""), _negated=True),
                            models.Q(("link", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="contact_reachable",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("district__isnull", True), models.Q(("municipality__isnull", True), ("owner", "kela")), _connector="OR"
                        ),
                        name="contact_district_of_kela",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MunicipalityCounty",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("valid", django.contrib.postgres.fields.ranges.DateRangeField()),
                ("county", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="contacts.county")),
                (
                    "municipality",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="counties", to="contacts.municipality"),
                ),
            ],
            options={
                "constraints": [
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[("municipality", "="), ("valid", "&&")], name="county_one_a_day"
                    ),
                    models.CheckConstraint(condition=models.Q(("valid__isempty", False)), name="county_some_day"),
                ],
            },
        ),
        migrations.CreateModel(
            name="MunicipalityDistrict",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("valid", django.contrib.postgres.fields.ranges.DateRangeField()),
                ("district", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="contacts.district")),
                (
                    "municipality",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="districts", to="contacts.municipality"),
                ),
            ],
            options={
                "constraints": [
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[("municipality", "="), ("valid", "&&")], name="district_one_a_day"
                    ),
                    models.CheckConstraint(condition=models.Q(("valid__isempty", False)), name="district_some_day"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Pause",
            fields=[
                ("id", models.UUIDField(db_default=kela_kunta.base.ids.UuidV7(), editable=False, primary_key=True, serialize=False)),
                ("type", models.CharField(blank=True, max_length=40)),
                ("valid", django.contrib.postgres.fields.ranges.DateTimeRangeField()),
                (
                    "cause",
                    models.CharField(
                        choices=[
                            ("staff", "Shortage of staff"),
                            ("system", "Fault or change of a system"),
                            ("congestion", "Congestion"),
                            ("organisation", "Change of organisation"),
                            ("other", "Other cause"),
                        ],
                        max_length=20,
                    ),
                ),
                ("text", models.CharField(blank=True, max_length=500)),
                ("fallback_phone", models.CharField(blank=True, help_text="E.164.", max_length=20)),
                ("inbox_read", models.BooleanField(default=False)),
                ("set_at", models.DateTimeField()),
                ("set_by", models.CharField(max_length=200)),
                ("ended_by", models.CharField(blank=True, max_length=200)),
                (
                    "authority",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="pauses", to="contacts.authority"
                    ),
                ),
            ],
            options={
                "constraints": [
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[(models.F("authority"), "="), (models.F("type"), "="), (models.F("valid"), "&&")],
                        name="one_pause_at_a_time",
                    ),
                    models.CheckConstraint(condition=models.Q(("valid__isempty", False)), name="pause_some_time"),
                    models.CheckConstraint(
                        condition=models.Q(("cause__in", ["staff", "system", "congestion", "organisation", "other"])),
                        name="pause_known_cause",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("inbox_read", True), models.Q(("fallback_phone", ""), _negated=True), _connector="OR"),
                        name="pause_says_what_instead",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PostalCode",
            fields=[
                ("code", models.CharField(max_length=5, primary_key=True, serialize=False)),
                ("name_fi", models.CharField(max_length=60)),
                ("name_sv", models.CharField(max_length=60)),
                (
                    "municipality",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="postal_codes", to="contacts.municipality"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="MunicipalityRegion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("valid", django.contrib.postgres.fields.ranges.DateRangeField()),
                (
                    "municipality",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="regions", to="contacts.municipality"),
                ),
                ("region", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="contacts.region")),
            ],
            options={
                "constraints": [
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[("municipality", "="), ("valid", "&&")], name="region_one_a_day"
                    ),
                    models.CheckConstraint(condition=models.Q(("valid__isempty", False)), name="region_some_day"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Responsibility",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("type", models.CharField(max_length=40)),
                ("valid", django.contrib.postgres.fields.ranges.DateRangeField()),
                ("confidence", models.CharField(default="high", max_length=10)),
                (
                    "authority",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="responsibilities", to="contacts.authority"
                    ),
                ),
                (
                    "municipality",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="responsibilities", to="contacts.municipality"
                    ),
                ),
            ],
            options={
                "constraints": [
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[("municipality", "="), ("type", "="), ("valid", "&&")], name="responsibility_one_a_day"
                    ),
                    models.CheckConstraint(condition=models.Q(("valid__isempty", False)), name="responsibility_some_day"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Revision",
            fields=[
                ("pk", models.CompositePrimaryKey("entry_id", "version", blank=True, editable=False, primary_key=True, serialize=False)),
                ("entry_id", models.UUIDField()),
                ("version", models.PositiveIntegerField()),
                ("kind", models.CharField(help_text="Which kind of entry.", max_length=20)),
                (
                    "action",
                    models.CharField(
                        choices=[
                            ("added", "Added"),
                            ("changed", "Changed"),
                            ("confirmed", "Confirmed"),
                            ("agreed", "Agreed"),
                            ("removed", "Removed"),
                            ("undone", "Undone"),
                        ],
                        max_length=20,
                    ),
                ),
                ("at", models.DateTimeField()),
                ("role", models.CharField(max_length=20)),
                ("actor_id", models.CharField(max_length=100)),
                ("actor_name", models.CharField(max_length=200)),
                ("actor_authority", models.CharField(max_length=60)),
                ("content", models.JSONField(null=True)),
                ("batch", models.UUIDField(null=True)),
                ("owner", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="contacts.authority")),
            ],
            options={
                "indexes": [
                    models.Index(models.F("owner"), models.OrderBy(models.F("at"), descending=True), name="revision_newest"),
                    models.Index(models.F("batch"), condition=models.Q(("batch__isnull", False)), name="revision_batch"),
                ],
            },
        ),
        migrations.CreateModel(
            name="SearchName",
            fields=[
                ("pk", models.CompositePrimaryKey("kind", "key", "name", blank=True, editable=False, primary_key=True, serialize=False)),
                ("kind", models.CharField(help_text="What is named: municipality, place, region, authority or contact.", max_length=20)),
                ("key", models.CharField(help_text="The primary key of what is named, a place's is its postal code.", max_length=60)),
                ("name", models.CharField(max_length=120)),
                ("tail", models.BooleanField()),
            ],
            options={
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(fields=["name"], name="search_name_likeness", opclasses=["gin_trgm_ops"])
                ],
            },
        ),
        migrations.CreateModel(
            name="ServicePoint",
            fields=[
                ("id", models.UUIDField(db_default=kela_kunta.base.ids.UuidV7(), editable=False, primary_key=True, serialize=False)),
                ("confirmed_on", models.DateField()),
                ("confirmed_by", models.CharField(max_length=200)),
                ("review_months", models.PositiveSmallIntegerField(default=6)),
                ("version", models.PositiveIntegerField(default=1)),
                ("updated_at", models.DateTimeField()),
                (
                    "kind",
                    models.CharField(
                        choices=[("office", "Office"), ("service_point", "Shared service point"), ("outreach", "Visiting service")],
                        default="office",
                        max_length=20,
                    ),
                ),
                (
                    "serves",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=3), blank=True, default=list, size=None
                    ),
                ),
                ("name_fi", models.CharField(max_length=120)),
                ("name_sv", models.CharField(blank=True, max_length=120)),
                ("street_fi", models.CharField(max_length=120)),
                ("street_sv", models.CharField(blank=True, max_length=120)),
                ("postal_code", models.CharField(max_length=5)),
                ("phone", models.CharField(blank=True, help_text="E.164.", max_length=20)),
                ("email", models.EmailField(blank=True, max_length=254)),
                ("hours", models.CharField(blank=True, max_length=200)),
                (
                    "languages",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=3), blank=True, default=list, size=None
                    ),
                ),
                (
                    "hands_over_commitments",
                    models.BooleanField(
                        default=False, help_text="Whether a payment commitment (maksusitoumus) can be handed to the client there."
                    ),
                ),
                ("note_fi", models.TextField(blank=True, max_length=2000)),
                ("note_sv", models.TextField(blank=True, max_length=2000)),
                (
                    "source_id",
                    models.CharField(
                        blank=True, help_text="What the Suomi.fi service catalogue calls it, where it came from there.", max_length=80
                    ),
                ),
                (
                    "municipality",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="contacts.municipality"
                    ),
                ),
                ("owner", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="contacts.authority")),
            ],
            options={
                "indexes": [models.Index(models.F("owner"), models.F("municipality"), name="servicepoint_place")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("review_months__gte", 1), ("review_months__lte", 24)),
                        name="servicepoint_reviewed_within_two_years",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("source_id", ""), _negated=True), fields=("owner", "source_id"), name="point_one_of_a_source"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["office", "service_point", "outreach"])), name="point_known_kind"
                    ),
                    models.CheckConstraint(condition=models.Q(("municipality__isnull", False)), name="point_somewhere"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Upload",
            fields=[
                ("id", models.UUIDField(db_default=kela_kunta.base.ids.UuidV7(), editable=False, primary_key=True, serialize=False)),
                ("actor_id", models.CharField(max_length=100)),
                ("kind", models.CharField(max_length=20)),
                ("whole", models.BooleanField(default=False, help_text="Whether what is not in the file is removed.")),
                ("content", models.BinaryField()),
                ("expires_at", models.DateTimeField()),
                ("owner", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="contacts.authority")),
            ],
            options={
                "indexes": [models.Index(models.F("expires_at"), name="upload_expires")],
            },
        ),
    ]
