from django.db import migrations

from kela_kunta.base.sql import run_sql


class Migration(migrations.Migration):
    dependencies = [("referrals", "0005_conversation")]

    operations = [run_sql(__file__, "0006_alerts.sql")]
