from django.db import migrations

from kela_kunta.base.sql import run_sql


class Migration(migrations.Migration):
    dependencies = [("base", "0002_cache")]

    operations = [
        run_sql(
            __file__,
            "0003_test_apart.sql",
            undo="DROP FUNCTION acting_test, keep_test_apart_v1, never_in_a_test_v1",
        )
    ]
