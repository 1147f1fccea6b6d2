import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q

from kela_kunta.base.sql import run_sql

WAITS = {"status": "delivered", "urgent": True}


class Migration(migrations.Migration):
    dependencies = [("contacts", "0003_keeping"), ("referrals", "0010_feed_shows")]

    operations = [
        migrations.AddField("referral", "escalated_at", models.DateTimeField(null=True, help_text="When it was, while its present authority has had it.")),
        migrations.AddField("referral", "escalated_because", models.CharField(max_length=30, blank=True, default=""), preserve_default=False),
        migrations.AddConstraint(
            "referral",
            models.CheckConstraint(
                name="escalated_with_its_reason",
                condition=Q(escalated_at__isnull=True, escalated_because="")
                | Q(escalated_at__isnull=False, escalated_because__in=["receiver_paused", "not_acknowledged"]),
            ),
        ),
        migrations.AddIndex(
            "referral",
            models.Index("escalated_at", "id", name="referral_escalated", condition=Q(**WAITS, escalated_at__isnull=False)),
        ),
        migrations.AddIndex(
            "referral",
            models.Index("acknowledge_by", "id", name="referral_to_watch", condition=Q(**WAITS, escalated_at__isnull=True)),
        ),
        migrations.CreateModel(
            "Pace",
            [
                ("pk", models.CompositePrimaryKey("authority_id", "type", blank=True, editable=False, primary_key=True, serialize=False)),
                ("authority", models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="contacts.authority")),
                ("type", models.CharField(max_length=40)),
                ("until_noted", models.PositiveSmallIntegerField(null=True, help_text="Median, working days.")),
                ("until_begun", models.PositiveSmallIntegerField(null=True, help_text="Median, working days.")),
                ("measured_at", models.DateTimeField()),
            ],
        ),
        run_sql(__file__, "0011_pace.sql"),
    ]
