from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("delivery", "0001_initial")]

    operations = [
        migrations.AddField(
            "event",
            "protected",
            models.BooleanField(db_default=True, help_text="Of a person under non-disclosure."),
        ),
    ]
