"""The administrator's calendar: a year is loaded, provisional due times are counted anew, and what moved is said."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from ehr import deadlines
from ehr.deadlines.calendar_watch import ask_for_next_year
from ehr.deadlines.due import due_in
from ehr.deadlines.models import Deadline
from ehr.notices.models import Notice
from ehr.record.models import Event
from ehr.units.calendars import CalendarDay, CalendarYear, forget_days, official_through, workday_rule
from ehr.units.year_files import Unreadable, read
from tests.access.cast import sign_in

pytestmark = pytest.mark.django_db
NEW_YEARS_EVE = datetime(2026, 12, 30, 2, 0, tzinfo=UTC)
# 2027, as a notice might list it: by law alone the 4th of January is worked, here it is off, and the 9th is worked for it
NOTICE = """2027-01-01,rest,元旦
2027-01-02,休息,元旦
2027-01-04,rest,元旦
2027-01-09,work,元旦调休
2027-02-05,rest,除夕
2027-02-06,rest,春节
2027-02-07,rest,春节
2027-02-08,rest,春节
2027-04-05,rest,清明
2027-05-01,rest,劳动节
2027-05-02,rest,劳动节
2027-06-09,rest,端午
2027-09-15,rest,中秋
2027-10-01,rest,国庆
2027-10-02,rest,国庆
2027-10-03,rest,国庆
"""


@pytest.fixture(autouse=True)
def fresh(monkeypatch: Any) -> Any:
    monkeypatch.setattr("ehr.clock.now", lambda: NEW_YEARS_EVE)
    forget_days()
    yield
    forget_days()


def load(user: Any, text: str = NOTICE, **fields: str) -> Any:
    file = SimpleUploadedFile("2027.csv", text.encode())
    said = {"year": "2027", "source": "国办发明电〔2026〕7号", "file": file} | fields
    return sign_in(user).post("/settings/calendar/years/", said)


def duty(cast: Any, *, days: int, kind: str = "offboarding.approval", key: str = "", who: str = "head") -> Deadline:
    due = due_in(working_days=days, at=NEW_YEARS_EVE)
    return deadlines.open_deadline(
        kind=kind, subject="tests.case:1", owner=getattr(cast, who), due_at=due, key=key,
        params={"name": "周远航"}, by=None, at=NEW_YEARS_EVE,
    )  # fmt: skip


def local(deadline: Deadline) -> str:
    from ehr.clock import LEGAL_ZONE

    deadline.refresh_from_db()
    return f"{deadline.due_at.astimezone(LEGAL_ZONE):%Y-%m-%d %H:%M}"


# --- loading a year ---------------------------------------------------------------------------------------------
def test_a_loaded_year_is_certain_and_counts(cast) -> None:
    assert load(cast.admin).status_code == 302

    rule = workday_rule()
    assert official_through() == date(2027, 12, 31)
    assert (rule(date(2027, 1, 4)), rule(date(2027, 1, 9)), rule(date(2027, 1, 10))) == (False, True, False)
    assert CalendarYear.objects.get().loaded_by == cast.admin


def test_provisional_due_times_are_counted_anew_and_their_owner_is_told(cast) -> None:
    moving = duty(cast, days=2)
    assert local(moving) == "2027-01-04 18:00"

    load(cast.admin)

    assert local(moving) == "2027-01-05 18:00"
    assert Notice.objects.get(kind="deadlines.moved").user == cast.head
    fact = Event.objects.get(kind="deadlines.deadline.moved")
    assert (fact.actor, str(fact.payload["deadline_id"])) == (cast.admin, str(moving.pk))


def test_nothing_else_moves(cast) -> None:
    certain = duty(cast, days=1)
    by_date = duty(cast, days=2, kind="offboarding.obligation")
    closed = duty(cast, days=2, key="closed")
    deadlines.close(subject="tests.case:1", kind="offboarding.approval", key="closed", by=None, at=NEW_YEARS_EVE)
    before = [local(one) for one in (certain, by_date, closed)]

    load(cast.admin)

    assert [local(one) for one in (certain, by_date, closed)] == before
    assert before[0] == "2026-12-31 18:00"


def test_a_worked_weekend_moves_it_earlier_only_while_a_working_day_remains(cast, monkeypatch) -> None:
    """Counted on Friday the 8th as one day: the Monday. The notice makes the Saturday a working day."""
    friday = datetime(2027, 1, 8, 2, 0, tzinfo=UTC)
    due = due_in(working_days=1, at=friday)
    moving = deadlines.open_deadline(
        kind="offboarding.approval", subject="tests.case:2", owner=cast.head, due_at=due, by=None, at=friday
    )
    late = deadlines.open_deadline(
        kind="offboarding.approval", subject="tests.case:3", owner=cast.head, due_at=due, by=None, at=friday
    )
    assert local(moving) == "2027-01-11 18:00"

    monkeypatch.setattr("ehr.clock.now", lambda: friday)
    load(cast.admin)
    assert local(moving) == local(late) == "2027-01-09 18:00"

    CalendarYear.objects.all().delete()
    Deadline.objects.filter(pk=late.pk).update(due_at=due)
    forget_days()
    monkeypatch.setattr("ehr.clock.now", lambda: friday + timedelta(days=1))
    load(cast.admin)
    assert local(late) == "2027-01-11 18:00", "on that Saturday no working day would remain"


def test_the_page_says_what_moved_and_names_nobody(cast) -> None:
    duty(cast, days=2)
    duty(cast, days=2, key="b")

    load(cast.admin)
    page = sign_in(cast.admin).get("/settings/calendar/").content.decode()

    assert "国办发明电〔2026〕7号" in page and "× 2" in page
    assert "周远航" not in page


def test_the_step_of_an_approval_follows_its_duty(cast, monkeypatch) -> None:
    from ehr import record
    from tests.factories.offboarding import a_dismissal, pending

    case = a_dismissal(cast, NEW_YEARS_EVE + timedelta(days=1))
    load(cast.admin)
    record.deliver_all()

    approval = pending(case)
    assert approval.step.due_at == Deadline.objects.get(key=approval.key).due_at
    assert local(Deadline.objects.get(key=approval.key)) == "2027-01-05 18:00"


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("", "empty", 0),
        ("1 January,rest", "no_date", 1),
        ("2027-01-01,rest\n2027-01-02,maybe", "no_word", 2),
        ("2026-01-01,rest", "other_year", 1),
        ("2027-01-01,rest\n2027-01-01,work", "twice", 2),
        ("2027-01-01,rest", "off_by_law", 0),
    ],
)
def test_a_file_that_can_not_be_right_is_refused(cast, text, code, line) -> None:
    with pytest.raises(Unreadable) as problem:
        read(text, year=2027)
    assert (problem.value.code, problem.value.line) == (code, line)

    if text:
        assert load(cast.admin, text).status_code == 422
    assert not CalendarYear.objects.exists()


def test_loading_again_replaces_what_was_loaded_and_keeps_the_own_days(cast) -> None:
    sign_in(cast.admin).post("/settings/calendar/days/", {"date": "2027-03-15", "work": "rest", "note": "司庆"})
    load(cast.admin)

    load(cast.admin, NOTICE.replace("2027-01-09,work,元旦调休\n", ""), source="更正")

    assert CalendarYear.objects.get().source == "更正"
    assert workday_rule()(date(2027, 1, 9)) is False
    assert workday_rule()(date(2027, 3, 15)) is False


# --- single days ------------------------------------------------------------------------------------------------
def test_a_day_is_added_changed_and_taken_away(cast) -> None:
    admin = sign_in(cast.admin)

    admin.post("/settings/calendar/days/", {"date": "2026-12-31", "work": "rest", "note": "司庆"})
    assert workday_rule()(date(2026, 12, 31)) is False
    admin.post("/settings/calendar/days/", {"date": "2026-12-31", "work": "work", "note": "改回"})
    assert workday_rule()(date(2026, 12, 31)) is True
    row = CalendarDay.objects.get()
    admin.post(f"/settings/calendar/days/{row.pk}/removal/")
    assert not CalendarDay.objects.exists()
    words = [event.payload["work"] for event in Event.objects.filter(kind="units.calendar.day_changed").order_by("id")]
    assert words == ["rest", "work", "as_published"]


def test_a_day_off_by_law_is_never_made_a_working_day(cast) -> None:
    answer = sign_in(cast.admin).post(
        "/settings/calendar/days/", {"date": "2027-10-01", "work": "work", "note": "赶工"}
    )

    assert answer.status_code == 422
    assert "法定" in answer.content.decode()
    assert not CalendarDay.objects.exists()


def test_a_day_needs_its_reason(cast) -> None:
    answer = sign_in(cast.admin).post("/settings/calendar/days/", {"date": "2027-03-15", "work": "rest", "note": ""})

    assert answer.status_code == 422


def test_an_own_day_of_a_provisional_year_moves_provisional_due_times(cast) -> None:
    moving = duty(cast, days=2)

    sign_in(cast.admin).post("/settings/calendar/days/", {"date": "2027-01-04", "work": "rest", "note": "年会"})

    assert local(moving) == "2027-01-05 18:00"


def test_a_day_that_came_with_a_notice_is_not_taken_away_alone(cast) -> None:
    load(cast.admin)
    row = CalendarDay.objects.filter(loaded__isnull=False).first()

    assert sign_in(cast.admin).post(f"/settings/calendar/days/{row.pk}/removal/").status_code == 404


def test_the_page_says_where_each_year_comes_from(cast) -> None:
    page = sign_in(cast.admin).get("/settings/calendar/").content.decode()

    assert "内置日历" in page and "仅按法律推算" in page
    assert "明年的日历还没有导入" in page


@pytest.mark.parametrize("who", ["hr_manager", "group_hr", "head", "leaver", "auditor"])
def test_nobody_else_reaches_it(cast, who) -> None:
    assert sign_in(getattr(cast, who)).get("/settings/calendar/").status_code == 403


def asked_for(user: Any) -> list[Deadline]:
    return [row for row in Deadline.objects.waiting_for(user) if row.kind == "units.next_calendar"]


def test_from_november_the_administrators_have_it_in_their_inbox_until_it_is_loaded(cast: Any) -> None:
    assert not ask_for_next_year(at=datetime(2026, 10, 31, 15, 59, tzinfo=UTC))

    assert ask_for_next_year(at=datetime(2026, 10, 31, 16, 0, tzinfo=UTC))
    assert ask_for_next_year(at=NEW_YEARS_EVE)

    (row,) = asked_for(cast.admin)
    assert (row.params["year"], row.due_at.year) == (2027, 2026)
    assert "录入 2027 年工作日历" in sign_in(cast.admin).get("/inbox/").content.decode()
    assert not asked_for(cast.hrbp)

    load(cast.admin)
    assert not asked_for(cast.admin)
    assert not ask_for_next_year(at=NEW_YEARS_EVE)
