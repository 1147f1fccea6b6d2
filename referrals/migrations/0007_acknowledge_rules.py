from django.db import migrations

# By when someone must have taken note: dated rows like every other deadline, for all types and days.
CLOCK = ("clock", "urgent", "unit", "amount")
CLOCKS = [
    ("acknowledge", False, "working_days", 2),
    ("acknowledge_same_day", True, "hour", 15),
    ("acknowledge_morning", True, "hour", 10),
]


def first_rows(apps, schema_editor):
    model = apps.get_model("referrals", "DeadlineRule")
    model.objects.bulk_create(model(**dict(zip(CLOCK, row)), basis="acknowledge") for row in CLOCKS)


def no_rows(apps, schema_editor):
    clocks = [clock for clock, *_rest in CLOCKS]
    apps.get_model("referrals", "DeadlineRule").objects.filter(clock__in=clocks).delete()


class Migration(migrations.Migration):
    dependencies = [("referrals", "0006_over_25")]

    operations = [migrations.RunPython(first_rows, no_rows)]
