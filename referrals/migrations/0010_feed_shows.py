from django.db import migrations

from kela_kunta.base.sql import run_sql


class Migration(migrations.Migration):
    dependencies = [("referrals", "0009_new_at_an_authority"), ("delivery", "0002_event_protected")]

    operations = [run_sql(__file__, "0010_feed_shows.sql")]
