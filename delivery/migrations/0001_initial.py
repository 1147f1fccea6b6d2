import django.contrib.postgres.fields
import django.db.models.deletion
import kela_kunta.base.apart
import kela_kunta.base.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("base", "0003_test_apart"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("contacts", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="FeedCounter",
            fields=[
                ("pk", models.CompositePrimaryKey("authority", "test", blank=True, editable=False, primary_key=True, serialize=False)),
                ("test", models.BooleanField(db_default=kela_kunta.base.apart.ActingTest())),
                ("last", models.BigIntegerField()),
                (
                    "authority",
                    models.ForeignKey(
                        db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, to="contacts.authority"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Reader",
            fields=[
                (
                    "client_id",
                    models.CharField(help_text="As it acts: client:<client id>.", max_length=107, primary_key=True, serialize=False),
                ),
                ("fetched_at", models.DateTimeField()),
                ("number", models.BigIntegerField()),
                ("authority", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="contacts.authority")),
            ],
        ),
        migrations.CreateModel(
            name="Subscription",
            fields=[
                ("id", models.UUIDField(db_default=kela_kunta.base.ids.UuidV7(), editable=False, primary_key=True, serialize=False)),
                ("client_id", models.CharField(help_text="Whose it is, as it acts: client:<client id>.", max_length=107)),
                ("url", models.CharField(max_length=500)),
                ("kinds", django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), default=list, size=None)),
                ("sealed_secret", models.BinaryField()),
                ("sealed_former_secret", models.BinaryField(null=True)),
                ("former_until", models.DateTimeField(help_text="Until then the former secret signs too.", null=True)),
                ("number", models.BigIntegerField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("active", "It is called."),
                            ("paused", "It did not answer for three days, or its client may not read any more."),
                            ("ended", "It answered 410: it wants no more."),
                        ],
                        default="active",
                        max_length=10,
                    ),
                ),
                ("created_at", models.DateTimeField()),
                ("stopped_at", models.DateTimeField(null=True)),
                ("delivered_at", models.DateTimeField(help_text="When a call last got through.", null=True)),
                ("failing_since", models.DateTimeField(help_text="The first failure since then.", null=True)),
                ("failures", models.PositiveIntegerField(default=0, help_text="Rounds that were broken off since then.")),
                ("quiet_until", models.DateTimeField(null=True)),
                ("sending_until", models.DateTimeField(null=True)),
                ("authority", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="contacts.authority")),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("state__in", ["active", "paused", "ended"])), name="subscription_state"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "active"), ("stopped_at", None)),
                            models.Q(models.Q(("state", "active"), _negated=True), ("stopped_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="subscription_stopped",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Delivery",
            fields=[
                ("id", models.UUIDField(db_default=kela_kunta.base.ids.UuidV7(), editable=False, primary_key=True, serialize=False)),
                ("number", models.BigIntegerField()),
                ("created_at", models.DateTimeField()),
                ("attempts", models.PositiveIntegerField(default=0)),
                ("first_attempt_at", models.DateTimeField(null=True)),
                ("next_attempt_at", models.DateTimeField(null=True)),
                ("last_status", models.PositiveSmallIntegerField(help_text="The last answer's HTTP status.", null=True)),
                ("last_error", models.CharField(blank=True, max_length=40)),
                ("delivered_at", models.DateTimeField(null=True)),
                ("dead_at", models.DateTimeField(null=True)),
                (
                    "subscription",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name="deliveries", to="delivery.subscription"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        models.F("subscription"),
                        models.F("number"),
                        condition=models.Q(("next_attempt_at__isnull", False)),
                        name="delivery_waiting",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(models.F("subscription"), models.F("number"), name="told_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("dead_at", None), ("delivered_at", None), ("next_attempt_at__isnull", False)),
                            models.Q(("dead_at", None), ("delivered_at__isnull", False), ("next_attempt_at", None)),
                            models.Q(("dead_at__isnull", False), ("delivered_at", None), ("next_attempt_at", None)),
                            _connector="OR",
                        ),
                        name="delivery_waits_or_has_ended",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Event",
            fields=[
                ("pk", models.CompositePrimaryKey("subject_id", "version", blank=True, editable=False, primary_key=True, serialize=False)),
                ("subject_kind", models.CharField(max_length=20)),
                ("subject_id", models.UUIDField()),
                ("version", models.PositiveIntegerField(help_text="The subject's version after this event.")),
                ("kind", models.CharField(max_length=40)),
                ("status", models.CharField(help_text="The subject's status after this event.", max_length=20)),
                ("at", models.DateTimeField()),
                ("role", models.CharField(max_length=20)),
                ("actor_id", models.CharField(max_length=100)),
                ("actor_name", models.CharField(max_length=200)),
                ("actor_authority", models.CharField(max_length=60)),
                ("call", models.CharField(db_default="", help_text="The X-Road-Id of the call that did it.", max_length=100)),
                ("data", models.JSONField(default=dict)),
                ("protected", models.BooleanField(db_default=True, help_text="Of a person under non-disclosure.")),
                ("number", models.BigIntegerField(null=True)),
                ("test", models.BooleanField(db_default=kela_kunta.base.apart.ActingTest())),
                (
                    "authority",
                    models.ForeignKey(
                        db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, to="contacts.authority"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(models.F("authority"), models.F("test"), models.F("number"), name="feed_order"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("authority__isnull", True), ("number__isnull", True)),
                            models.Q(("authority__isnull", False), ("number__isnull", False)),
                            _connector="OR",
                        ),
                        name="numbered_in_a_feed",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Letter",
            fields=[
                ("id", models.UUIDField(db_default=kela_kunta.base.ids.UuidV7(), editable=False, primary_key=True, serialize=False)),
                ("key", models.CharField(max_length=200, unique=True)),
                ("kind", models.CharField(help_text="Names its templates below letters/.", max_length=40)),
                ("address", models.EmailField(blank=True, max_length=254)),
                ("language", models.CharField(max_length=2)),
                ("data", models.JSONField(default=dict)),
                ("created_at", models.DateTimeField()),
                ("attempts", models.PositiveIntegerField(default=0)),
                ("first_attempt_at", models.DateTimeField(null=True)),
                ("next_attempt_at", models.DateTimeField(null=True)),
                ("last_error", models.CharField(blank=True, max_length=40)),
                ("sent_at", models.DateTimeField(null=True)),
                ("dead_at", models.DateTimeField(null=True)),
                (
                    "authority",
                    models.ForeignKey(
                        db_index=False,
                        help_text="Whose matter it is.",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="contacts.authority",
                    ),
                ),
                (
                    "reader",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        models.F("next_attempt_at"),
                        models.F("id"),
                        condition=models.Q(("next_attempt_at__isnull", False)),
                        name="letter_due",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("address", ""), ("reader__isnull", False)),
                            models.Q(("reader__isnull", True), models.Q(("address", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="letter_to_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("dead_at__isnull", True), ("next_attempt_at__isnull", False), ("sent_at__isnull", True)),
                            models.Q(("dead_at__isnull", True), ("next_attempt_at__isnull", True), ("sent_at__isnull", False)),
                            models.Q(("dead_at__isnull", False), ("next_attempt_at__isnull", True), ("sent_at__isnull", True)),
                            _connector="OR",
                        ),
                        name="letter_waits_or_has_ended",
                    ),
                ],
            },
        ),
    ]
