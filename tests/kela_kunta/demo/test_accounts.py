"""Tests of kela_kunta.demo.accounts."""

from __future__ import annotations

import pytest
from django.contrib.auth.hashers import check_password
from django.test import Client as Browser

from accounts.models import ApiClient, User
from kela_kunta.demo import accounts

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def made() -> None:
    accounts.make_accounts()


def test_making_them_again_changes_nothing() -> None:
    before = list(User.objects.order_by("pk").values())
    assert accounts.make_accounts() == 0
    assert list(User.objects.order_by("pk").values()) == before


def test_everybody_of_the_interface_is_there_with_the_password() -> None:
    assert {user.username for user in User.objects.all()} == {
        "handler",
        "handler2",
        "supervisor",
        "editor",
        "analyst",
        "auditor",
        "admin",
        "worker.helsinki",
        "worker.pirkanmaa",
        "worker2.pirkanmaa",
        "worker.lapland",
        "worker.tampere",
        "lead.pirkanmaa",
        "directory.pirkanmaa",
    }
    assert Browser().login(username="worker.tampere", password="demo-kela-kunta")
    assert User.objects.get(username="worker.tampere").authority_id == "municipality-837"


def test_everybody_has_an_address_that_is_nobodys() -> None:
    addresses = User.objects.values_list("email", flat=True)
    assert len(set(addresses)) == len(accounts.USERS)
    assert all(address.endswith(".example") for address in addresses)


def test_some_are_cleared_for_the_protected_and_some_are_not() -> None:
    cleared = set(User.objects.filter(cleared=True).values_list("username", flat=True))
    assert cleared == {"handler", "supervisor", "worker.pirkanmaa", "lead.pirkanmaa", "worker.helsinki"}
    systems = set(ApiClient.objects.filter(cleared=True, test=False).values_list("client_id", flat=True))
    assert systems == {"county-pirkanmaa", "county-lapland", "etotu", "city-tampere"}


def test_two_clients_are_for_testing() -> None:
    tests = set(ApiClient.objects.filter(test=True).values_list("client_id", flat=True))
    assert tests == {"etotu-test", "county-pirkanmaa-test"}


@pytest.mark.parametrize("wanted", accounts.CLIENTS, ids=lambda wanted: wanted.client_id)
def test_every_client_has_its_scopes_and_its_secret_is_stored_only_as_a_hash(wanted: accounts.DemoClient) -> None:
    client = ApiClient.objects.get(client_id=wanted.client_id)
    assert client.scopes == wanted.scopes
    assert client.client_secret != f"demo-{wanted.client_id}"
    assert check_password(f"demo-{wanted.client_id}", client.client_secret)
