"""Personal identity codes and files at rest: encrypted, and codes found again by a keyed blind index.

Keys come from settings: `SEALING_KEYS` ({version: 32 bytes}, the highest seals, all
unseal) and `INDEX_KEY` (32 bytes; changing it means indexing anew).
"""

from __future__ import annotations

import hmac
import os
from functools import cache

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

_NONCE = 12  # bytes, as NIST SP 800-38D recommends for AES-GCM


def seal(text: str) -> bytes:
    """`text` encrypted and authenticated: key version (1 byte), nonce, ciphertext with tag."""
    return seal_bytes(text.encode())


def unseal(sealed: bytes) -> str:
    """The text that `seal` was given.

    Raises:
        cryptography.exceptions.InvalidTag: when the bytes were tampered with.
        KeyError: when the key of that version is not in the settings any more.
    """
    return unseal_bytes(sealed).decode()


def seal_bytes(content: bytes, *, about: bytes | None = None) -> bytes:
    """`content` as `seal` makes it of a text; `about` is bound to it, so that it opens in its own place alone."""
    version = max(settings.SEALING_KEYS)
    nonce = os.urandom(_NONCE)
    return bytes([version]) + nonce + _cipher(version).encrypt(nonce, content, about)


def unseal_bytes(sealed: bytes, *, about: bytes | None = None) -> bytes:
    """The bytes that `seal_bytes` was given.

    Raises:
        cryptography.exceptions.InvalidTag: when they were tampered with, or sealed about something else.
        KeyError: when the key of that version is not in the settings any more.
    """
    sealed = bytes(sealed)
    return _cipher(sealed[0]).decrypt(sealed[1 : 1 + _NONCE], sealed[1 + _NONCE :], about)


def blind_index(text: str) -> bytes:
    """32 bytes that are equal for equal texts and tell nothing without the key."""
    return hmac.digest(settings.INDEX_KEY, text.encode(), "sha256")


@cache
def _cipher(version: int) -> AESGCM:
    return AESGCM(settings.SEALING_KEYS[version])
