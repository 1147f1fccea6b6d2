import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from referrals.actions.importing import import_months, read_table
from referrals.actions.taking_in import INTAKE


class Command(BaseCommand):
    help = "Import months of assistance from a CSV table, all of it or nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="Only say what is wrong.")
        parser.add_argument("--json", action="store_true", help="Print the result for a program.")

    def handle(self, *, file: Path, dry_run: bool, **options: Any) -> None:
        try:
            table = read_table(file.read_bytes())
        except OSError as error:
            raise CommandError(f"{file}: {error.strerror}") from error
        told: dict[str, Any] = {
            "rows": table.rows,
            "months": len(table.months),
            "changed": None,
            "import_id": None,
            "problems": [
                {"row": one.row, "column": one.column, "code": one.code, "text": one.text} for one in table.troubles
            ],
        }
        if not table.troubles and not dry_run and (made := import_months(table, by=INTAKE)):
            told |= {"changed": made.changed, "import_id": str(made.pk)}
        self.stdout.write(json.dumps(told, ensure_ascii=False) if options["json"] else _lines(told))
        if told["problems"]:
            raise CommandError("Nothing was imported.", returncode=1)


def _lines(told: dict[str, Any]) -> str:
    lines = [f"Row {one['row']}, {one['column'] or 'whole row'}: {one['text']}" for one in told["problems"]]
    if not told["problems"]:
        changed = "nothing stored" if told["changed"] is None else f"{told['changed']} new or different"
        lines.append(f"{told['rows']} rows, {told['months']} months, {changed}.")
    if told["import_id"]:
        lines.append(f"Import {told['import_id']}.")
    return "\n".join(lines)
