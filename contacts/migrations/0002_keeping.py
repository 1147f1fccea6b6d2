from django.db import migrations

from kela_kunta.base.sql import run_sql


class Migration(migrations.Migration):
    dependencies = [("contacts", "0001_initial")]

    operations = [run_sql(__file__, "0002_keeping.sql")]
