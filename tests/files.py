"""Small files of each kind that can be attached, and their manifest."""

from __future__ import annotations

import hashlib
from io import BytesIO
from typing import Any

from fpdf import FPDF
from PIL import Image


def pdf(text: str = "Lease") -> bytes:
    sheet = FPDF()
    sheet.add_page()
    sheet.set_font("helvetica")
    sheet.cell(text=text)
    return bytes(sheet.output())


def image(kind: str, shade: int = 200, **options: Any) -> bytes:
    """A picture as JPEG or PNG."""
    written = BytesIO()
    picture = Image.new("RGB", (64, 48), (shade, 40, 90))
    picture.paste((0, shade, 0), (10, 10, 30, 30))
    picture.save(written, kind, **options)
    return written.getvalue()


def declared(name: str, content: bytes, **facts: Any) -> dict[str, Any]:
    """The line of a manifest."""
    return {"name": name, "size": len(content), "sha256": hashlib.sha256(content).hexdigest()} | facts
