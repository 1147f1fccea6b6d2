from django.db import migrations, models
from django.db.models import F, Q


class Migration(migrations.Migration):
    dependencies = [("referrals", "0008_own_name")]

    operations = [
        migrations.AddIndex(
            model_name="referral",
            index=models.Index(
                F("receiving_authority"),
                F("delivered_at").desc(),
                F("id").desc(),
                name="referral_new",
                condition=Q(status="delivered"),
            ),
        ),
    ]
