from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("referrals", "0011_escalation_and_pace")]

    operations = [
        migrations.AddIndex(
            "referral", models.Index("receiving_authority", "delivered_at", "id", name="referral_arrived")
        ),
    ]
