"""Each button of an exit, as the browser sends it: it works once, then refuses; wrong method, stranger, not allowed."""

from datetime import timedelta
from typing import Any

import pytest

from ehr.record.models import Event
from offboarding import operations as ops
from tests.access.cast import sign_in
from tests.factories.offboarding import a_dismissal, a_resignation, approved, done

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def settled(cast: Any, at: Any) -> Any:
    return approved(a_resignation(cast, at), at)


def dismissed(cast: Any, at: Any) -> Any:
    case = approved(a_dismissal(cast, at), at)
    done(case, cast, at, "union_notice")
    return case


def agreed(cast: Any, at: Any) -> Any:
    return approved(a_dismissal(cast, at, kind="mutual_agreement", ground="LCL36_EMPLOYER"), at)


def requested(cast: Any, at: Any) -> Any:
    return a_dismissal(cast, at)


def prepared(cast: Any, at: Any) -> Any:
    facts = {"expected_last_working_date": at.date() + timedelta(days=60), "reason": "多次提到年后回老家创业"}
    return ops.prepare_exit(employment=cast.employment["leaver"], by=cast.hr_manager, at=at, **facts)


def taken_back(cast: Any, at: Any) -> Any:
    """After the acknowledgement HR has to agree."""
    case = settled(cast, at)
    ops.withdraw(case=case, reason="想留下", by=cast.leaver, at=at)
    return case


DATES = {"last_working_date": "2026-06-10", "termination_date": "2026-06-10", "paid_until_date": "2026-06-10"}
SERVED = {"method": "ems", "sent_date": "2026-05-18", "reference": "EMS 1"}
TALK = {"measure": "raise", "amount": "2000", "outcome": "open"}
# address, the exit it is for, who may, what is sent
ACTIONS = [
    ("nudge", settled, "hrbp", {}),
    ("comments", settled, "hrbp", {"text": "已电话沟通"}),
    ("dates", settled, "hrbp", DATES),
    ("retentions", settled, "head", TALK),
    ("told", dismissed, "hr_manager", {}),
    ("notice", dismissed, "hr_manager", {}),
    ("service-proofs", dismissed, "hr_manager", SERVED),
    ("withdrawal", dismissed, "hr_manager", {"text": "误会"}),
    ("cancellation", requested, "hrbp", {"text": "开错了"}),
    ("tracks/settlement", settled, "finance", {"action": "done", "note": "已付"}),
    ("conversion", prepared, "hr_manager", {"kind": "dismissal", "ground": "LCL39_2"}),
    ("standing-down", prepared, "hr_manager", {"text": "本人决定留下"}),
    ("withdrawal/answer", taken_back, "hrbp", {"agree": "yes", "text": "同意"}),
]
NAMES = [action[0] for action in ACTIONS]
ONCE = {
    *("told", "notice", "withdrawal", "cancellation", "tracks/settlement"),
    *("conversion", "standing-down", "withdrawal/answer"),
}
each = pytest.mark.parametrize(("path", "make", "who", "sent"), ACTIONS, ids=NAMES)


@each
def test_it_works(cast, at, path, make, who, sent) -> None:
    case, browser = make(cast, at), sign_in(getattr(cast, who))

    answer = browser.post(f"{case.url}{path}/", sent)

    assert answer.status_code == 302, answer.content.decode()[-2000:]
    if path in ONCE:
        assert browser.post(f"{case.url}{path}/", sent).status_code == 409


@each
def test_from_a_fragment_the_page_is_told_to_load_anew(cast, at, path, make, who, sent) -> None:
    case = make(cast, at)

    answer = sign_in(getattr(cast, who)).post(f"{case.url}{path}/", sent, headers={"HX-Request": "true"})

    assert (answer.status_code, "HX-Redirect" in answer.headers) == (204, True)


@each
def test_to_a_stranger_it_does_not_exist(cast, at, path, make, who, sent) -> None:
    case = make(cast, at)

    assert sign_in(cast.stranger).post(f"{case.url}{path}/", sent).status_code in (403, 404)
    assert case.number not in sign_in(cast.stranger).post(f"{case.url}{path}/", sent).content.decode()


@each
def test_whoever_only_looks_is_refused(cast, at, path, make, who, sent) -> None:
    if path == "comments":  # everybody who sees an exit may leave a remark
        return
    assert sign_in(cast.auditor).post(f"{make(cast, at).url}{path}/", sent).status_code == 403


@pytest.mark.parametrize(
    "path", [name for name in NAMES if name not in ("dates", "service-proofs", "tracks/settlement")]
)
def test_it_is_never_done_by_looking(cast, at, path) -> None:
    assert sign_in(cast.hr_manager).get(f"{settled(cast, at).url}{path}/").status_code == 405


@pytest.mark.parametrize(
    ("path", "make", "who", "sent"),
    [
        ("comments", settled, "hrbp", {"text": ""}),
        ("retentions", settled, "head", {"measure": "bribe"}),
        ("service-proofs", dismissed, "hr_manager", SERVED | {"sent_date": "2999-01-01"}),
        ("dates", settled, "hrbp", DATES | {"termination_date": "2026-06-01"}),
        ("cancellation", requested, "hrbp", {"text": ""}),
        ("tracks/settlement", settled, "finance", {"action": "fail", "note": ""}),
        ("conversion", prepared, "hr_manager", {"kind": "resignation", "ground": "LCL37"}),
        ("standing-down", prepared, "hr_manager", {"text": ""}),
        ("withdrawal/answer", taken_back, "hrbp", {"agree": "perhaps"}),
    ],
)
def test_what_is_wrong_in_it_is_said_and_nothing_happens(cast, at, path, make, who, sent) -> None:
    case = make(cast, at)
    before = Event.objects.filter(kind__startswith="offboarding").count()

    answer = sign_in(getattr(cast, who)).post(f"{case.url}{path}/", sent)

    assert answer.status_code == 422
    assert Event.objects.filter(kind__startswith="offboarding").count() == before
