from __future__ import annotations

import io
import zipfile

import pytest

from referrals.actions.attaching import upload
from referrals.actions.routing import route_batch
from tests.cast import url
from tests.files import declared, image, pdf

pytestmark = pytest.mark.django_db
LEASE, PHOTO = pdf("Lease"), image("JPEG")


@pytest.fixture
def sent(send_only, handler):
    files = [declared("Vuokra.pdf", LEASE), declared("Kuva.jpg", PHOTO)]
    referral = send_only("social_work_need", common={"attachments": files})
    for content in (LEASE, PHOTO):
        upload(referral.pk, declared("", content)["sha256"], content, by=handler.actor)
    route_batch()
    return referral


def test_both_sides_take_one_file_or_all(as_, sent, handler, pirkanmaa):
    for user in (handler, pirkanmaa):
        browser = as_(user)
        page = browser.get(url(sent)).text
        assert "Vuokra.pdf" in page
        assert "Download all (ZIP)" in page
        one = browser.get(url(sent) + f"attachments/{declared('', LEASE)['sha256']}/")
        assert one.content == LEASE
        assert one.headers["Content-Disposition"] == 'attachment; filename="Vuokra.pdf"'
        assert "sandbox" in one.headers["Content-Security-Policy"]
        everything = browser.get(url(sent) + "attachments/all/")
        archive = zipfile.ZipFile(io.BytesIO(b"".join(everything.streaming_content)))
        assert archive.namelist() == ["Vuokra.pdf", "Kuva.jpg"]


def test_strangers_take_nothing(as_, sent, lapland, analyst):
    for place in (f"attachments/{declared('', LEASE)['sha256']}/", "attachments/all/"):
        assert as_(lapland).get(url(sent) + place).status_code == 404
        assert as_(analyst).get(url(sent) + place).status_code == 403


def test_a_referral_without_files_says_nothing_of_them(as_, send, pirkanmaa):
    referral = send()
    assert "Attachments" not in as_(pirkanmaa).get(url(referral)).text
    assert as_(pirkanmaa).get(url(referral) + "attachments/all/").status_code == 404
