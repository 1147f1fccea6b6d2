import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q

import kela_kunta.base.ids
from kela_kunta.base.sql import run_sql

CODES = ["invalid_content", "unknown_client", "duplicate", "unsupported_type", "attachment_missing", "storage_failed", "other"]


class Migration(migrations.Migration):
    dependencies = [("contacts", "0003_keeping"), ("referrals", "0013_messages")]

    operations = [
        migrations.AddField("referral", "receipt_at", models.DateTimeField(null=True, help_text="Of the last technical receipt by its present authority.")),
        migrations.AddField("referral", "fault", models.CharField(max_length=40, blank=True, default="", help_text="Why that authority's system did not take it."), preserve_default=False),
        migrations.AddConstraint(
            "referral",
            models.CheckConstraint(name="fault_by_a_receipt", condition=Q(fault="") | Q(receipt_at__isnull=False, fault__in=CODES)),
        ),
        migrations.AddIndex("referral", models.Index("receipt_at", "id", name="referral_fault", condition=~Q(fault=""))),
        migrations.CreateModel(
            "Receipt",
            [
                ("id", models.UUIDField(db_default=kela_kunta.base.ids.UuidV7(), editable=False, primary_key=True, serialize=False)),
                ("referral", models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="receipts", to="referrals.referral")),
                ("authority", models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="contacts.authority")),
                ("client_id", models.CharField(max_length=100)),
                ("client_name", models.CharField(max_length=200)),
                ("at", models.DateTimeField()),
                ("accepted", models.BooleanField()),
                ("code", models.CharField(blank=True, max_length=40)),
                ("detail", models.TextField(blank=True)),
                ("version", models.PositiveIntegerField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint("referral", "version", name="one_receipt_a_version"),
                    models.CheckConstraint(
                        name="a_refusal_has_its_code",
                        condition=Q(accepted=True, code="") | Q(accepted=False, code__in=CODES),
                    ),
                ],
            },
        ),
        run_sql(__file__, "0014_receipts.sql"),
    ]
