from datetime import date, timedelta

from django.db import migrations, models

from kela_kunta.base.sql import run_sql
from referrals.rules.deadlines import FIRST_YEAR, LAST_YEAR, is_working_day


def number_days(apps, schema_editor):
    """How many working days there were from the first day up to and with each."""
    WorkingDay = apps.get_model("stats", "WorkingDay")
    day, number, rows = date(FIRST_YEAR, 1, 1), 0, []
    while day.year <= LAST_YEAR:
        number += is_working_day(day)
        rows.append(WorkingDay(day=day, number=number))
        day += timedelta(days=1)
    WorkingDay.objects.bulk_create(rows, batch_size=5000)


def cell():
    return [
        ("year", models.PositiveSmallIntegerField()),
        ("type", models.CharField(max_length=40)),
        ("receiver", models.CharField(blank=True, max_length=60)),
        ("measure", models.CharField(max_length=20)),
        ("value", models.CharField(blank=True, max_length=40)),
    ]


def key():
    return ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"))


class Migration(migrations.Migration):
    dependencies = [("stats", "0003_no_tests"), ("referrals", "0018_first_return")]

    operations = [
        migrations.CreateModel(
            name="WorkingDay",
            fields=[
                ("day", models.DateField(primary_key=True, serialize=False)),
                ("number", models.PositiveSmallIntegerField()),
            ],
        ),
        migrations.RunPython(number_days, migrations.RunPython.noop),
        migrations.CreateModel(
            name="WorkCount",
            fields=[key(), *cell(), ("count", models.PositiveIntegerField())],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        "year", "type", "receiver", "measure", "value", name="one_count_of_work_a_cell"
                    )
                ]
            },
        ),
        migrations.CreateModel(
            name="WorkChange",
            fields=[key(), *cell(), ("change", models.IntegerField())],
            options={"indexes": [models.Index(fields=["year"], name="work_change_year")]},
        ),
        migrations.CreateModel(
            name="Work",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey("year", "type", "receiver", "measure", "value", primary_key=True),
                ),
                *cell(),
                ("count", models.IntegerField()),
            ],
            options={"db_table": "stats_work", "managed": False},
        ),
        run_sql(__file__, "0004_kept_work.sql"),
    ]
