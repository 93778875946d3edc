"""Fingerprints: of what a paper says, and of the bytes it became."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any


def sha256_of_text(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def sha256_of_bytes(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def content_digest(*, number: str, kind: str, template_version: int, context: Mapping[str, Any]) -> str:
    """Over the canonical JSON of everything that is printed; key order and spaces don't count."""
    content = {"number": number, "kind": kind, "template_version": template_version, "context": context}
    return sha256_of_text(json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")))
