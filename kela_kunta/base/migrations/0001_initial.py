from django.contrib.postgres.operations import BtreeGistExtension, TrigramExtension, UnaccentExtension
from django.db import migrations

from kela_kunta.base.sql import run_sql


class Migration(migrations.Migration):
    initial = True

    operations = [
        BtreeGistExtension(),
        TrigramExtension(),
        UnaccentExtension(),
        run_sql(
            __file__,
            "0001_acting.sql",
            undo="DROP FUNCTION acting_role, acting_id, acting_authority, acting_cleared, finnish_order",
        ),
    ]
