"""The name of an effect at the receiver: stable over retries and redeploys, different when the content differs."""

import base64
import hashlib
import hmac
import json
from typing import Any

SEPARATOR = "\x1f"


def idem_key(secret: bytes, *, case: str, step: str, action: str, target: str, revision: str) -> str:
    """33 characters and no '.': fits Feishu's limit of 50 and the id of a Standard Webhook."""
    text = SEPARATOR.join((case, step, action, target, revision))
    digest = hmac.new(secret, text.encode(), hashlib.sha256).digest()
    return "e" + base64.b32encode(digest[:20]).decode().lower()


def digest(payload: dict[str, Any]) -> str:
    text = json.dumps(payload, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
