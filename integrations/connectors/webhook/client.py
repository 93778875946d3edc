"""The messages on the wire: CloudEvents 1.0 in a Standard Webhook."""

import json
from typing import Any
from urllib.parse import quote, urlsplit

from integrations.connectors.http import Reply
from integrations.connectors.protocol import Context
from integrations.connectors.webhook.signature import signatures
from integrations.rules.planning import EffectSpec


def cloud_event(spec: EffectSpec, context: Context, *, key: str) -> bytes:
    """The same bytes at every try: the id names the effect, the time is when it was decided."""
    event = {
        "specversion": "1.0",
        "id": key,
        "source": context.source,
        "type": spec.payload["type"],
        "subject": spec.target,
        "time": (context.created_at or context.now).isoformat(),
        "datacontenttype": "application/json",
        "data": spec.payload["data"],
    }
    return json.dumps(event, ensure_ascii=False, separators=(",", ":")).encode()


def post(spec: EffectSpec, context: Context, *, key: str) -> Reply:
    body = cloud_event(spec, context, key=key)
    timestamp = int(context.now.timestamp())
    secrets = (context.secrets.get("secret", ""), context.secrets.get("previous_secret", ""))
    headers = {
        "Content-Type": "application/cloudevents+json; charset=utf-8",
        "webhook-id": key,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": signatures(secrets, message_id=key, timestamp=timestamp, body=body),
    }
    return context.http().request("POST", context.config["url"], headers=headers, body=body)


def look_up(context: Context, *, key: str) -> Reply:
    """GET ?effect=KEY, signed over an empty body so that nobody else can ask."""
    url = str(context.config["url"])
    url += ("&" if urlsplit(url).query else "?") + f"effect={quote(key)}"
    timestamp = int(context.now.timestamp())
    signed = signatures((context.secrets.get("secret", ""),), message_id=key, timestamp=timestamp, body=b"")
    headers = {"webhook-id": key, "webhook-timestamp": str(timestamp), "webhook-signature": signed}
    return context.http().request("GET", url, headers=headers)


def is_applied(answer: dict[str, Any] | None) -> bool | None:
    """The receiver's own word; None when it said nothing that can be understood."""
    value = (answer or {}).get("applied")
    return value if isinstance(value, bool) else None
