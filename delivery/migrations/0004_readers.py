import django.db.models.deletion
from django.db import migrations, models

from kela_kunta.base.sql import run_sql


class Migration(migrations.Migration):
    dependencies = [("delivery", "0003_letters"), ("contacts", "0001_initial"), ("base", "0001_initial")]

    operations = [
        migrations.CreateModel(
            "Reader",
            [
                (
                    "client_id",
                    models.CharField(
                        primary_key=True,
                        serialize=False,
                        max_length=107,
                        help_text="As it acts: client:<client id>.",
                    ),
                ),
                ("fetched_at", models.DateTimeField()),
                ("number", models.BigIntegerField()),
                (
                    "authority",
                    models.ForeignKey("contacts.authority", django.db.models.deletion.PROTECT, related_name="+"),
                ),
            ],
        ),
        run_sql(__file__, "0004_readers.sql"),
    ]
