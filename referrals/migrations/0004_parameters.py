from dataclasses import asdict

from django.db import migrations

from referrals.rules import deadlines, release


def first_rows(apps, schema_editor):
    """The parameters that an installation begins with; a change of law is a further row, in a migration of its own."""
    for model, rules in (("DeadlineRule", deadlines.DEFAULT_RULES), ("ReleaseRule", release.DEFAULT_RULES)):
        rows = apps.get_model("referrals", model).objects
        rows.bulk_create(rows.model(**asdict(rule)) for rule in rules)


class Migration(migrations.Migration):
    dependencies = [("referrals", "0003_life_cycle")]

    operations = [migrations.RunPython(first_rows, migrations.RunPython.noop)]
