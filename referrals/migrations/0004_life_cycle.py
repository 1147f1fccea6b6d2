from django.db import migrations

from kela_kunta.base.sql import run_sql


class Migration(migrations.Migration):
    dependencies = [("referrals", "0003_row_security")]

    operations = [run_sql(__file__, "0004_life_cycle.sql")]
