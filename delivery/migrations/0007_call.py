from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("delivery", "0006_test_apart")]

    operations = [
        migrations.AddField(
            "event",
            "call",
            models.CharField(db_default="", help_text="The X-Road-Id of the call that did it.", max_length=100),
        ),
    ]
