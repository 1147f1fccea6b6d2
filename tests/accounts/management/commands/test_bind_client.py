"""`manage.py bind_client`."""

from __future__ import annotations

import pytest
from django.core.management import CommandError, call_command

from accounts.ways import fingerprint
from tests.accounts.test_ways import SUBSYSTEM, certificate

pytestmark = pytest.mark.django_db


def test_it_binds_frees_and_tells(capsys, tmp_path, county_pirkanmaa):
    def bound(*options):
        call_command("bind_client", "county-pirkanmaa", *options)
        county_pirkanmaa.refresh_from_db()
        return county_pirkanmaa.xroad_client, county_pirkanmaa.certificates, capsys.readouterr().out

    pem = certificate("county-pirkanmaa")
    file = tmp_path / "county.pem"
    file.write_text(pem)
    assert bound() == ("", [], "X-Road: any way\nCertificates: none needed\n")
    assert bound("--xroad-client", SUBSYSTEM)[:2] == (SUBSYSTEM, [])
    assert bound("--certificate", str(file), "--certificate", "A" * 64)[:2] == (
        SUBSYSTEM, sorted([fingerprint(pem), "a" * 64])
    )  # fmt: skip
    assert bound()[2] == f"X-Road: {SUBSYSTEM}\nCertificates: {', '.join(sorted([fingerprint(pem), 'a' * 64]))}\n"
    assert bound("--no-xroad-client", "--no-certificates")[:2] == ("", [])


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (["nobody"], "no client nobody"),
        (["county-pirkanmaa", "--xroad-client", "FI/MUN/1234567-8"], "INSTANCE/CLASS/MEMBER/SUBSYSTEM"),
        (["county-pirkanmaa", "--certificate", "missing.pem"], "missing.pem is neither"),
        (["county-pirkanmaa", "--certificate", "manage.py"], "manage.py is neither"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(county_pirkanmaa, options, sentence):
    with pytest.raises(CommandError, match=sentence):
        call_command("bind_client", *options)
    county_pirkanmaa.refresh_from_db()
    assert (county_pirkanmaa.xroad_client, county_pirkanmaa.certificates) == ("", [])
