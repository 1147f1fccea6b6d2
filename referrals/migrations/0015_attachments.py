import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q

import kela_kunta.base.ids
from kela_kunta.base.sql import run_sql


class Migration(migrations.Migration):
    dependencies = [("referrals", "0014_receipts")]

    operations = [
        migrations.AddField("referral", "files", models.PositiveSmallIntegerField(default=0, help_text="How many attachments it has.")),
        migrations.AddField("referral", "attachments_due", models.DateTimeField(null=True, help_text="Held until all of them are there, by then; null when they are.")),
        migrations.AddConstraint(
            "referral",
            models.CheckConstraint(
                name="nothing_leaves_without_its_files",
                condition=Q(attachments_due__isnull=True) | Q(status__in=["sent", "withdrawn"]),
            ),
        ),
        migrations.AddIndex("referral", models.Index("attachments_due", "id", name="referral_lacks_files", condition=Q(status="sent", attachments_due__isnull=False))),
        migrations.CreateModel(
            "Attachment",
            [
                ("id", models.UUIDField(db_default=kela_kunta.base.ids.UuidV7(), editable=False, primary_key=True, serialize=False)),
                ("referral", models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="attachments", to="referrals.referral")),
                ("number", models.PositiveSmallIntegerField(help_text="Its place among the referral's, from 1.")),
                ("name", models.CharField(max_length=255)),
                ("size", models.PositiveIntegerField(help_text="Bytes.")),
                ("sha256", models.CharField(max_length=64)),
                ("media_type", models.CharField(blank=True, max_length=40)),
            ],
            options={
                "constraints": [models.UniqueConstraint("referral", "sha256", name="a_file_once_on_a_referral")],
                "ordering": ["number"],
            },
        ),
        migrations.CreateModel(
            "AttachmentContent",
            [
                ("attachment", models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name="content", serialize=False, to="referrals.attachment")),
                ("referral", models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="referrals.referral")),
                ("media_type", models.CharField(max_length=40)),
                ("sealed", models.BinaryField()),
                ("uploaded_at", models.DateTimeField()),
            ],
        ),
        run_sql(__file__, "0015_attachments.sql"),
    ]
