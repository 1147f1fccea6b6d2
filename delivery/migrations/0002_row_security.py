from django.db import migrations

from kela_kunta.base.sql import run_sql


class Migration(migrations.Migration):
    dependencies = [("delivery", "0001_initial")]

    operations = [run_sql(__file__, "0002_row_security.sql")]
