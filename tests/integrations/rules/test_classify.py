from datetime import UTC, datetime

import pytest

from integrations.rules.classify import LONGEST_WAIT, of_status, retry_after
from integrations.rules.outcome import Kind

NOW = datetime(2026, 5, 18, 2, 0, tzinfo=UTC)


@pytest.mark.parametrize("status", range(200, 300, 7))
def test_no_status_alone_is_a_success(status: int):
    assert of_status(status, {}, now=NOW) is None


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (301, Kind.MISCONFIGURED), (302, Kind.MISCONFIGURED), (307, Kind.MISCONFIGURED), (308, Kind.MISCONFIGURED),
        (400, Kind.REJECTED), (401, Kind.AUTH), (403, Kind.AUTH), (404, Kind.MISCONFIGURED), (408, Kind.AMBIGUOUS),
        (409, Kind.REJECTED), (410, Kind.MISCONFIGURED), (418, Kind.REJECTED), (422, Kind.REJECTED),
        (429, Kind.THROTTLED), (500, Kind.AMBIGUOUS), (502, Kind.AMBIGUOUS), (503, Kind.AMBIGUOUS), (504, Kind.AMBIGUOUS),
    ],
)  # fmt: skip
def test_what_a_status_says(status: int, kind: Kind):
    outcome = of_status(status, {}, now=NOW)

    assert outcome is not None
    assert outcome.kind is kind
    assert outcome.status == status


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"retry-after": "7"}, 7.0),
        ({"retry-after": "Mon, 18 May 2026 02:00:09 GMT"}, 9.0),
        ({"retry-after": "Mon, 18 May 2026 01:00:00 GMT"}, 0.0),
        ({"retry-after": "99999999999"}, LONGEST_WAIT),
        ({"x-ogw-ratelimit-reset": "12"}, 12.0),
        ({"retry-after": "soon"}, None),
        ({"retry-after": "-5"}, None),
        ({"retry-after": "１２"}, None),
        ({}, None),
    ],
)
def test_how_long_a_system_wants_us_to_wait(headers: dict[str, str], seconds: float | None):
    assert retry_after(headers, now=NOW) == seconds
