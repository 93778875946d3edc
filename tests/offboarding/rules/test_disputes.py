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
        ({"decided": DECIDED, "body": "set_aside"}, {}),
        (
            {"decided": DECIDED, "body": "set_aside", "outcome": "annulled"},
            {"dispute_sue": (date(2026, 6, 4), "调解仲裁法 49")},
        ),
        ({"decided": DECIDED, "body": "set_aside", "outcome": "upheld"}, {}),
        ({"decided": DECIDED, "body": "mediation"}, {}),
        ({"received": RECEIVED, "body": "court_first"}, {}),
    ],
)
def test_which_days_run(said, expected) -> None:
    assert days_of(**said) == expected


# body, final → side, way, last day for a decision received on 2026-05-20, article
REMEDIES = [
    ("arbitration", False, [("either", "sue", date(2026, 6, 4), "调解仲裁法 50")]),
    (
        "arbitration",
        True,
        [
            ("employer", "set_aside", date(2026, 6, 19), "调解仲裁法 47, 49"),
            ("person", "sue", date(2026, 6, 4), "调解仲裁法 48"),
        ],
    ),
    ("court_first", False, [("either", "appeal", date(2026, 6, 4), "民事诉讼法 171")]),
    ("court_first", True, [("either", "appeal", date(2026, 6, 4), "民事诉讼法 171")]),
    ("court_second", False, []),
    ("mediation", False, []),
    ("inspection", False, []),
]


@pytest.mark.parametrize(("body", "is_final", "expected"), REMEDIES)
def test_who_can_do_what_until_when(body, is_final, expected) -> None:
    found = rules.remedies(body, is_final=is_final)

    assert [(each.side, each.way, each.until(DECIDED), each.article) for each in found] == expected


@pytest.mark.parametrize(("body", "is_final", "expected"), REMEDIES)
def test_legal_is_asked_for_the_side_of_the_employer_alone(body, is_final, expected) -> None:
    ours = [(until, article) for side, _, until, article in expected if side != "person"]

    assert list(days_of(body=body, is_final=is_final, decided=DECIDED).values()) == ours


@pytest.mark.parametrize(
    ("outcome", "expected"),
    [
        ("", []),
        ("annulled", [("either", "sue", date(2026, 6, 4), "调解仲裁法 49")]),
        ("upheld", []),
        ("withdrawn", []),
    ],
)
def test_once_an_award_is_set_aside_either_side_may_go_to_court(outcome, expected) -> None:
    """Within fifteen days of receiving the ruling; where the award stands it is final."""
    found = rules.remedies("set_aside", is_final=False, outcome=outcome)

    assert [(each.side, each.way, each.until(DECIDED), each.article) for each in found] == expected


@pytest.mark.parametrize(
    ("body", "outcome", "may"),
    [
        ("set_aside", "annulled", True),
        ("set_aside", "upheld", True),
        ("set_aside", "withdrawn", True),
        ("set_aside", "", True),
        ("set_aside", "won", False),
        ("arbitration", "annulled", False),
        ("court_first", "upheld", False),
        ("arbitration", "partly", True),
    ],
)
def test_what_may_come_out_where(body, outcome, may) -> None:
    assert rules.may_come_out(body, outcome) is may


def test_days_are_those_of_the_calendar_and_the_day_of_receipt_is_not_one_of_them() -> None:
    """Received on 28 September: day 1 is the 29th, the week of National Day counts, day 15 is 13 October."""
    received = date(2026, 9, 28)

    assert days_of(decided=received) == {"dispute_sue": (date(2026, 10, 13), "调解仲裁法 50")}
    assert days_of(decided=received, is_final=True)["dispute_sue"][0] == date(2026, 10, 28)


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
