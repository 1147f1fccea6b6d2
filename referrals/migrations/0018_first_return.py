import django.db.models.deletion
from django.db import migrations, models

from kela_kunta.base.sql import run_sql


class Migration(migrations.Migration):
    dependencies = [("referrals", "0017_test_data")]

    operations = [
        migrations.AddField(
            "referral",
            "first_return_reason",
            models.CharField(blank=True, db_default="", default="", max_length=40),
        ),
        migrations.AddField(
            "referral",
            "first_returned_by",
            models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="contacts.authority",
            ),
        ),
        run_sql(__file__, "0018_first_return.sql"),
    ]
