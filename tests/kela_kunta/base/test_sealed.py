"""Identity codes at rest."""

from __future__ import annotations

import pytest
from cryptography.exceptions import InvalidTag
from hypothesis import given
from hypothesis import strategies as st

from kela_kunta.base import sealed
from kela_kunta.base.sealed import blind_index, seal, unseal

CODE = "010190-900L"


@pytest.fixture
def keys(settings):
    """Sets the keys for one test; ciphers are kept, so each key has a version that no other test uses."""
    yield lambda **versions: setattr(
        settings, "SEALING_KEYS", {int(name[1:]): bytes([mark]) * 32 for name, mark in versions.items()}
    )
    sealed._cipher.cache_clear()


@given(st.text())
def test_what_is_sealed_can_be_read_again(text):
    assert unseal(seal(text)) == text
    assert unseal(memoryview(seal(text))) == text


def test_the_same_code_is_sealed_differently_each_time_and_never_shows():
    first, second = seal(CODE), seal(CODE)
    assert first != second
    assert not any(part in one for one in (first, second) for part in (CODE.encode(), CODE[:6].encode()))


@given(st.integers(min_value=1, max_value=38), st.integers(min_value=1, max_value=255))
def test_a_single_changed_bit_is_noticed(place, change):
    changed = bytearray(seal(CODE))
    changed[place % len(changed) or 1] ^= change
    with pytest.raises(InvalidTag):
        unseal(bytes(changed))


def test_a_new_key_seals_and_the_old_one_still_unseals(keys):
    keys(v201=1)
    old = seal(CODE)
    keys(v201=1, v202=2)
    new = seal(CODE)
    assert (old[0], new[0]) == (201, 202)
    assert unseal(old) == unseal(new) == CODE
    keys(v202=2)
    sealed._cipher.cache_clear()
    with pytest.raises(KeyError):
        unseal(old)


@given(st.text(), st.text())
def test_the_index_is_equal_for_equal_texts_alone(one, other):
    assert (blind_index(one) == blind_index(other)) == (one == other)
    assert len(blind_index(one)) == 32


def test_the_index_tells_nothing_without_its_key(settings):
    before = blind_index(CODE)
    settings.INDEX_KEY = b"k" * 32
    assert blind_index(CODE) != before


def test_bytes_sealed_about_one_thing_do_not_open_about_another():
    content = bytes(range(256)) * 10
    kept = sealed.seal_bytes(content, about=b"one")
    assert content not in kept
    assert sealed.unseal_bytes(kept, about=b"one") == content
    for about in (b"another", None):
        with pytest.raises(InvalidTag):
            sealed.unseal_bytes(kept, about=about)
