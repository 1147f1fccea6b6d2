from django.conf import settings
from django.db import migrations, models

import kela_kunta.base.ids
from kela_kunta.base.sql import run_sql


class Migration(migrations.Migration):
    dependencies = [
        ("delivery", "0002_event_protected"),
        ("contacts", "0001_initial"),
        ("base", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            "Letter",
            [
                ("id", models.UUIDField(primary_key=True, serialize=False, db_default=kela_kunta.base.ids.UuidV7(), editable=False)),
                ("key", models.CharField(max_length=200, unique=True)),
                ("kind", models.CharField(max_length=40, help_text="Names its templates below letters/.")),
                ("reader", models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)),
                ("address", models.EmailField(max_length=254, blank=True)),
                ("authority", models.ForeignKey("contacts.authority", models.PROTECT, related_name="+", db_index=False, help_text="Whose matter it is.")),
                ("language", models.CharField(max_length=2)),
                ("data", models.JSONField(default=dict)),
                ("created_at", models.DateTimeField()),
                ("attempts", models.PositiveIntegerField(default=0)),
                ("first_attempt_at", models.DateTimeField(null=True)),
                ("next_attempt_at", models.DateTimeField(null=True)),
                ("last_error", models.CharField(max_length=40, blank=True)),
                ("sent_at", models.DateTimeField(null=True)),
                ("dead_at", models.DateTimeField(null=True)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        name="letter_to_somebody",
                        condition=models.Q(reader__isnull=False, address="")
                        | (models.Q(reader__isnull=True) & ~models.Q(address="")),
                    ),
                    models.CheckConstraint(
                        name="letter_waits_or_has_ended",
                        condition=models.Q(next_attempt_at__isnull=False, sent_at__isnull=True, dead_at__isnull=True)
                        | models.Q(next_attempt_at__isnull=True, sent_at__isnull=False, dead_at__isnull=True)
                        | models.Q(next_attempt_at__isnull=True, sent_at__isnull=True, dead_at__isnull=False),
                    ),
                ],
                "indexes": [
                    models.Index("next_attempt_at", "id", name="letter_due", condition=models.Q(next_attempt_at__isnull=False)),
                ],
            },
        ),
        run_sql(__file__, "0003_letters.sql"),
    ]
