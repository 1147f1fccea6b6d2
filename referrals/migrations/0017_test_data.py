from django.db import migrations, models

from kela_kunta.base.apart import ActingTest
from kela_kunta.base.sql import run_sql


class Migration(migrations.Migration):
    dependencies = [
        ("referrals", "0016_alerts"),
        ("accounts", "0006_test_clients"),
        ("delivery", "0006_test_apart"),
        ("base", "0003_test_apart"),
    ]

    operations = [
        migrations.AddField(
            "referral",
            "test",
            models.BooleanField(db_default=ActingTest(), help_text="Sent by a test client."),
        ),
        migrations.RemoveConstraint("referral", "one_referral_a_key"),
        migrations.AddConstraint(
            "referral",
            models.UniqueConstraint("sender_id", "key", "test", name="one_referral_a_key"),
        ),
        migrations.AddIndex(
            "referral",
            models.Index(models.F("sent_at"), models.F("id"), name="referral_tests", condition=models.Q(test=True)),
        ),
        run_sql(__file__, "0017_test_data.sql"),
    ]
