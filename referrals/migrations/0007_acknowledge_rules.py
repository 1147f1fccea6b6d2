from dataclasses import asdict

from django.db import migrations

from referrals.rules import deadlines


def first_rows(apps, schema_editor):
    """By when someone must have taken note: dated rows like every other deadline."""
    rows = apps.get_model("referrals", "DeadlineRule").objects
    rows.bulk_create(rows.model(**asdict(rule)) for rule in deadlines.ACKNOWLEDGE_RULES)


def no_rows(apps, schema_editor):
    clocks = [rule.clock for rule in deadlines.ACKNOWLEDGE_RULES]
    apps.get_model("referrals", "DeadlineRule").objects.filter(clock__in=clocks).delete()


class Migration(migrations.Migration):
    dependencies = [("referrals", "0006_over_25")]

    operations = [migrations.RunPython(first_rows, no_rows)]
