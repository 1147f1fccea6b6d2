import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from contacts.actions.importing import import_plan
from contacts.exchange.grid import MOST_BYTES
from contacts.exchange.planning import FORMATS, Plan, plan_file
from contacts.models import Authority
from contacts.queries.entries import KINDS
from kela_kunta.base.actor import Actor, acting
from kela_kunta.base.problems import Problem, TooLarge


class Command(BaseCommand):
    help = "Import a table or a file of the Suomi.fi service catalogue into an authority's directory, all of it or nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--owner", required=True, help="Code of the authority, such as county-08.")
        parser.add_argument("--kind", choices=KINDS, default="contact", help="What stands in the table.")
        parser.add_argument("--format", choices=FORMATS, default="", help="Found from the file when left out.")
        parser.add_argument("--whole", action="store_true", help="Remove what is not in the table.")
        parser.add_argument("--dry-run", action="store_true", help="Only say what would change.")
        parser.add_argument("--json", action="store_true", help="Print the result for a program.")

    def handle(
        self, *, file: Path, owner: str, kind: str, format: str, whole: bool, dry_run: bool, **options: Any
    ) -> None:
        if not Authority.objects.filter(pk=owner).exists():
            raise CommandError(f"There is no authority {owner}.")
        told: dict[str, Any] = {"problems": [], "imported": False}
        with acting(Actor.system("import_directory")) as by:
            try:
                plan = plan_file(_content(file), kind=kind, owner=owner, whole=whole, format=format)
                told |= _told(plan)
                if not plan.troubles and not dry_run:
                    told |= {"imported": True, "batch": str(import_plan(plan, by=by).batch)}
            except Problem as problem:
                sentence = str(problem.detail or problem.title)
                told["problems"] = [{"row": 0, "column": "", "code": problem.code, "text": sentence}]
        self.stdout.write(json.dumps(told, ensure_ascii=False) if options["json"] else _lines(told, dry_run))
        if told["problems"]:
            raise CommandError("Nothing was imported.", returncode=1)


def _content(file: Path) -> bytes:
    try:
        if file.stat().st_size > MOST_BYTES:
            raise TooLarge
        return file.read_bytes()
    except OSError as error:
        raise CommandError(f"{file}: {error.strerror}") from error


def _told(plan: Plan) -> dict[str, Any]:
    return {
        "added": len(plan.additions),
        "changed": len(plan.changes),
        "unchanged": plan.unchanged,
        "removed": len(plan.removals),
        "problems": [
            {"row": one.row, "column": one.column, "code": one.code, "text": str(one.text)} for one in plan.troubles
        ],
        "left_out": [{"id": one.source_id, "name": one.name, "reason": str(one.reason)} for one in plan.left_out],
        "notes": [str(note) for note in plan.notes],
    }


def _lines(told: dict[str, Any], dry_run: bool) -> str:
    lines = [f"Row {one['row']}, {one['column'] or 'whole row'}: {one['text']}" for one in told["problems"]]
    lines += [f"Left out: {one['name']}: {one['reason']}" for one in told.get("left_out", [])]
    lines += [f"Not read: {note}" for note in told.get("notes", [])]
    if not told["problems"]:
        counts = ", ".join(f"{told[name]} {name}" for name in ("added", "changed", "unchanged", "removed"))
        lines.append(f"{'It would be' if dry_run else 'Done'}: {counts}.")
        if told["imported"]:
            lines.append(f"Import {told['batch']}.")
    return "\n".join(lines)
