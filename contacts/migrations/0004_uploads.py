import django.db.models.deletion
from django.db import migrations, models

import kela_kunta.base.ids
from kela_kunta.base.sql import run_sql

SOURCE_HELP = "What the Suomi.fi service catalogue calls it, where it came from there."


class Migration(migrations.Migration):
    dependencies = [("contacts", "0003_keeping")]

    operations = [
        migrations.AddField(
            "contact", "source_id", models.CharField(blank=True, default="", help_text=SOURCE_HELP, max_length=80),
            preserve_default=False,
        ),
        migrations.AddField(
            "servicepoint", "source_id", models.CharField(blank=True, default="", help_text=SOURCE_HELP, max_length=80),
            preserve_default=False,
        ),
        migrations.AddConstraint(
            "contact",
            models.UniqueConstraint(
                fields=["owner", "source_id"], name="contact_one_of_a_source",
                condition=models.Q(("source_id", ""), _negated=True),
            ),
        ),
        migrations.AddConstraint(
            "servicepoint",
            models.UniqueConstraint(
                fields=["owner", "source_id"], name="point_one_of_a_source",
                condition=models.Q(("source_id", ""), _negated=True),
            ),
        ),
        migrations.CreateModel(
            name="Upload",
            fields=[
                ("id", models.UUIDField(
                    db_default=kela_kunta.base.ids.UuidV7(), editable=False, primary_key=True, serialize=False,
                )),
                ("actor_id", models.CharField(max_length=100)),
                ("kind", models.CharField(max_length=20)),
                ("whole", models.BooleanField(default=False, help_text="Whether what is not in the file is removed.")),
                ("content", models.BinaryField()),
                ("expires_at", models.DateTimeField()),
                ("owner", models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT, related_name="+", to="contacts.authority",
                )),
            ],
            options={"indexes": [models.Index(models.F("expires_at"), name="upload_expires")]},
        ),
        run_sql(__file__, "0004_uploads.sql"),
    ]
