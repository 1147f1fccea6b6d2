from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0004_client_role")]

    operations = [
        migrations.AddField(
            "user",
            "language",
            models.CharField(
                "language",
                max_length=2,
                choices=[("fi", "suomi"), ("sv", "svenska"), ("en", "English")],
                default="fi",
            ),
        ),
    ]
