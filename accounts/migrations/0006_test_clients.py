from django.db import migrations, models

from kela_kunta.base.sql import run_sql


class Migration(migrations.Migration):
    dependencies = [("accounts", "0005_language"), ("base", "0003_test_apart")]

    operations = [
        migrations.AddField(
            "apiclient",
            "test",
            models.BooleanField(default=False, verbose_name="for testing"),
        ),
        run_sql(__file__, "0006_test_clients.sql"),
    ]
