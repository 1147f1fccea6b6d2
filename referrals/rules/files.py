"""What may be attached to a referral: PDF, JPEG and PNG by content, whatever a file is called."""

from __future__ import annotations

import re
import unicodedata
import zlib
from collections.abc import Iterable
from datetime import timedelta

LARGEST = 10 * 1024 * 1024  # bytes
MOST = 20  # files on a referral
UPLOADED_WITHIN = timedelta(hours=24)  # of sending

PDF, JPEG, PNG = "application/pdf", "image/jpeg", "image/png"
ENDINGS = {PDF: (".pdf",), JPEG: (".jpg", ".jpeg", ".jpe", ".jfif"), PNG: (".png",)}
LONGEST_NAME = 255  # characters

_SHA256 = re.compile(r"[0-9a-f]{64}")
_TAIL = 2048  # bytes at the end of a PDF in which its last cross-reference is told
_START = re.compile(rb"startxref\s+([0-9]{1,10})\s+%%EOF")
_REFERENCE = re.compile(rb"\s{0,16}(xref\s|[0-9]{1,10}\s+[0-9]{1,5}\s+obj)")
_PNG_MARK = b"\x89PNG\r\n\x1a\n"
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}  # of a JPEG: the markers that tell its size
_ALONE = frozenset({0x01, *range(0xD0, 0xD8)})  # those without a length


def is_sha256(text: str) -> bool:
    """Whether `text` is a SHA-256 in lower hexadecimal digits."""
    return _SHA256.fullmatch(text) is not None


def media_type_of(content: bytes) -> str:
    """The media type of a whole file, "" for one that is none of the three or breaks off.

    The structure is walked from its first mark to its last; nothing is decoded, so nothing can blow up.
    """
    if content.startswith(b"%PDF-"):
        return PDF if _is_pdf(content) else ""
    if content.startswith(b"\xff\xd8\xff"):
        return JPEG if _is_jpeg(content) else ""
    if content.startswith(_PNG_MARK):
        return PNG if _is_png(content) else ""
    return ""


def safe_name(name: str, media_type: str) -> str:
    """`name` as a header or an archive may carry it: no path, no invisible marks, and the ending of its type."""
    last = re.split(r"[/\\]", name)[-1]
    shown = "".join(mark for mark in last if unicodedata.category(mark)[0] != "C").strip(" .")
    if not shown.lower().endswith(ENDINGS[media_type]):
        shown += ENDINGS[media_type][0]
    return shown


def apart(names: Iterable[str]) -> list[str]:
    """The names, those that came before (in whatever case) with a number, as files of one folder must be called."""
    seen: set[str] = set()
    found = []
    for name in names:
        stem, dot, ending = name.rpartition(".")
        number, one = 1, name
        while one.lower() in seen:
            number += 1
            one = f"{stem} ({number}){dot}{ending}"
        seen.add(one.lower())
        found.append(one)
    return found


def _is_pdf(content: bytes) -> bool:
    """The last cross-reference is where the end of the file says."""
    told = [int(found[1]) for found in _START.finditer(content[-_TAIL:])]
    return bool(told) and bool(_REFERENCE.match(content, told[-1]))


def _is_png(content: bytes) -> bool:
    """A header first, then chunks with right sums, of them some image, up to the end chunk."""
    place = len(_PNG_MARK)
    seen: set[bytes] = set()
    while place + 12 <= len(content):
        length = int.from_bytes(content[place : place + 4])
        kind, end = content[place + 4 : place + 8], place + 12 + length
        if end > len(content) or (not seen and kind != b"IHDR"):
            return False
        if zlib.crc32(content[place + 4 : end - 4]) != int.from_bytes(content[end - 4 : end]):
            return False
        seen.add(kind)
        if kind == b"IEND":
            return b"IDAT" in seen
        place = end
    return False


def _is_jpeg(content: bytes) -> bool:
    """Segments up to the picture's, with its size before it, and its end after it. What cameras add behind is let be."""
    place, has_size, has_picture = 2, False, False
    while place + 2 <= len(content):
        if content[place] != 0xFF:
            return False
        marker = content[place + 1]
        if marker == 0xFF:  # filling
            place += 1
        elif marker == 0xD9:
            return has_picture
        elif marker in _ALONE:
            place += 2
        else:
            length = int.from_bytes(content[place + 2 : place + 4])
            place += 2 + length
            if length < 2 or place > len(content):
                return False
            has_size |= marker in _FRAMES
            if marker == 0xDA:
                if not has_size:
                    return False
                has_picture = True
                place = _behind_picture(content, place)
    return False


def _behind_picture(content: bytes, place: int) -> int:
    """Where the next marker stands behind the picture's data; a zero or a restart after 0xFF is data."""
    while (place := content.find(b"\xff", place)) >= 0 and place + 1 < len(content):
        if content[place + 1] and content[place + 1] not in _ALONE:
            return place
        place += 2
    return len(content)
