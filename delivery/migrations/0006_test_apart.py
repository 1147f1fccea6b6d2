from django.db import migrations, models

from kela_kunta.base.apart import ActingTest
from kela_kunta.base.sql import run_sql


class Migration(migrations.Migration):
    dependencies = [("delivery", "0005_webhooks"), ("contacts", "0001_initial"), ("base", "0003_test_apart")]

    operations = [
        migrations.AddField("event", "test", models.BooleanField(db_default=ActingTest())),
        migrations.RemoveConstraint("event", "feed_order"),
        migrations.AddConstraint(
            "event",
            models.UniqueConstraint("authority", "test", "number", name="feed_order"),
        ),
        # Its primary key changes, which Django does not do.
        migrations.SeparateDatabaseAndState(
            database_operations=[run_sql(__file__, "0006_test_apart.sql")],
            state_operations=[
                migrations.DeleteModel("FeedCounter"),
                migrations.CreateModel(
                    "FeedCounter",
                    [
                        (
                            "pk",
                            models.CompositePrimaryKey(
                                "authority", "test", blank=True, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        (
                            "authority",
                            models.ForeignKey(
                                "contacts.authority", models.PROTECT, db_constraint=False, db_index=False
                            ),
                        ),
                        ("test", models.BooleanField(db_default=ActingTest())),
                        ("last", models.BigIntegerField()),
                    ],
                ),
            ],
        ),
    ]
