"""What a database or a folder was made from, as a short text that changes when its sources do."""

from __future__ import annotations

import hashlib

from tools.servers import ROOT

DATABASE = (
    "*/migrations/**/*", "kela_kunta/base/migrations/**/*", "kela_kunta/base/sql/*", "contacts/reference/*",
    "*/models*", "*/models/*",
)  # fmt: skip
STATIC = ("kela_kunta/static/**/*", "requirements/base.txt")


def fingerprint(*patterns: str) -> str:
    """16 characters from the content of all files that match."""
    digest = hashlib.sha256()
    for pattern in patterns:
        for path in sorted(ROOT.glob(pattern)):
            if path.is_file() and path.suffix != ".pyc":
                digest.update(f"{path.relative_to(ROOT)}\n".encode() + path.read_bytes())
    return digest.hexdigest()[:16]
