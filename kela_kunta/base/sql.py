"""Migrations run SQL that stands in files beside them and is never edited again."""

from __future__ import annotations

from pathlib import Path

from django.db import migrations


def run_sql(migration_file: str, name: str, *, undo: str = migrations.RunSQL.noop) -> migrations.RunSQL:
    """The operation that runs `sql/<name>` beside the migration; `undo` is SQL text for the way back."""
    return migrations.RunSQL(Path(migration_file).with_name("sql").joinpath(name).read_text(), undo)
