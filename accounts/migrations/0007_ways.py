import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0006_test_clients")]

    operations = [
        migrations.AddField(
            "apiclient",
            "xroad_client",
            models.CharField(blank=True, default="", max_length=300, verbose_name="subsystem of X-Road"),
        ),
        migrations.AddField(
            "apiclient",
            "certificates",
            django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=64),
                blank=True,
                default=list,
                help_text="Their SHA-256 fingerprints, in small hexadecimal digits.",
                size=None,
                verbose_name="certificates",
            ),
        ),
    ]
