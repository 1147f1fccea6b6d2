from django.db import migrations

from kela_kunta.base.sql import run_sql


class Migration(migrations.Migration):
    dependencies = [("stats", "0002_kept_counts"), ("base", "0003_test_apart")]

    operations = [run_sql(__file__, "0003_no_tests.sql")]
