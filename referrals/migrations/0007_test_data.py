from django.db import migrations

from kela_kunta.base.sql import run_sql


class Migration(migrations.Migration):
    dependencies = [("referrals", "0006_alerts"), ("delivery", "0003_test_apart")]

    operations = [run_sql(__file__, "0007_test_data.sql")]
