from datetime import date, timedelta

from django.db import migrations

from referrals.rules.deadlines import FIRST_YEAR, LAST_YEAR, is_working_day


def number_days(apps, schema_editor):
    """How many working days there were from the first day up to and with each."""
    first = date(FIRST_YEAR, 1, 1)
    days = [first + timedelta(days=step) for step in range((date(LAST_YEAR, 12, 31) - first).days + 1)]
    schema_editor.execute(
        "INSERT INTO stats_workingday (day, number) SELECT day, sum(works::int) OVER (ORDER BY day)"
        " FROM unnest(%s::date[], %s::boolean[]) AS given (day, works)",
        [days, [is_working_day(day) for day in days]],
    )


class Migration(migrations.Migration):
    dependencies = [("stats", "0001_initial")]

    operations = [migrations.RunPython(number_days, migrations.RunPython.noop)]
