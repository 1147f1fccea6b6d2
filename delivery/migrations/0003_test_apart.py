from django.db import migrations

from kela_kunta.base.sql import run_sql


class Migration(migrations.Migration):
    dependencies = [("delivery", "0002_row_security")]

    operations = [run_sql(__file__, "0003_test_apart.sql")]
