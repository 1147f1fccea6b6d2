"""Personal identity codes at rest: encrypted, and found again by a keyed blind index.

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
    version = max(settings.SEALING_KEYS)
    nonce = os.urandom(_NONCE)
    return bytes([version]) + nonce + _cipher(version).encrypt(nonce, text.encode(), None)


def unseal(sealed: bytes) -> str:
    """The text that `seal` was given.

    Raises:
        cryptography.exceptions.InvalidTag: when the bytes were tampered with.
        KeyError: when the key of that version is not in the settings any more.
    """
    sealed = bytes(sealed)
    return _cipher(sealed[0]).decrypt(sealed[1 : 1 + _NONCE], sealed[1 + _NONCE :], None).decode()


def blind_index(text: str) -> bytes:
    """32 bytes that are equal for equal texts and tell nothing without the key."""
    return hmac.digest(settings.INDEX_KEY, text.encode(), "sha256")


@cache
def _cipher(version: int) -> AESGCM:
    return AESGCM(settings.SEALING_KEYS[version])
