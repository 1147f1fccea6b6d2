from django.db import migrations, models

import kela_kunta.base.ids
from kela_kunta.base.sql import run_sql


class Migration(migrations.Migration):
    dependencies = [("contacts", "0004_uploads")]

    operations = [
        migrations.CreateModel(
            "DirectoryCheck",
            [
                ("id", models.UUIDField(primary_key=True, serialize=False, db_default=kela_kunta.base.ids.UuidV7(), editable=False)),
                ("at", models.DateTimeField()),
                ("milliseconds", models.PositiveIntegerField(help_text="How long it took.")),
                ("due", models.PositiveIntegerField()),
                ("stale", models.PositiveIntegerField()),
                ("missing", models.PositiveIntegerField()),
                ("incomplete", models.PositiveIntegerField()),
                ("municipalities", models.PositiveIntegerField()),
                ("letters", models.PositiveIntegerField()),
            ],
            options={"indexes": [models.Index(models.F("at").desc(), name="directory_check_newest")]},
        ),
        run_sql(__file__, "0005_checks.sql"),
    ]
