"""The end: by date for notices, by proof for employers' endings (decisions 2 and 5)."""

from datetime import date, timedelta

import pytest

from ehr.documents.models import Document
from ehr.record.models import Event
from offboarding import operations as ops
from tests.factories.offboarding import a_dismissal, a_resignation, approved, done, duties_of, on, served

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
LAST = date(2026, 6, 17)
REQUIRED = ("handover", "settlement", "accounts", "assets")


@pytest.fixture
def case(cast, at):
    return approved(a_resignation(cast, at), at)


def midnight_after(day):
    return on(day + timedelta(days=1), hour=0)


def test_nothing_happens_before_the_day(case, at) -> None:
    assert ops.keep_clock(at=on(LAST - timedelta(days=1))) == {
        "acknowledged": 0, "handed_on": 0, "served": 0, "certified": 0, "ended": 0, "closed": 0,
        "asked": 0, "unpaid": 0, "reminded": 0, "over": 0, "told_first": 0,
    }  # fmt: skip


def test_the_certificate_is_issued_on_the_day_whatever_the_handover(case, at) -> None:
    assert ops.keep_clock(at=on(LAST, hour=9))["certified"] == 1

    document = Document.objects.get(subject=case.ref)
    assert (document.kind, case.tracks.get(kind="handover").state) == ("certificate", "planned")


def test_it_is_issued_once(case, at) -> None:
    ops.keep_clock(at=on(LAST, hour=9))
    ops.keep_clock(at=on(LAST, hour=10))

    assert Document.objects.filter(subject=case.ref).count() == 1


@pytest.mark.parametrize("number", ["", None])
def test_a_file_without_the_facts_asks_hr(cast, case, at, number) -> None:
    person = cast.employment["leaver"].person
    person.id_number = number
    person.save()

    ops.keep_clock(at=on(LAST, hour=9))

    assert not Document.objects.exists()
    assert len(duties_of(cast.hrbp, "offboarding.certificate_incomplete")) == 1


def test_the_employment_lasts_until_midnight(cast, case, at) -> None:
    ops.keep_clock(at=on(LAST, hour=23))
    cast.employment["leaver"].refresh_from_db()
    assert cast.employment["leaver"].status == "leaving"

    ops.keep_clock(at=midnight_after(LAST))

    cast.employment["leaver"].refresh_from_db()
    assert cast.employment["leaver"].status == "left"
    assert cast.employment["leaver"].termination_date == LAST


def test_access_is_closed_with_the_employment(cast, case, at) -> None:
    from tests.access.cast import sign_in

    browser = sign_in(cast.leaver)
    assert browser.get("/me/").status_code == 200

    ops.keep_clock(at=midnight_after(LAST))

    cast.leaver.refresh_from_db()
    assert not cast.leaver.has_full_access
    assert browser.get("/me/").status_code == 302


def test_it_stays_open_while_a_required_track_is(cast, case, at) -> None:
    done(case, cast, at, "settlement", "accounts")

    ops.keep_clock(at=midnight_after(LAST))

    case.refresh_from_db()
    assert (case.state, case.employment_ended_at) == ("approved", midnight_after(LAST))


def test_it_closes_with_the_last_required_track(cast, case, at) -> None:
    ops.keep_clock(at=midnight_after(LAST))
    done(case, cast, at, *REQUIRED)
    assert case.state == "approved"

    done(case, cast, at, "documents")

    assert case.state == "closed"


def test_it_closes_by_the_clock_when_everything_was_done_before(cast, case, at) -> None:
    done(case, cast, at, *REQUIRED, "documents")

    assert ops.keep_clock(at=midnight_after(LAST))["ended"] == 1

    case.refresh_from_db()
    assert case.state == "closed"


