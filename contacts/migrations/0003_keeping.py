from django.db import migrations

from kela_kunta.base.sql import run_sql


class Migration(migrations.Migration):
    dependencies = [("contacts", "0002_entries"), ("base", "0001_initial")]

    operations = [run_sql(__file__, "0003_keeping.sql")]
