from datetime import date

from django.db import migrations

# The parameters that an installation begins with; a change of law is a further row, in a migration of its own.
DEADLINE = ("type", "clock", "urgent", "valid_from", "valid_to", "unit", "amount", "basis")
DEADLINES = [
    ("supplementary_application", "measure", False, None, None, "working_days", 7, "ttl_14a"),
    ("supplementary_application", "measure", True, None, None, "next_working_day", 1, "ttl_14a_urgent"),
    ("social_work_need", "measure", False, None, None, "working_days", 7, "shl_36"),
    ("social_work_need", "measure", True, None, None, "next_working_day", 1, "shl_36_urgent"),
    ("under_25", "measure", None, None, None, "working_days", 22, "ktl_5"),
    ("over_25", "measure", None, None, None, "working_days", 22, "ktl_5"),
    ("immigrant", "measure", None, None, date(2024, 12, 31), "months", 2, "1386_2010_10"),
    ("immigrant", "measure", None, date(2025, 1, 1), None, "working_days", 22, "681_2023_14"),
    ("lowered_basic_amount", "measure", None, None, None, "working_days", 7, "ttl_18h"),
    ("", "discussion", None, None, None, "working_days", 7, "ttl_14d"),
    # By when someone must have taken note: for all types and days.
    ("", "acknowledge", False, None, None, "working_days", 2, "acknowledge"),
    ("", "acknowledge_same_day", True, None, None, "hour", 15, "acknowledge"),
    ("", "acknowledge_morning", True, None, None, "hour", 10, "acknowledge"),
]
RELEASE = ("type", "urgent", "valid_from", "valid_to", "when", "basis")
RELEASES = [
    ("supplementary_application", True, None, None, "at_once", "kelmu"),
    ("supplementary_application", False, None, None, "day_after_decision", "kelmu"),
    ("social_work_need", None, None, None, "at_once", "kelmu"),
    ("under_25", None, None, None, "at_once", "kelmu"),
    ("over_25", None, None, None, "at_once", "kelmu"),
    ("immigrant", None, None, None, "at_once", "kelmu"),
    ("lowered_basic_amount", None, None, None, "day_after_decision", "kelmu"),
]
# Whom alerts mean. "consecutive", "the month before at the latest" and the break of one month hold for all.
ALERT = (
    "type", "valid_from", "valid_to", "min_months", "full_months", "main_income", "unemployed", "without_plan",
    "residence_ground", "age_at_least", "age_below", "years_since_first_permit", "basis", "most_at_once", "lot_size",
)
ALERTS = [
    ("under_25", date(2017, 5, 1), None, 4, False, True, True, True, False, 17, 25, None, "ktl_27", 400, 300),
    ("over_25", date(2018, 1, 1), None, 12, False, True, True, True, False, 25, None, None, "ktl_27", 400, 300),
    ("immigrant", date(2017, 10, 30), date(2024, 12, 31), 2, True, True, False, False, True, 17, None, None, "1386_2010_87a", 400, 300),
    ("immigrant", date(2025, 1, 1), None, 2, True, True, False, False, True, 17, None, 3, "681_2023_84", 400, 300),
]


def first_rows(apps, schema_editor):
    for model, columns, rows in (
        ("DeadlineRule", DEADLINE, DEADLINES), ("ReleaseRule", RELEASE, RELEASES), ("AlertRule", ALERT, ALERTS)
    ):
        model = apps.get_model("referrals", model)
        model.objects.bulk_create(model(**dict(zip(columns, row))) for row in rows)


class Migration(migrations.Migration):
    dependencies = [("referrals", "0001_initial")]

    operations = [migrations.RunPython(first_rows, migrations.RunPython.noop)]
