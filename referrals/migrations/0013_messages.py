import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q

import kela_kunta.base.ids
from kela_kunta.base.sql import run_sql


class Migration(migrations.Migration):
    dependencies = [("referrals", "0012_day_of_arrival")]

    operations = [
        migrations.CreateModel(
            "Message",
            [
                ("id", models.UUIDField(db_default=kela_kunta.base.ids.UuidV7(), editable=False, primary_key=True, serialize=False)),
                ("referral", models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="messages", to="referrals.referral")),
                ("side", models.CharField(max_length=60)),
                ("role", models.CharField(max_length=20)),
                ("author_id", models.CharField(max_length=100)),
                ("author_name", models.CharField(max_length=200)),
                ("at", models.DateTimeField()),
                ("text", models.TextField()),
                ("internal", models.BooleanField()),
                ("recipient", models.CharField(blank=True, max_length=100)),
                ("version", models.PositiveIntegerField(null=True)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        name="a_note_goes_to_nobody",
                        condition=Q(internal=True, recipient="", version__isnull=True)
                        | Q(internal=False, version__isnull=False),
                    )
                ],
                "indexes": [
                    models.Index("referral", "at", "id", name="message_conversation"),
                    models.Index("recipient", "at", name="message_to_look_at", condition=Q(internal=False)),
                ],
            },
        ),
        migrations.CreateModel(
            "MessagesRead",
            [
                ("pk", models.CompositePrimaryKey("referral_id", "reader_id", blank=True, editable=False, primary_key=True, serialize=False)),
                ("referral", models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="referrals.referral")),
                ("reader_id", models.CharField(max_length=100)),
                ("side", models.CharField(max_length=60)),
                ("upto", models.UUIDField()),
                ("at", models.DateTimeField()),
            ],
        ),
        run_sql(__file__, "0013_messages.sql"),
    ]
