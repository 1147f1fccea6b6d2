from django.db import migrations, models

from kela_kunta.base.sql import run_sql


class Migration(migrations.Migration):
    dependencies = [("referrals", "0018_first_return")]

    operations = [
        migrations.CreateModel(
            name="Purge",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("as_of", models.DateField()),
                ("started_at", models.DateTimeField()),
                ("seconds", models.FloatField()),
                ("gone", models.JSONField(help_text="A number for each kind.")),
            ],
        ),
        run_sql(__file__, "0019_retention.sql"),
    ]
