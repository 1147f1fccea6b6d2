"""The calls about webhooks."""

from __future__ import annotations

import pytest

from delivery.actions.calling import deliver_webhooks

pytestmark = pytest.mark.django_db
NEVER = "01900000-0000-7000-8000-000000000000"


@pytest.fixture
def caller(calls_as, county_pirkanmaa):
    return calls_as(county_pirkanmaa)


def delete(caller, path: str):
    return caller.client.delete(f"/api/v1/{path}", headers=caller.headers)


def test_a_webhook_is_made_listed_and_ended(caller):
    made = caller.post("webhooks/", {"url": "https://example.com/hook", "kinds": ["delivered"]})
    assert made.status_code == 201
    webhook = made.json()
    assert made["Location"] == f"{webhook['id']}/"
    assert webhook.pop("secret").startswith("whsec_")
    assert (webhook["url"], webhook["kinds"], webhook["state"]) == ("https://example.com/hook", ["delivered"], "active")
    assert caller.get("webhooks/").json() == {"next": None, "previous": None, "results": [webhook]}
    ended = delete(caller, f"webhooks/{webhook['id']}/")
    assert (ended.status_code, ended.content) == (204, b"")
    assert caller.get("webhooks/").json()["results"] == []
    assert delete(caller, f"webhooks/{webhook['id']}/").status_code == 404


def test_without_kinds_it_is_told_of_all(caller):
    for body in ({}, {"kinds": []}, {"kinds": None}):
        assert caller.post("webhooks/", {"url": "https://example.com/"} | body).json()["kinds"] == []


@pytest.mark.parametrize(
    ("body", "pointer", "code"),
    [
        ({}, "#/url", "required"),
        ({"url": 7}, "#/url", "invalid"),
        ({"url": "http://example.com/"}, "#/url", "not_https"),
        ({"url": "https://127.0.0.1/"}, "#/url", "not_public"),
        ({"url": "https://[::1]/"}, "#/url", "not_public"),
        ({"url": "https://169.254.169.254/"}, "#/url", "not_public"),
        ({"url": "https://[::ffff:127.0.0.1]/"}, "#/url", "not_public"),
        ({"url": "https://0.0.0.0/"}, "#/url", "not_public"),
        ({"url": "https://2130706433/"}, "#/url", "not_public"),
        ({"url": "https://example.com:22/"}, "#/url", "port"),
        ({"url": "https://a:b@example.com/"}, "#/url", "has_credentials"),
        ({"url": "https://example.com/" + "x" * 500}, "#/url", "max_length"),
        ({"url": "https://example.com/", "kinds": ["exploded"]}, "#/kinds/0", "invalid_choice"),
        ({"url": "https://example.com/", "kinds": ["closed", "closed"]}, "#/kinds", "repeated"),
        ({"url": "https://example.com/", "kinds": "closed"}, "#/kinds", "not_a_list"),
        ({"url": "https://example.com/", "secret": "whsec_x"}, "#/secret", "unknown_field"),
    ],
)
def test_what_cannot_be_called_is_refused_at_its_field(caller, body, pointer, code):
    refused = caller.post("webhooks/", body)
    assert refused.status_code == 422
    assert [(error["pointer"], error["code"]) for error in refused.json()["errors"]] == [(pointer, code)]
    assert caller.get("webhooks/").json()["results"] == []


def test_the_own_machine_is_accepted_only_where_that_is_wanted(caller, settings):
    assert caller.post("webhooks/", {"url": "http://127.0.0.1:9000/"}).status_code == 422
    settings.WEBHOOK_LOOPBACK = True
    assert caller.post("webhooks/", {"url": "http://127.0.0.1:9000/"}).status_code == 201


def test_a_rotation_shows_the_new_secret_and_how_long_the_former_signs(caller):
    webhook = caller.post("webhooks/", {"url": "https://example.com/"}).json()
    rotated = caller.post(f"webhooks/{webhook['id']}/rotate/").json()
    assert rotated["secret"] != webhook["secret"]
    assert rotated["former_secret_until"] > webhook["created_at"]


def test_the_log_tells_what_came_of_each_call_and_one_can_be_made_again(caller, receiver, send):
    webhook = caller.post("webhooks/", {"url": receiver.url}).json()
    sent = [send(), send()]
    receiver.replies = [204, 500]
    deliver_webhooks()
    log = caller.get(f"webhooks/{webhook['id']}/deliveries/").json()["results"]
    assert [delivery["referral"] for delivery in log] == [str(referral.pk) for referral in reversed(sent)]
    failed, done = log
    assert (failed["last_status"], failed["last_error"], failed["attempts"]) == (500, "answered_error", 1)
    assert failed["next_attempt_at"] is not None
    assert (done["last_status"], done["last_error"], done["next_attempt_at"]) == (204, "", None)
    assert done["cursor"] == receiver.calls[0].data["cursor"]
    again = caller.post(f"webhooks/{webhook['id']}/deliveries/{done['id']}/resend/").json()
    assert (again["id"], again["delivered_at"], again["attempts"]) == (done["id"], None, 0)
    deliver_webhooks()
    assert [call.id for call in receiver.calls] == [done["id"], failed["id"], done["id"]]


def test_the_log_is_read_page_by_page(caller, receiver, send):
    webhook = caller.post("webhooks/", {"url": receiver.url}).json()
    for _ in range(3):
        send()
    deliver_webhooks()
    path = f"webhooks/{webhook['id']}/deliveries/"
    first = caller.get(f"{path}?limit=2").json()
    second = caller.get(path + first["next"]).json()
    assert [len(first["results"]), len(second["results"])] == [2, 1]
    assert second["next"] is None
    assert caller.get(f"{path}?cursor=x").status_code == 400


def test_a_stopped_one_is_resumed(caller, receiver, send):
    webhook = caller.post("webhooks/", {"url": receiver.url}).json()
    send()
    receiver.replies = [410]
    deliver_webhooks()
    (ended,) = caller.get("webhooks/").json()["results"]
    assert ended["state"] == "ended"
    resumed = caller.post(f"webhooks/{webhook['id']}/resume/").json()
    assert (resumed["state"], resumed["stopped_at"], resumed["failing_since"]) == ("active", None, None)
    deliver_webhooks()
    assert len(receiver.calls) == 2


def test_another_authoritys_webhook_looks_like_none(caller, calls_as, county_lapland):
    webhook = caller.post("webhooks/", {"url": "https://example.com/"}).json()["id"]
    other = calls_as(county_lapland)
    assert other.get("webhooks/").json()["results"] == []
    for path in ("rotate/", "resume/", f"deliveries/{NEVER}/resend/"):
        theirs, none = (other.post(f"webhooks/{id}/{path}") for id in (webhook, NEVER))
        assert (theirs.status_code, theirs.json()) == (none.status_code, none.json())
        assert theirs.status_code == 404
    assert other.get(f"webhooks/{webhook}/deliveries/").status_code == 404
    assert delete(other, f"webhooks/{webhook}/").status_code == 404


def test_they_need_the_scope_to_write(calls_as, county_pirkanmaa, etotu):
    for caller in (calls_as(etotu), calls_as(county_pirkanmaa, scopes="inbox:read")):
        assert caller.get("webhooks/").status_code == 403
        assert caller.post("webhooks/", {"url": "https://example.com/"}).status_code == 403
