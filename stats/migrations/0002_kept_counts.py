from django.db import migrations, models

from kela_kunta.base.sql import run_sql


class Migration(migrations.Migration):
    dependencies = [("stats", "0001_initial"), ("referrals", "0009_new_at_an_authority")]

    operations = [
        migrations.CreateModel(
            name="CountChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("year", models.PositiveSmallIntegerField()),
                ("month", models.PositiveSmallIntegerField()),
                ("type", models.CharField(max_length=40)),
                ("area", models.CharField(max_length=10)),
                ("receiver", models.CharField(blank=True, max_length=60)),
                ("urgent", models.BooleanField()),
                ("outcome", models.CharField(blank=True, max_length=40)),
                ("change", models.IntegerField()),
            ],
            options={"indexes": [models.Index(fields=["year"], name="count_change_year")]},
        ),
        migrations.CreateModel(
            name="Count",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "year", "month", "type", "area", "receiver", "urgent", "outcome", primary_key=True
                    ),
                ),
                ("year", models.PositiveSmallIntegerField()),
                ("month", models.PositiveSmallIntegerField()),
                ("type", models.CharField(max_length=40)),
                ("area", models.CharField(max_length=10)),
                ("receiver", models.CharField(max_length=60)),
                ("urgent", models.BooleanField()),
                ("outcome", models.CharField(max_length=40)),
                ("count", models.IntegerField()),
            ],
            options={"db_table": "stats_count", "managed": False},
        ),
        migrations.AddField("CountedYear", "corrected", models.PositiveIntegerField(default=0)),
        run_sql(__file__, "0002_kept_counts.sql"),
    ]
