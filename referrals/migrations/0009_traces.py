from django.db import migrations, models
from django.db.models.functions import Now

from kela_kunta.base.sql import run_sql


class Migration(migrations.Migration):
    dependencies = [("referrals", "0008_deletion")]

    operations = [
        migrations.CreateModel(
            name="Trace",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("person_index", models.BinaryField()),
                ("at", models.DateTimeField(db_default=Now(), help_text="When it was deleted.")),
            ],
            options={"indexes": [models.Index("person_index", name="trace_person")]},
        ),
        run_sql(__file__, "0009_traces.sql"),
    ]
