"""Standard Webhooks 1.0: https://www.standardwebhooks.com (symmetric `v1`)."""

import base64
import binascii
import hashlib
import hmac
from collections.abc import Iterable, Mapping
from datetime import datetime

from integrations.connectors.protocol import CallbackRejected

PREFIX = "whsec_"
TOLERANCE = 300


def key_of(secret: str) -> bytes:
    try:
        return base64.b64decode(secret.removeprefix(PREFIX), validate=True)
    except (binascii.Error, ValueError):
        return secret.encode()


def sign(secret: str, *, message_id: str, timestamp: int, body: bytes) -> str:
    content = f"{message_id}.{timestamp}.".encode() + body
    digest = hmac.new(key_of(secret), content, hashlib.sha256).digest()
    return "v1," + base64.b64encode(digest).decode()


def signatures(secrets: Iterable[str], *, message_id: str, timestamp: int, body: bytes) -> str:
    """Several, space-separated, while a secret is being changed."""
    return " ".join(sign(secret, message_id=message_id, timestamp=timestamp, body=body) for secret in secrets if secret)


def check(headers: Mapping[str, str], body: bytes, secrets: Iterable[str], *, now: datetime) -> str:
    """The message's id, or CallbackRejected. Compares in constant time, on the raw body."""
    message_id, stamp = headers.get("webhook-id", ""), headers.get("webhook-timestamp", "")
    if not message_id or not (stamp.isascii() and stamp.isdigit()):
        raise CallbackRejected("headers")
    if abs(now.timestamp() - int(stamp[:12])) > TOLERANCE:
        raise CallbackRejected("stale")
    given = [part for part in headers.get("webhook-signature", "").split(" ") if part.startswith("v1,")]
    wanted = [sign(secret, message_id=message_id, timestamp=int(stamp), body=body) for secret in secrets if secret]
    matches = [hmac.compare_digest(one.encode(), other.encode()) for one in given for other in wanted]
    if not any(matches):
        raise CallbackRejected("signature")
    return message_id
