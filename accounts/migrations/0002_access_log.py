from django.db import migrations

from kela_kunta.base.sql import run_sql


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial"), ("base", "0003_test_apart")]

    operations = [run_sql(__file__, "0002_access_log.sql")]
