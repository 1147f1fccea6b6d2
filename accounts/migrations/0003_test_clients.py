from django.db import migrations

from kela_kunta.base.sql import run_sql


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_access_log")]

    operations = [run_sql(__file__, "0003_test_clients.sql")]
