"""The days of a dispute, article by article."""

from datetime import date
from decimal import Decimal

import pytest

from offboarding.rules import disputes as rules
from offboarding.rules.disputes import Dates

FILED, RECEIVED, HEARING, DECIDED = date(2026, 3, 2), date(2026, 3, 6), date(2026, 4, 10), date(2026, 5, 20)


def days_of(**said: object) -> dict[str, tuple[date, str]]:
    dates = Dates(**{"body": "arbitration", "filed": FILED, **said})  # type: ignore[arg-type]
    return {duty.kind.value: (duty.due_date, duty.article) for duty in rules.duties(dates, nth=1)}


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({}, {}),
        ({"received": RECEIVED}, {"dispute_defence": (date(2026, 3, 16), "调解仲裁法 30")}),
        ({"hearing": HEARING}, {"dispute_hearing": (HEARING, "调解仲裁法 35")}),
        ({"hearing": HEARING, "decided": DECIDED}, {"dispute_sue": (date(2026, 6, 4), "调解仲裁法 50")}),
        ({"decided": DECIDED, "is_final": True}, {"dispute_sue": (date(2026, 6, 19), "调解仲裁法 47, 49")}),
        ({"decided": DECIDED, "body": "court_first"}, {"dispute_sue": (date(2026, 6, 4), "民事诉讼法 171")}),
        ({"decided": DECIDED, "body": "court_second"}, {}),
        ({"decided": DECIDED, "body": "mediation"}, {}),
        ({"received": RECEIVED, "body": "court_first"}, {}),
    ],
)
def test_which_days_run(said, expected) -> None:
    assert days_of(**said) == expected


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({}, ""),
        ({"filed": date(2026, 7, 1)}, "filed_date"),
        ({"received": date(2026, 3, 1)}, "received_date"),
        ({"hearing": date(2026, 3, 1)}, "hearing_date"),
        ({"hearing": date(2026, 12, 1)}, ""),
        ({"decided": date(2026, 12, 1)}, "decided_date"),
        ({"decided": date(2026, 3, 1)}, "decided_date"),
    ],
)
def test_what_cannot_be(said, field) -> None:
    dates = Dates(**{"body": "arbitration", "filed": FILED, **said})

    assert rules.impossible(dates, today=date(2026, 6, 30)) == field


@pytest.mark.parametrize(
    ("disputes", "exits", "expected"),
    [(0, 0, None), (0, 40, Decimal("0.0")), (1, 8, Decimal("12.5")), (1, 16, Decimal("6.3")), (3, 2, Decimal("150.0"))],
)
def test_the_rate_is_per_hundred_exits(disputes, exits, expected) -> None:
    assert rules.rate(disputes=disputes, exits=exits) == expected
