"""A webhook leads to the public internet and nowhere else."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from delivery.rules.addresses import is_loopback, is_public, url_fault

PORTS = {443, 8443}


def fault(url: str, *, loopback: bool = False) -> str:
    return url_fault(url, ports=PORTS, loopback=loopback)


@pytest.mark.parametrize(
    "url",
    ["https://example.com", "https://example.com/", "https://a-b.example.com:8443/x?y=1", "https://EXAMPLE.com./hook",
     "https://8.8.8.8/", "https://[2606:4700::1111]/", "https://xn--exmple-cua.fi/"],
)  # fmt: skip
def test_public_addresses_pass(url):
    assert fault(url) == ""


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("", "not_an_address"),
        ("example.com", "not_an_address"),
        ("https://", "not_an_address"),
        ("ftp://example.com/", "not_an_address"),
        ("https://exa mple.com/", "not_an_address"),
        ("https://exämple.com/", "not_an_address"),
        ("https://example.com/\n", "not_an_address"),
        ("https://example.com:99999/", "not_an_address"),
        ("https://[::1/", "not_an_address"),
        ("https://example.com\\@127.0.0.1/", "not_an_address"),
        ("http://example.com/", "not_https"),
        ("https://user@example.com/", "has_credentials"),
        ("https://:word@example.com/", "has_credentials"),
        ("https://example.com/#part", "has_fragment"),
        ("https://example.com:22/", "port"),
        ("https://example.com:0/", "port"),
        ("https://127.0.0.1/", "not_public"),
        ("https://127.1/", "not_public"),
        ("https://2130706433/", "not_public"),
        ("https://0x7f000001/", "not_public"),
        ("https://017700000001/", "not_public"),
        ("https://0/", "not_public"),
        ("https://0.0.0.0/", "not_public"),
        ("https://10.0.0.1/", "not_public"),
        ("https://172.16.0.1/", "not_public"),
        ("https://192.168.1.1/", "not_public"),
        ("https://169.254.169.254/latest/meta-data/", "not_public"),
        ("https://[::1]/", "not_public"),
        ("https://[::]/", "not_public"),
        ("https://[::ffff:127.0.0.1]/", "not_public"),
        ("https://[::ffff:7f00:1]/", "not_public"),
        ("https://[64:ff9b::7f00:1]/", "not_public"),
        ("https://[2002:7f00:1::]/", "not_public"),
        ("https://[fe80::1]/", "not_public"),
        ("https://[fd00::1]/", "not_public"),
        ("https://localhost/", "not_public"),
        ("https://LOCALHOST./", "not_public"),
        ("https://x.localhost/", "not_public"),
        ("https://redis/", "not_public"),
        ("https://metadata.google.internal/", "not_public"),
        ("https://printer.local/", "not_public"),
        ("https://%31%32%37.0.0.1/", "not_public"),
    ],
)  # fmt: skip
def test_everything_else_is_refused_with_its_reason(url, code):
    assert fault(url) == code


def test_the_own_machine_passes_only_where_that_is_wanted():
    for url in ("http://127.0.0.1:9000/hook", "http://localhost:9000/", "http://[::1]:80/"):
        assert fault(url) in ("not_https", "not_public")
        assert fault(url, loopback=True) == ""
    assert fault("http://10.0.0.1/", loopback=True) == "not_https"
    assert fault("https://10.0.0.1/", loopback=True) == "not_public"


@given(st.text(max_size=80) | st.builds("https://{}/{}".format, st.text(max_size=30), st.text(max_size=20)))
def test_any_text_gets_an_answer(url):
    assert isinstance(fault(url), str)


@given(st.ip_addresses(v=4))
def test_an_ipv4_address_hidden_in_ipv6_is_never_public(address):
    number = int(address)
    hidden = [number, (0xFFFF << 32) | number, (0x64FF9B << 96) | number, (0x2002 << 112) | (number << 80)]
    assert not any(is_public(str(IPv6Address(place))) for place in hidden)


@given(st.ip_addresses())
def test_what_is_public_is_global_and_no_machines_own(address):
    if is_public(str(address)):
        assert address.is_global
        assert not any((address.is_private, address.is_loopback, address.is_link_local, address.is_multicast))


@pytest.mark.parametrize("address", ["100.64.0.1", "192.0.0.8", "198.19.0.1", "224.0.0.1", "240.0.0.1", "255.255.255.255",
                                     "2001:db8::1", "2001::1", "ff02::1", "fe80::1%eth0", "2606:4700::1%lo", "fec0::1", "x", ""])  # fmt: skip
def test_special_addresses_are_not_public(address):
    assert not is_public(address)


@given(st.integers(0, 2**24 - 1))
def test_all_of_127_is_the_own_machine(rest):
    address = str(IPv4Address((127 << 24) | rest))
    assert is_loopback(address)
    assert not is_public(address)
