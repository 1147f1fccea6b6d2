import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.functions.datetime
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
            name="AlertRule",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("type", models.CharField(max_length=40)),
                ("valid_from", models.DateField(null=True)),
                ("valid_to", models.DateField(null=True)),
                ("min_months", models.PositiveSmallIntegerField()),
                ("full_months", models.BooleanField()),
                ("main_income", models.BooleanField()),
                ("unemployed", models.BooleanField()),
                ("without_plan", models.BooleanField()),
                ("residence_ground", models.BooleanField()),
                ("age_at_least", models.PositiveSmallIntegerField(null=True)),
                ("age_below", models.PositiveSmallIntegerField(null=True)),
                ("years_since_first_permit", models.PositiveSmallIntegerField(null=True)),
                ("most_at_once", models.PositiveIntegerField(help_text="For one municipality; more leave in lots.")),
                ("lot_size", models.PositiveIntegerField(help_text="Sent each Monday.")),
                ("basis", models.CharField(max_length=60)),
            ],
        ),
        migrations.CreateModel(
            name="Referral",
            fields=[
                ("id", models.UUIDField(db_default=kela_kunta.base.ids.UuidV7(), editable=False, primary_key=True, serialize=False)),
                ("type", models.CharField(max_length=40)),
                ("status", models.CharField(default="sent", max_length=20)),
                ("version", models.PositiveIntegerField(default=1)),
                ("urgent", models.BooleanField()),
                ("protected", models.BooleanField(help_text="Of a person under non-disclosure for personal safety.")),
                ("test", models.BooleanField(db_default=kela_kunta.base.apart.ActingTest(), help_text="Sent by a test client.")),
                ("sender_role", models.CharField(max_length=20)),
                ("sender_id", models.CharField(max_length=100)),
                ("sender_name", models.CharField(max_length=200)),
                ("sender_reference", models.CharField(blank=True, max_length=64)),
                ("key", models.CharField(help_text="The sender's idempotency key.", max_length=200)),
                ("digest", models.BinaryField(help_text="SHA-256 of what was sent with the key.", max_length=32)),
                ("sent_at", models.DateTimeField()),
                ("release_at", models.DateTimeField(help_text="Held back from routing until then.")),
                ("client_informed_on", models.DateField(null=True)),
                ("additional_information", models.TextField(blank=True)),
                ("files", models.PositiveSmallIntegerField(default=0, help_text="How many attachments it has.")),
                (
                    "attachments_due",
                    models.DateTimeField(help_text="Held until all of them are there, by then; null when they are.", null=True),
                ),
                ("routing_reason", models.JSONField(null=True)),
                ("handovers", models.PositiveSmallIntegerField(default=0)),
                ("delivered_at", models.DateTimeField(help_text="When the present authority received it.", null=True)),
                ("first_delivered_at", models.DateTimeField(null=True)),
                ("due_on", models.DateField(null=True)),
                ("first_due_on", models.DateField(null=True)),
                ("discussion_due_on", models.DateField(null=True)),
                ("acknowledge_by", models.DateTimeField(null=True)),
                ("acknowledged_at", models.DateTimeField(help_text="When it was first acknowledged.", null=True)),
                ("started_at", models.DateTimeField(help_text="When work on it first began.", null=True)),
                ("escalated_at", models.DateTimeField(help_text="When it was, while its present authority has had it.", null=True)),
                ("escalated_because", models.CharField(blank=True, max_length=30)),
                ("receipt_at", models.DateTimeField(help_text="Of the last technical receipt by its present authority.", null=True)),
                ("fault", models.CharField(blank=True, help_text="Why that authority's system did not take it.", max_length=40)),
                ("closed_at", models.DateTimeField(null=True)),
                ("outcome", models.CharField(blank=True, max_length=40)),
                ("outcome_text", models.TextField(blank=True)),
                ("return_reason", models.CharField(blank=True, max_length=40)),
                ("return_text", models.TextField(blank=True)),
                ("first_return_reason", models.CharField(blank=True, db_default="", default="", max_length=40)),
                ("withdrawal_reason", models.CharField(blank=True, max_length=40)),
                ("updated_at", models.DateTimeField()),
                (
                    "assignee",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "first_returned_by",
                    models.ForeignKey(
                        db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="contacts.authority"
                    ),
                ),
                (
                    "municipality",
                    models.ForeignKey(
                        db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="contacts.municipality"
                    ),
                ),
                (
                    "proposed_authority",
                    models.ForeignKey(
                        db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="contacts.authority"
                    ),
                ),
                (
                    "receiving_authority",
                    models.ForeignKey(
                        db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="contacts.authority"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(models.F("release_at"), models.F("id"), condition=models.Q(("status", "sent")), name="referral_pending"),
                    models.Index(
                        models.F("receiving_authority"),
                        models.F("due_on"),
                        models.F("id"),
                        condition=models.Q(("status__in", ["delivered", "acknowledged", "in_progress"])),
                        name="referral_inbox",
                    ),
                    models.Index(
                        models.F("receiving_authority"),
                        models.OrderBy(models.F("delivered_at"), descending=True),
                        models.OrderBy(models.F("id"), descending=True),
                        condition=models.Q(("status", "delivered")),
                        name="referral_new",
                    ),
                    models.Index(
                        models.F("escalated_at"),
                        models.F("id"),
                        condition=models.Q(("escalated_at__isnull", False), ("status", "delivered"), ("urgent", True)),
                        name="referral_escalated",
                    ),
                    models.Index(
                        models.F("acknowledge_by"),
                        models.F("id"),
                        condition=models.Q(("escalated_at__isnull", True), ("status", "delivered"), ("urgent", True)),
                        name="referral_to_watch",
                    ),
                    models.Index(
                        models.F("receiving_authority"),
                        models.OrderBy(models.F("sent_at"), descending=True),
                        models.OrderBy(models.F("id"), descending=True),
                        name="referral_archive",
                    ),
                    models.Index(models.F("receiving_authority"), models.F("delivered_at"), models.F("id"), name="referral_arrived"),
                    models.Index(
                        models.F("sender_id"),
                        models.OrderBy(models.F("sent_at"), descending=True),
                        models.OrderBy(models.F("id"), descending=True),
                        name="referral_sent",
                    ),
                    models.Index(
                        models.F("status"),
                        models.F("sent_at"),
                        models.F("id"),
                        condition=models.Q(("status__in", ["returned", "unroutable"])),
                        name="referral_back_at_kela",
                    ),
                    models.Index(
                        models.F("receipt_at"), models.F("id"), condition=models.Q(("fault", ""), _negated=True), name="referral_fault"
                    ),
                    models.Index(
                        models.F("attachments_due"),
                        models.F("id"),
                        condition=models.Q(("attachments_due__isnull", False), ("status", "sent")),
                        name="referral_lacks_files",
                    ),
                    models.Index(models.F("sent_at"), models.F("id"), name="referral_sent_at"),
                    models.Index(models.F("sent_at"), models.F("id"), condition=models.Q(("test", True)), name="referral_tests"),
                    models.Index(models.F("updated_at"), models.F("id"), name="referral_updated_at"),
                ],
                "constraints": [
                    models.UniqueConstraint(models.F("sender_id"), models.F("key"), models.F("test"), name="one_referral_a_key"),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "status__in",
                                ["sent", "delivered", "acknowledged", "in_progress", "closed", "returned", "withdrawn", "unroutable"],
                            )
                        ),
                        name="known_status",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("receiving_authority__isnull", True), ("status__in", ["sent", "unroutable"])),
                            ("status", "withdrawn"),
                            models.Q(
                                models.Q(("status__in", ["sent", "unroutable"]), _negated=True), ("receiving_authority__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="receiver_fits_status",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("due_on__isnull", False), ("status__in", ["delivered", "acknowledged", "in_progress"])),
                            models.Q(
                                models.Q(("status__in", ["delivered", "acknowledged", "in_progress"]), _negated=True),
                                ("due_on__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="deadline_while_held",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "closed"), models.Q(("outcome", ""), _negated=True), ("closed_at__isnull", False)),
                            models.Q(models.Q(("status", "closed"), _negated=True), ("outcome", ""), ("closed_at__isnull", True)),
                            _connector="OR",
                        ),
                        name="outcome_when_closed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "returned"), _negated=True), models.Q(("return_reason", ""), _negated=True), _connector="OR"
                        ),
                        name="reason_when_returned",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "withdrawn"), models.Q(("withdrawal_reason", ""), _negated=True)),
                            models.Q(models.Q(("status", "withdrawn"), _negated=True), ("withdrawal_reason", "")),
                            _connector="OR",
                        ),
                        name="reason_when_withdrawn",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("escalated_at__isnull", True), ("escalated_because", "")),
                            models.Q(("escalated_at__isnull", False), ("escalated_because__in", ["receiver_paused", "not_acknowledged"])),
                            _connector="OR",
                        ),
                        name="escalated_with_its_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("fault", ""),
                            models.Q(
                                (
                                    "fault__in",
                                    [
                                        "invalid_content",
                                        "unknown_client",
                                        "duplicate",
                                        "unsupported_type",
                                        "attachment_missing",
                                        "storage_failed",
                                        "other",
                                    ],
                                ),
                                ("receipt_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="fault_by_a_receipt",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("attachments_due__isnull", True), ("status__in", ["sent", "withdrawn"]), _connector="OR"),
                        name="nothing_leaves_without_its_files",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DeadlineRule",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("type", models.CharField(blank=True, max_length=40)),
                ("clock", models.CharField(max_length=30)),
                ("urgent", models.BooleanField(null=True)),
                ("valid_from", models.DateField(null=True)),
                ("valid_to", models.DateField(null=True)),
                ("unit", models.CharField(max_length=20)),
                ("amount", models.PositiveSmallIntegerField(default=0)),
                ("basis", models.CharField(max_length=60)),
            ],
        ),
        migrations.CreateModel(
            name="Purge",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("as_of", models.DateField()),
                ("started_at", models.DateTimeField()),
                ("seconds", models.FloatField(null=True)),
                ("gone", models.JSONField(default=dict, help_text="A number for each kind.")),
            ],
        ),
        migrations.CreateModel(
            name="Trace",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("person_index", models.BinaryField()),
                ("at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), help_text="When it was deleted.")),
            ],
            options={
                "indexes": [models.Index(models.F("person_index"), name="trace_person")],
            },
        ),
        migrations.CreateModel(
            name="Recipient",
            fields=[
                ("id", models.UUIDField(db_default=kela_kunta.base.ids.UuidV7(), editable=False, primary_key=True, serialize=False)),
                ("sealed_identity_code", models.BinaryField()),
                ("person_index", models.BinaryField(help_text="The keyed blind index of the identity code.", unique=True)),
                ("birth_date", models.DateField()),
                ("family_name", models.CharField(max_length=100)),
                ("given_names", models.CharField(max_length=100)),
                ("phone", models.CharField(blank=True, max_length=20)),
                ("contact_language", models.CharField(blank=True, max_length=3)),
                ("non_disclosure", models.BooleanField(default=False)),
                ("died_on", models.DateField(null=True)),
                ("told_of", models.DateField(help_text="The latest month told of, its first day.")),
                (
                    "home_municipality",
                    models.ForeignKey(
                        db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="contacts.municipality"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(models.F("home_municipality"), models.F("id"), name="recipient_home")],
            },
        ),
        migrations.CreateModel(
            name="ReleaseRule",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("type", models.CharField(blank=True, max_length=40)),
                ("urgent", models.BooleanField(null=True)),
                ("valid_from", models.DateField(null=True)),
                ("valid_to", models.DateField(null=True)),
                ("when", models.CharField(max_length=30)),
                ("basis", models.CharField(max_length=60)),
            ],
        ),
        migrations.CreateModel(
            name="AlertRun",
            fields=[
                ("id", models.UUIDField(db_default=kela_kunta.base.ids.UuidV7(), editable=False, primary_key=True, serialize=False)),
                ("as_of", models.DateField()),
                ("whole", models.BooleanField(help_text="It looked at everybody, since a rule had changed.")),
                ("by_id", models.CharField(max_length=100)),
                ("by_name", models.CharField(max_length=200)),
                ("started_at", models.DateTimeField()),
                ("finished_at", models.DateTimeField(null=True)),
                (
                    "outcome",
                    models.CharField(
                        choices=[("running", "Running"), ("done", "Done"), ("failed", "Failed")], default="running", max_length=10
                    ),
                ),
                ("looked", models.PositiveIntegerField(default=0)),
                ("found", models.PositiveIntegerField(default=0)),
                ("lacking", models.PositiveIntegerField(default=0)),
                ("withdrawn", models.PositiveIntegerField(default=0)),
                ("told", models.PositiveIntegerField(default=0, help_text="Authorities at work were told that the ground is gone.")),
                ("recalled_at", models.DateTimeField(null=True)),
                ("recalled_by_id", models.CharField(blank=True, max_length=100)),
                ("recalled_by_name", models.CharField(blank=True, max_length=200)),
                ("recall_text", models.TextField(blank=True)),
                ("recall_done_at", models.DateTimeField(null=True)),
            ],
            options={
                "indexes": [models.Index(fields=["-started_at"], name="run_newest")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("finished_at__isnull", True), ("outcome", "running")),
                            models.Q(models.Q(("outcome", "running"), _negated=True), ("finished_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="run_ends_with_an_outcome",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("recalled_at__isnull", True), models.Q(("recall_text", ""), _negated=True), _connector="OR"),
                        name="alertrun_recall_has_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="BasicDecision",
            fields=[
                ("id", models.UUIDField(db_default=kela_kunta.base.ids.UuidV7(), editable=False, primary_key=True, serialize=False)),
                ("version", models.PositiveSmallIntegerField()),
                ("number", models.CharField(max_length=64)),
                ("decided_on", models.DateField()),
                ("period_from", models.DateField(help_text="First day of the first month.")),
                ("period_to", models.DateField(help_text="First day of the last month.")),
                ("result", models.CharField(max_length=20)),
                ("lines", models.JSONField(default=list)),
                (
                    "referral",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="decisions", to="referrals.referral"
                    ),
                ),
            ],
            options={
                "ordering": ["version"],
                "constraints": [models.UniqueConstraint(models.F("referral"), models.F("version"), name="one_decision_a_version")],
            },
        ),
        migrations.CreateModel(
            name="Attachment",
            fields=[
                ("id", models.UUIDField(db_default=kela_kunta.base.ids.UuidV7(), editable=False, primary_key=True, serialize=False)),
                ("number", models.PositiveSmallIntegerField(help_text="Its place among the referral's, from 1.")),
                ("name", models.CharField(max_length=255)),
                ("size", models.PositiveIntegerField(help_text="Bytes.")),
                ("sha256", models.CharField(max_length=64)),
                ("media_type", models.CharField(blank=True, max_length=40)),
                (
                    "referral",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="attachments", to="referrals.referral"
                    ),
                ),
            ],
            options={
                "ordering": ["number"],
                "constraints": [models.UniqueConstraint(models.F("referral"), models.F("sha256"), name="a_file_once_on_a_referral")],
            },
        ),
        migrations.CreateModel(
            name="Message",
            fields=[
                ("id", models.UUIDField(db_default=kela_kunta.base.ids.UuidV7(), editable=False, primary_key=True, serialize=False)),
                ("side", models.CharField(max_length=60)),
                ("role", models.CharField(max_length=20)),
                ("author_id", models.CharField(max_length=100)),
                ("author_name", models.CharField(max_length=200)),
                ("at", models.DateTimeField()),
                ("text", models.TextField()),
                ("internal", models.BooleanField()),
                ("recipient", models.CharField(blank=True, max_length=100)),
                ("version", models.PositiveIntegerField(null=True)),
                (
                    "referral",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="messages", to="referrals.referral"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(models.F("referral"), models.F("at"), models.F("id"), name="message_conversation"),
                    models.Index(models.F("recipient"), models.F("at"), condition=models.Q(("internal", False)), name="message_to_look_at"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("internal", True), ("recipient", ""), ("version__isnull", True)),
                            models.Q(("internal", False), ("version__isnull", False)),
                            _connector="OR",
                        ),
                        name="a_note_goes_to_nobody",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="MessagesRead",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey("referral_id", "reader_id", blank=True, editable=False, primary_key=True, serialize=False),
                ),
                ("reader_id", models.CharField(max_length=100)),
                ("side", models.CharField(max_length=60)),
                ("upto", models.UUIDField()),
                ("at", models.DateTimeField()),
                (
                    "referral",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="referrals.referral"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Pace",
            fields=[
                ("pk", models.CompositePrimaryKey("authority_id", "type", blank=True, editable=False, primary_key=True, serialize=False)),
                ("type", models.CharField(max_length=40)),
                ("until_noted", models.PositiveSmallIntegerField(help_text="Median, working days.", null=True)),
                ("until_begun", models.PositiveSmallIntegerField(help_text="Median, working days.", null=True)),
                ("measured_at", models.DateTimeField()),
                (
                    "authority",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="contacts.authority"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Receipt",
            fields=[
                ("id", models.UUIDField(db_default=kela_kunta.base.ids.UuidV7(), editable=False, primary_key=True, serialize=False)),
                ("client_id", models.CharField(max_length=100)),
                ("client_name", models.CharField(max_length=200)),
                ("at", models.DateTimeField()),
                ("accepted", models.BooleanField()),
                ("code", models.CharField(blank=True, max_length=40)),
                ("detail", models.TextField(blank=True)),
                ("version", models.PositiveIntegerField()),
                (
                    "authority",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="contacts.authority"
                    ),
                ),
                (
                    "referral",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="receipts", to="referrals.referral"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(models.F("referral"), models.F("version"), name="one_receipt_a_version"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("accepted", True), ("code", "")),
                            models.Q(
                                ("accepted", False),
                                (
                                    "code__in",
                                    [
                                        "invalid_content",
                                        "unknown_client",
                                        "duplicate",
                                        "unsupported_type",
                                        "attachment_missing",
                                        "storage_failed",
                                        "other",
                                    ],
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="a_refusal_has_its_code",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Watch",
            fields=[
                (
                    "recipient",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="watch",
                        serialize=False,
                        to="referrals.recipient",
                    ),
                ),
                ("from_day", models.DateField()),
            ],
            options={
                "indexes": [models.Index(models.F("from_day"), name="watch_when")],
            },
        ),
        migrations.CreateModel(
            name="AssistanceImport",
            fields=[
                ("recalled_at", models.DateTimeField(null=True)),
                ("recalled_by_id", models.CharField(blank=True, max_length=100)),
                ("recalled_by_name", models.CharField(blank=True, max_length=200)),
                ("recall_text", models.TextField(blank=True)),
                ("recall_done_at", models.DateTimeField(null=True)),
                ("id", models.UUIDField(db_default=kela_kunta.base.ids.UuidV7(), editable=False, primary_key=True, serialize=False)),
                ("way", models.CharField(choices=[("api", "Api"), ("table", "Table")], max_length=10)),
                ("by_id", models.CharField(max_length=100)),
                ("by_name", models.CharField(max_length=200)),
                ("told_at", models.DateTimeField()),
                ("told", models.PositiveIntegerField()),
                ("changed", models.PositiveIntegerField(default=0)),
            ],
            options={
                "indexes": [models.Index(fields=["-told_at", "-id"], name="import_newest")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("recalled_at__isnull", True), models.Q(("recall_text", ""), _negated=True), _connector="OR"),
                        name="assistanceimport_recall_has_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AssistanceMonth",
            fields=[
                ("pk", models.CompositePrimaryKey("recipient_id", "month", blank=True, editable=False, primary_key=True, serialize=False)),
                ("month", models.DateField()),
                ("amount", models.DecimalField(decimal_places=2, help_text="Euros.", max_digits=9)),
                ("main_income", models.BooleanField(null=True)),
                ("unemployed", models.BooleanField(null=True)),
                ("integration_plan", models.BooleanField(null=True)),
                ("residence_ground", models.CharField(blank=True, max_length=40)),
                ("first_permit_on", models.DateField(null=True)),
                ("updated_at", models.DateTimeField()),
                (
                    "brought_by",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="months",
                        to="referrals.assistanceimport",
                    ),
                ),
                (
                    "recipient",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name="months", to="referrals.recipient"
                    ),
                ),
            ],
            options={
                "indexes": [
                    django.contrib.postgres.indexes.BrinIndex(autosummarize=True, fields=["brought_by"], name="month_of_import")
                ],
            },
        ),
        migrations.CreateModel(
            name="Alert",
            fields=[
                ("id", models.UUIDField(db_default=kela_kunta.base.ids.UuidV7(), editable=False, primary_key=True, serialize=False)),
                ("type", models.CharField(max_length=40)),
                ("first_month", models.DateField()),
                ("last_month", models.DateField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting"),
                            ("sent", "Sent"),
                            ("dropped", "Dropped"),
                            ("lacking", "Lacking"),
                            ("coming", "Coming"),
                        ],
                        max_length=10,
                    ),
                ),
                ("release_on", models.DateField(null=True)),
                ("lacks", django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=20), default=list, size=None)),
                ("dropped_because", models.CharField(blank=True, max_length=40)),
                (
                    "municipality",
                    models.ForeignKey(
                        db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="contacts.municipality"
                    ),
                ),
                (
                    "run",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="alerts", to="referrals.alertrun"
                    ),
                ),
                (
                    "referral",
                    models.OneToOneField(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="alert", to="referrals.referral"
                    ),
                ),
                (
                    "recipient",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name="alerts", to="referrals.recipient"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(models.F("recipient"), models.F("type"), name="alert_of_person"),
                    models.Index(models.F("run"), models.F("state"), name="alert_of_run"),
                    models.Index(
                        models.F("release_on"),
                        models.F("first_month"),
                        models.F("id"),
                        condition=models.Q(("state", "waiting")),
                        name="alert_to_release",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("recipient"),
                        models.F("type"),
                        models.F("state"),
                        condition=models.Q(("state__in", ["waiting", "lacking", "coming"])),
                        name="one_alert_on_its_way",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("referral__isnull", False), ("state", "sent")),
                            models.Q(models.Q(("state", "sent"), _negated=True), ("referral__isnull", True)),
                            _connector="OR",
                        ),
                        name="sent_is_a_referral",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(models.Q(("state", "waiting"), _negated=True), ("release_on__isnull", False), _connector="OR"),
                        name="waiting_has_its_day",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AttachmentContent",
            fields=[
                (
                    "attachment",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="content",
                        serialize=False,
                        to="referrals.attachment",
                    ),
                ),
                ("media_type", models.CharField(max_length=40)),
                ("sealed", models.BinaryField()),
                ("uploaded_at", models.DateTimeField()),
                (
                    "referral",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="referrals.referral"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Client",
            fields=[
                (
                    "referral",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="client",
                        serialize=False,
                        to="referrals.referral",
                    ),
                ),
                ("sealed_identity_code", models.BinaryField(null=True)),
                ("person_index", models.BinaryField(null=True)),
                ("no_identity_code_reason", models.CharField(blank=True, max_length=200)),
                ("birth_date", models.DateField()),
                ("family_name", models.CharField(max_length=100)),
                ("given_names", models.CharField(max_length=100)),
                ("search_name", models.CharField(help_text="Both names in lower case without accents.", max_length=201)),
                ("home_municipality_missing_reason", models.CharField(blank=True, max_length=20)),
                ("phone", models.CharField(blank=True, max_length=20)),
                ("phone_missing_reason", models.CharField(blank=True, max_length=200)),
                ("contact_language", models.CharField(max_length=3)),
                ("interpreter_language", models.CharField(blank=True, max_length=3)),
                ("interpreter_not_needed", models.BooleanField(default=False)),
                ("non_disclosure", models.BooleanField()),
                (
                    "home_municipality",
                    models.ForeignKey(
                        db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="contacts.municipality"
                    ),
                ),
                (
                    "permanent_stay",
                    models.ForeignKey(
                        db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="contacts.municipality"
                    ),
                ),
                (
                    "place_of_stay",
                    models.ForeignKey(
                        db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="contacts.municipality"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(models.F("person_index"), name="client_person"),
                    django.contrib.postgres.indexes.GinIndex(fields=["search_name"], name="client_name", opclasses=["gin_trgm_ops"]),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("person_index__isnull", True), ("sealed_identity_code__isnull", True)),
                            models.Q(("person_index__isnull", False), ("sealed_identity_code__isnull", False)),
                            _connector="OR",
                        ),
                        name="code_with_its_index",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Immigrant",
            fields=[
                (
                    "referral",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="%(class)s",
                        serialize=False,
                        to="referrals.referral",
                    ),
                ),
                ("months", django.contrib.postgres.fields.ArrayField(base_field=models.DateField(), size=None)),
                ("residence_ground", models.CharField(max_length=40)),
                ("first_permit_on", models.DateField(null=True)),
                ("arrived_on", models.DateField(null=True)),
                ("main_income", models.BooleanField()),
                ("found_by", models.CharField(max_length=10)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("months__len__gte", 2)), name="immigrant_months"),
                    models.CheckConstraint(
                        condition=models.Q(("residence_ground__in", ["", "none"]), _negated=True), name="immigrant_may_stay"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LoweredBasicAmount",
            fields=[
                (
                    "referral",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="%(class)s",
                        serialize=False,
                        to="referrals.referral",
                    ),
                ),
                ("percent", models.PositiveSmallIntegerField()),
                ("lowered_from", models.DateField()),
                ("lowered_to", models.DateField()),
                ("ground", models.CharField(max_length=40)),
                ("month", models.DateField()),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("lowered_from__lte", models.F("lowered_to")), ("percent__range", (1, 100))),
                        name="lowering_in_order",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Over25",
            fields=[
                (
                    "referral",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="%(class)s",
                        serialize=False,
                        to="referrals.referral",
                    ),
                ),
                ("months", django.contrib.postgres.fields.ArrayField(base_field=models.DateField(), size=None)),
                ("unemployed", models.BooleanField()),
                ("main_income", models.BooleanField()),
                ("jobseeker_registered", models.CharField(max_length=10)),
                ("integration_plan", models.BooleanField()),
                ("found_by", models.CharField(max_length=10)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("main_income", True), ("months__len__gte", 12), ("unemployed", True)), name="over_25_by_law"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SocialWorkNeed",
            fields=[
                (
                    "referral",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="%(class)s",
                        serialize=False,
                        to="referrals.referral",
                    ),
                ),
                ("reasons", django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), size=None)),
                ("legal_basis", models.CharField(max_length=30)),
                ("basis_text", models.TextField(blank=True)),
                ("observed_facts", models.TextField()),
                ("client_wish", models.TextField(blank=True)),
                ("personal_discussion_requested_on", models.DateField(null=True)),
                ("urgent", models.BooleanField()),
                ("urgent_reason", models.CharField(blank=True, max_length=500)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("reasons__len__range", (1, 5))), name="social_work_reasons"),
                    models.CheckConstraint(
                        condition=models.Q(("urgent", False), models.Q(("urgent_reason", ""), _negated=True), _connector="OR"),
                        name="social_work_urgency_told",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SupplementaryApplication",
            fields=[
                (
                    "referral",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="%(class)s",
                        serialize=False,
                        to="referrals.referral",
                    ),
                ),
                ("requested_by_client", models.BooleanField()),
                ("application_received_on", models.DateField()),
                ("period_from", models.DateField()),
                ("period_to", models.DateField()),
                ("urgent_supplementary", models.BooleanField()),
                ("urgent_supplementary_reason", models.CharField(blank=True, max_length=500)),
                ("urgent_basic", models.BooleanField()),
                ("urgent_basic_reason", models.CharField(blank=True, max_length=500)),
                ("expenses", models.JSONField()),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("requested_by_client", True)), name="supplementary_asked_for"),
                    models.CheckConstraint(condition=models.Q(("period_from__lte", models.F("period_to"))), name="supplementary_period"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("urgent_supplementary", False),
                                models.Q(("urgent_supplementary_reason", ""), _negated=True),
                                _connector="OR",
                            ),
                            models.Q(("urgent_basic", False), models.Q(("urgent_basic_reason", ""), _negated=True), _connector="OR"),
                        ),
                        name="supplementary_urgency_told",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Under25",
            fields=[
                (
                    "referral",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="%(class)s",
                        serialize=False,
                        to="referrals.referral",
                    ),
                ),
                ("months", django.contrib.postgres.fields.ArrayField(base_field=models.DateField(), size=None)),
                ("unemployed", models.BooleanField()),
                ("main_income", models.BooleanField()),
                ("jobseeker_registered", models.CharField(max_length=10)),
                ("integration_plan", models.BooleanField()),
                ("found_by", models.CharField(max_length=10)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("main_income", True), ("months__len__gte", 4), ("unemployed", True)), name="under_25_by_law"
                    )
                ],
            },
        ),
    ]
