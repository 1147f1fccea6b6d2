from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referrals.rules.files import JPEG, PDF, PNG, apart, media_type_of, safe_name
from tests.files import image, pdf

WHOLE = {
    PDF: pdf(),
    JPEG: image("JPEG"),
    PNG: image("PNG"),
}
VARIANTS = [
    (JPEG, image("JPEG", progressive=True)),
    (JPEG, image("JPEG", comment=b"taken at home")),
    (JPEG, image("JPEG") + b"what a camera adds"),
    (PNG, image("PNG", compress_level=0)),
]


@pytest.mark.parametrize(("media_type", "content"), [*WHOLE.items(), *VARIANTS])
def test_whole_files_are_known_by_their_content(media_type, content):
    assert media_type_of(content) == media_type


@given(st.sampled_from(sorted(WHOLE)), st.data())
def test_a_file_that_breaks_off_is_none(media_type, data):
    whole = WHOLE[media_type].rstrip()
    kept = data.draw(st.integers(0, len(whole) - 3))
    assert media_type_of(whole[:kept]) == ""


@given(st.binary(max_size=2000), st.sampled_from([b"", b"%PDF-1.7\n", b"\xff\xd8\xff\xe0", b"\x89PNG\r\n\x1a\n"]))
def test_no_bytes_whatever_break_the_look_at_them(rest, mark):
    assert media_type_of(mark + rest) in ("", PDF, JPEG, PNG)


@given(st.integers(8, len(WHOLE[PNG]) - 1))
def test_a_flipped_bit_in_a_png_is_found(place):
    content = bytearray(WHOLE[PNG])
    content[place] ^= 1
    assert media_type_of(bytes(content)) == ""


@pytest.mark.parametrize(
    "content",
    [b"", b"MZ\x90\x00", b"PK\x03\x04", b"GIF89a", b"<svg/>", b"%PDF-1.7\nstartxref\n99999\n%%EOF", b"\n" + pdf()],
)
def test_other_files_are_none_of_the_three(content):
    assert media_type_of(content) == ""


@pytest.mark.parametrize(
    ("name", "media_type", "safe"),
    [
        ("Vuokra sopimus, 2026.pdf", PDF, "Vuokra sopimus, 2026.pdf"),
        ("KUVA.JPEG", JPEG, "KUVA.JPEG"),
        ("lasku.exe", PDF, "lasku.exe.pdf"),
        ("../../etc/passwd", PNG, "passwd.png"),
        ("C:\\temp\\a.png", PNG, "a.png"),
        ("a\u202efdp.exe", PDF, "afdp.exe.pdf"),
        ("a\r\nSet-Cookie: x.pdf", PDF, "aSet-Cookie: x.pdf"),
        ("...", PDF, ".pdf"),
    ],
)
def test_a_name_carries_no_path_no_hidden_mark_and_its_types_ending(name, media_type, safe):
    assert safe_name(name, media_type) == safe


@given(st.text(max_size=255), st.sampled_from([PDF, JPEG, PNG]))
def test_no_name_leaves_its_folder_or_its_line(name, media_type):
    safe = safe_name(name, media_type)
    assert not set("/\\\r\n\x00") & set(safe)
    assert safe_name(safe, media_type) == safe or safe.startswith(".")


def test_equal_names_are_told_apart():
    assert apart(["a.pdf", "A.pdf", "a.pdf", "b.png"]) == ["a.pdf", "A (2).pdf", "a (3).pdf", "b.png"]
