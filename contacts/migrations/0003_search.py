from django.contrib.postgres.operations import CreateExtension
from django.db import migrations

from kela_kunta.base.sql import run_sql


class Migration(migrations.Migration):
    dependencies = [("contacts", "0002_keeping")]

    operations = [CreateExtension("fuzzystrmatch"), run_sql(__file__, "0003_search.sql")]
