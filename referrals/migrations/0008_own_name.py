from django.db import migrations

from kela_kunta.base.sql import run_sql


class Migration(migrations.Migration):
    dependencies = [("referrals", "0007_acknowledge_rules")]

    operations = [run_sql(__file__, "0008_own_name.sql")]
