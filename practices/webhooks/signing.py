"""The signature of a message (Standard Webhooks, symmetric)."""

import base64
import hashlib
import hmac
from collections.abc import Iterable


def signature(keys: Iterable[bytes], message_id: str, timestamp: int, body: bytes) -> str:
    """The signatures by each key, parted by spaces; `timestamp` in seconds since 1970."""
    signed = f"{message_id}.{timestamp}.".encode() + body
    return " ".join(
        f"v1,{base64.b64encode(hmac.digest(key, signed, hashlib.sha256)).decode()}" for key in keys
    )
