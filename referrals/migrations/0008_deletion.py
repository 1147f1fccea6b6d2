from django.db import migrations

from kela_kunta.base.sql import run_sql


class Migration(migrations.Migration):
    dependencies = [("referrals", "0007_test_data")]

    operations = [run_sql(__file__, "0008_deletion.sql")]