def test_later_duties_become_obligations(cast, case, at) -> None:
    done(case, cast, at, *REQUIRED, "documents")
    ops.keep_clock(at=midnight_after(LAST))

    assert dict(case.obligations.values_list("kind", "due_date")) == {
        "file_transfer": date(2026, 7, 2),
        "contact_review": date(2027, 6, 17),
        "retention": date(2028, 6, 17),
        "unemployment_list": date(2026, 6, 24),
        "housing_fund": date(2026, 7, 17),
        "wage_records": date(2028, 6, 17),
        "arbitration_window": date(2027, 6, 17),
        "non_compete_decision": date(2026, 7, 17),
    }
    done(case, cast, at, "social_insurance")
    assert case.obligations.get(kind="file_transfer").done_at == at


def test_running_it_twice_changes_nothing(cast, case, at) -> None:
    done(case, cast, at, *REQUIRED, "documents")
    ops.keep_clock(at=midnight_after(LAST))
    before = Event.objects.count()

    ops.keep_clock(at=midnight_after(LAST) + timedelta(hours=1))

    assert Event.objects.count() == before


@pytest.fixture
def dismissal(cast, at):
    return approved(a_dismissal(cast, at), at)


def test_a_dismissal_without_proof_leaves_the_person_employed(cast, dismissal, at) -> None:
    ops.keep_clock(at=midnight_after(LAST))

    cast.employment["leaver"].refresh_from_db()
    assert cast.employment["leaver"].status == "active"
    for user in (cast.hr_manager, cast.legal):
        assert len(duties_of(user, "offboarding.effect_blocked")) == 1
    assert Event.objects.get(kind="offboarding.case.effect_blocked").payload["codes"] == ["B_NO_SERVICE_PROOF"]
    assert not Document.objects.filter(kind="certificate").exists()


def test_the_alarm_rings_once(cast, dismissal, at) -> None:
    ops.keep_clock(at=midnight_after(LAST))
    ops.keep_clock(at=midnight_after(LAST) + timedelta(hours=1))

    assert len(duties_of(cast.legal, "offboarding.effect_blocked")) == 1


def test_with_the_proof_it_takes_effect(cast, dismissal, at) -> None:
    done(dismissal, cast, at, "union_notice")
    served(dismissal, cast, at)

    assert ops.keep_clock(at=midnight_after(LAST))["ended"] == 1

    cast.employment["leaver"].refresh_from_db()
    assert cast.employment["leaver"].status == "left"
    assert Document.objects.filter(kind="certificate").exists()


def test_nobody_answers_and_the_system_acknowledges(cast, at) -> None:
    case = a_resignation(cast, at)  # Monday: the second working day is Wednesday

    assert ops.keep_clock(at=on(date(2026, 5, 20), hour=17))["acknowledged"] == 0
    assert ops.keep_clock(at=on(date(2026, 5, 20), hour=18))["acknowledged"] == 1

    case.refresh_from_db()
    event = Event.objects.get(kind="offboarding.case.approved")
    assert (case.state, event.actor, event.payload["by_law"]) == ("approved", None, True)
    assert case.tracks.count() == 9
    assert duties_of(cast.head, "offboarding.approval") == []


def test_in_probation_one_working_day_is_enough(cast, at) -> None:
    employment = cast.employment["leaver"]
    type(employment).objects.filter(pk=employment.pk).update(
        hire_date=date(2026, 4, 1), probation_end_date=date(2026, 9, 30)
    )
    a_resignation(cast, at)

    assert ops.keep_clock(at=on(date(2026, 5, 19), hour=18))["acknowledged"] == 1


def test_a_returned_notice_is_acknowledged_from_its_first_instant(cast, at) -> None:
    from tests.factories.offboarding import decide

    case = a_resignation(cast, at)
    decide(case, at, "return", comment="请补充")

    assert ops.keep_clock(at=on(date(2026, 5, 20), hour=18))["acknowledged"] == 1


def test_a_dismissal_is_never_acknowledged_by_time(cast, at) -> None:
    a_dismissal(cast, at)

    assert ops.keep_clock(at=at + timedelta(days=30))["acknowledged"] == 0
