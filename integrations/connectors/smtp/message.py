from collections.abc import Mapping
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from typing import Any

from integrations.connectors.protocol import Context


def compose(payload: Mapping[str, Any], context: Context) -> EmailMessage:
    """The Message-ID is the effect's key: should a copy ever arrive twice, every mail program sees that it is one."""
    message = EmailMessage(policy=SMTP)
    sender = str(context.config["sender"])
    message["From"] = sender
    message["To"] = ", ".join(payload["to"])
    message["Subject"] = " ".join(str(payload["subject"]).split())
    message["Date"] = format_datetime(context.created_at or context.now)
    message["Message-ID"] = f"<{context.idem_key}@{_domain(sender)}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(str(payload["text"]))
    if payload.get("html"):
        message.add_alternative(str(payload["html"]), subtype="html")
    return message


def _domain(sender: str) -> str:
    return Address(addr_spec=sender.rpartition("<")[2].rstrip(">").strip()).domain or "localhost"
