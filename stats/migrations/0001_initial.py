from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Count",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "year",
                        "month",
                        "type",
                        "area",
                        "receiver",
                        "urgent",
                        "outcome",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
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
            options={
                "db_table": "stats_count",
                "managed": False,
            },
        ),
        migrations.CreateModel(
            name="Work",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "year", "type", "area", "receiver", "measure", "value", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("year", models.PositiveSmallIntegerField()),
                ("type", models.CharField(max_length=40)),
                ("area", models.CharField(max_length=10)),
                ("receiver", models.CharField(blank=True, max_length=60)),
                ("measure", models.CharField(max_length=20)),
                ("value", models.CharField(blank=True, max_length=40)),
                ("count", models.IntegerField()),
            ],
            options={
                "db_table": "stats_work",
                "managed": False,
            },
        ),
        migrations.CreateModel(
            name="CountedYear",
            fields=[
                ("year", models.PositiveSmallIntegerField(primary_key=True, serialize=False)),
                ("built_at", models.DateTimeField()),
                ("referrals", models.PositiveIntegerField()),
                ("seconds", models.FloatField()),
                ("corrected", models.PositiveIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name="WorkingDay",
            fields=[
                ("day", models.DateField(primary_key=True, serialize=False)),
                ("number", models.PositiveSmallIntegerField()),
            ],
        ),
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
            options={
                "indexes": [models.Index(fields=["year"], name="count_change_year")],
            },
        ),
        migrations.CreateModel(
            name="FollowUp",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("year", models.PositiveSmallIntegerField()),
                ("type", models.CharField(max_length=40)),
                ("receiver", models.CharField(blank=True, max_length=60)),
                ("still", models.PositiveIntegerField()),
                ("ended", models.PositiveIntegerField()),
                ("untold", models.PositiveIntegerField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(models.F("year"), models.F("type"), models.F("receiver"), name="one_follow_up_a_cell")
                ],
            },
        ),
        migrations.CreateModel(
            name="WorkChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("year", models.PositiveSmallIntegerField()),
                ("type", models.CharField(max_length=40)),
                ("area", models.CharField(max_length=10)),
                ("receiver", models.CharField(blank=True, max_length=60)),
                ("measure", models.CharField(max_length=20)),
                ("value", models.CharField(blank=True, max_length=40)),
                ("change", models.IntegerField()),
            ],
            options={
                "indexes": [models.Index(fields=["year"], name="work_change_year")],
            },
        ),
        migrations.CreateModel(
            name="WorkCount",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("year", models.PositiveSmallIntegerField()),
                ("type", models.CharField(max_length=40)),
                ("area", models.CharField(max_length=10)),
                ("receiver", models.CharField(blank=True, max_length=60)),
                ("measure", models.CharField(max_length=20)),
                ("value", models.CharField(blank=True, max_length=40)),
                ("count", models.PositiveIntegerField()),
            ],
            options={
                "indexes": [models.Index(fields=["year"], name="work_year")],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("year"),
                        models.F("type"),
                        models.F("area"),
                        models.F("receiver"),
                        models.F("measure"),
                        models.F("value"),
                        name="one_count_of_work_a_cell",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="YearlyCount",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("year", models.PositiveSmallIntegerField()),
                ("month", models.PositiveSmallIntegerField()),
                ("type", models.CharField(max_length=40)),
                ("area", models.CharField(max_length=10)),
                ("receiver", models.CharField(blank=True, max_length=60)),
                ("urgent", models.BooleanField()),
                ("outcome", models.CharField(blank=True, max_length=40)),
                ("count", models.PositiveIntegerField()),
            ],
            options={
                "indexes": [models.Index(fields=["year"], name="count_year")],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("year"),
                        models.F("month"),
                        models.F("type"),
                        models.F("area"),
                        models.F("receiver"),
                        models.F("urgent"),
                        models.F("outcome"),
                        name="one_count_a_cell",
                    )
                ],
            },
        ),
    ]
