from __future__ import annotations

import io
import zipfile
from datetime import timedelta

import pytest

from accounts.models import AccessLog
from kela_kunta.base import clock
from kela_kunta.base.actor import Actor, acting
from referrals.actions.routing import route_batch
from tests.builders import body
from tests.files import declared, image, pdf

pytestmark = pytest.mark.django_db
LEASE, PHOTO = pdf("Lease"), image("PNG")
FILES = [
    declared("Sopimus äö.pdf", LEASE, media_type="application/pdf"),
    declared("Sopimus äö.pdf", PHOTO, media_type=None),
]


@pytest.fixture
def kela(calls_as, etotu):
    return calls_as(etotu)


@pytest.fixture
def county(calls_as, county_pirkanmaa):
    return calls_as(county_pirkanmaa)


def put(caller, referral, file, content, *, method="put", media_type="application/octet-stream"):
    return getattr(caller.client, method)(
        f"/api/v1/referrals/{referral['id']}/attachments/{file['sha256']}/",
        content,
        content_type=media_type,
        headers=caller.headers,
    )


def deliver():
    with clock.frozen(clock.now() + timedelta(days=3)):
        return route_batch()


def sent(kela, files=FILES, type="social_work_need"):
    answer = kela.send(body(type, common={"attachments": files}))
    assert answer.status_code == 201, answer.json()
    return answer.json()


def test_files_travel_with_the_referral(kela, county):
    referral = sent(kela)
    assert referral["attachments"] == FILES
    listed = kela.get(f"referrals/{referral['id']}/attachments/").json()
    assert listed["due"] is not None
    assert [one["uploaded_at"] for one in listed["results"]] == [None, None]
    assert deliver() == 0
    assert put(kela, referral, FILES[0], LEASE).json()["uploaded_at"]
    assert put(kela, referral, FILES[1], PHOTO, method="post", media_type="image/png").status_code == 200
    assert deliver() == 1

    listed = county.get(f"referrals/{referral['id']}/attachments/").json()
    assert listed["due"] is None
    assert [one["media_type"] for one in listed["results"]] == ["application/pdf", "image/png"]
    taken = county.get(f"referrals/{referral['id']}/attachments/{FILES[0]['sha256']}/", accept="application/pdf")
    assert taken.content == LEASE
    assert taken.headers["Content-Type"] == "application/pdf"
    assert taken.headers["Content-Disposition"] == "attachment; filename*=utf-8''Sopimus%20%C3%A4%C3%B6.pdf"
    assert taken.headers["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in taken.headers["Cache-Control"]


def test_all_files_come_as_one_archive_with_names_told_apart(kela, county):
    referral = sent(kela)
    put(kela, referral, FILES[0], LEASE)
    put(kela, referral, FILES[1], PHOTO)
    deliver()
    answer = county.get(f"referrals/{referral['id']}/attachments/all/")
    assert answer.streaming
    archive = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))
    assert archive.testzip() is None
    assert archive.namelist() == ["Sopimus äö.pdf", "Sopimus äö.pdf.png"]
    assert [archive.read(name) for name in archive.namelist()] == [LEASE, PHOTO]
    with acting(Actor.system("test")):
        assert {"attachment": "all"} in [line.about for line in AccessLog.objects.all()]


def test_the_same_sending_again_answers_the_same_and_another_manifest_does_not(kela):
    whole = body("social_work_need", common={"attachments": FILES})
    first = kela.send(whole, key="K").json()
    put(kela, first, FILES[0], LEASE)
    assert kela.send(whole, key="K").json() == first
    other = body("social_work_need", common={"attachments": FILES[:1]})
    assert kela.send(other, key="K").json()["code"] == "key_reused"


def test_a_batch_declares_files_too(kela):
    items = [
        {"idempotency_key": "A", "referral": body("social_work_need", common={"attachments": FILES})},
        {"idempotency_key": "B", "referral": body("social_work_need")},
    ]
    results = kela.post("referrals/batch/", {"items": items}).json()["results"]
    assert [len(one["referral"]["attachments"]) for one in results] == [2, 0]
    assert deliver() == 1


def test_what_is_missing_shows_to_the_sender_and_the_supervisor(kela, as_, supervisor, send_only, handler):
    referral = send_only("social_work_need", common={"attachments": FILES})
    assert "Files missing" in as_(handler).get("/referrals/?view=mine").text
    assert "Esimerkki" not in as_(handler).get("/referrals/?view=back").text
    with clock.frozen(clock.now() + timedelta(hours=25)):
        for user, view in ((handler, "back"), (supervisor, "faults")):
            page = as_(user).get(f"/referrals/?view={view}").text
            assert "Esimerkki, Aino" in page
            assert "Files missing" in page
        page = as_(supervisor).get(f"/referrals/{referral.pk}/").text
        assert "Not delivered: files were missing" in page
        assert "Sopimus äö.pdf" in page


def test_strangers_find_no_files(kela, calls_as, county, county_lapland):
    referral = sent(kela, FILES[:1])
    put(kela, referral, FILES[0], LEASE)
    places = [f"referrals/{referral['id']}/attachments/{part}" for part in ("", "all/", f"{FILES[0]['sha256']}/")]
    assert [county.get(place).status_code for place in places] == [404, 404, 404]  # not delivered yet
    deliver()
    assert [calls_as(county_lapland).get(place).status_code for place in places] == [404, 404, 404]
    assert put(county, referral, FILES[0], LEASE).json()["code"] == "scope_missing"


def test_a_wrong_body_is_told(kela):
    referral = sent(kela, FILES[:1])
    assert put(kela, referral, FILES[0], b"").json()["errors"][0]["code"] == "size"
    assert put(kela, referral, FILES[0], LEASE[:-1]).status_code == 422
    assert put(kela, referral, FILES[0], LEASE, media_type="text/html").status_code == 415
    assert put(kela, referral, FILES[0] | {"sha256": "0" * 64}, LEASE).status_code == 404
    assert put(kela, referral, FILES[0] | {"sha256": "nonsense\x00"}, LEASE).status_code == 404


@pytest.mark.parametrize(
    ("files", "pointer", "code"),
    [
        ("none", "#/attachments", "not_a_list"),
        ([declared("a.pdf", LEASE)] * 2, "#/attachments", "repeated"),
        ([declared(f"{n}.pdf", bytes([n])) for n in range(21)], "#/attachments", "max_length"),
        ([declared("a/b.pdf", LEASE)], "#/attachments/0/name", "path"),
        ([declared("", LEASE)], "#/attachments/0/name", "required"),
        ([declared("a.pdf", LEASE, size=10 * 1024 * 1024 + 1)], "#/attachments/0/size", "max_value"),
        ([declared("a.pdf", LEASE, size=0)], "#/attachments/0/size", "min_value"),
        ([declared("a.pdf", LEASE, size=True)], "#/attachments/0/size", "invalid"),
        ([declared("a.pdf", LEASE, sha256="00")], "#/attachments/0/sha256", "invalid"),
        ([declared("a.pdf", LEASE, media_type="text/html")], "#/attachments/0/media_type", "invalid_choice"),
        ([declared("a.pdf", LEASE, url="https://x.example")], "#/attachments/0/url", "unknown_field"),
    ],
)
def test_a_bad_manifest_is_refused_by_its_field(kela, files, pointer, code):
    answer = kela.send(body("social_work_need", common={"attachments": files}))
    assert answer.status_code == 422
    assert (pointer, code) in [(error["pointer"], error["code"]) for error in answer.json()["errors"]]
