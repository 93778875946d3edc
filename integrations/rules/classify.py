"""HTTP answers → outcomes. Only a parseable, positive word of the system is a success; the rest is decided by what may have left."""

from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from integrations.rules.outcome import Kind, Outcome

DEFAULT_THROTTLE = 30.0
LONGEST_WAIT = 3600.0


def of_status(status: int, headers: Mapping[str, str], *, now: datetime) -> Outcome | None:
    """The outcome that the status alone decides; None for 2xx, where the body must speak."""
    if 200 <= status < 300:
        return None
    if status == 429:
        after = retry_after(headers, now=now)
        return Outcome(kind=Kind.THROTTLED, reason="throttled", after=after or DEFAULT_THROTTLE, status=status)
    if status >= 500:
        after = retry_after(headers, now=now)
        return Outcome(kind=Kind.AMBIGUOUS, reason="server_error", after=after, status=status)
    return Outcome(kind=_of_refusal(status), reason=f"http_{status}", status=status)


def _of_refusal(status: int) -> Kind:
    if status in (401, 407):
        return Kind.AUTH
    if status == 403:
        return Kind.AUTH
    if status < 400 or status in (404, 405, 410, 415):
        return Kind.MISCONFIGURED
    if status in (408, 425):
        return Kind.AMBIGUOUS
    return Kind.REJECTED


def retry_after(headers: Mapping[str, str], *, now: datetime) -> float | None:
    """Seconds, from Retry-After (seconds or date) or a vendor's own header."""
    text = headers.get("retry-after") or headers.get("x-ogw-ratelimit-reset") or ""
    seconds = _seconds(text, now=now)
    return None if seconds is None else min(max(seconds, 0.0), LONGEST_WAIT)


def _seconds(text: str, *, now: datetime) -> float | None:
    text = text.strip()
    if text.isascii() and text.isdigit():
        return float(text[:9])
    try:
        moment = parsedate_to_datetime(text)
    except (TypeError, ValueError):
        return None
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return (aware - now).total_seconds()
