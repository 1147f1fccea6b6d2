from django.db import migrations

from kela_kunta.base.sql import run_sql


class Migration(migrations.Migration):
    dependencies = [("stats", "0003_kept_counts")]

    operations = [run_sql(__file__, "0004_kept_work.sql")]
