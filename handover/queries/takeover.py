"""What whoever takes over finds on one page: the work, its numbers, its people, and what is still to be said."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from ehr.paging import Page
from ehr.paging import page_of as rows_of
from handover.forms import QuestionForm
from handover.models import Handover, HandoverItem, Message
from handover.models.choices import Confirmer, ItemState, Kind
from handover.permissions import Permission
from handover.queries.messages import unread_in
from handover.queries.shadowing import Session, sessions_of
from handover.rules.takeover import asked_until, may_be_asked
from performance.briefing import Briefing, briefing_of
from performance.queries import ReviewShown, reviews_of

LOOK = {
    ItemState.PENDING: ("idle", "circle-dashed"),
    ItemState.SUBMITTED: ("plan", "eye"),
    ItemState.CONFIRMED: ("ok", "circle-check"),
    ItemState.RETURNED: ("warn", "arrow-back-up"),
}


@dataclass(frozen=True, kw_only=True)
class Asked:
    question: Message
    answers: list[Message]


@dataclass(frozen=True, kw_only=True)
class Takeover:
    handover: Handover
    items: list[HandoverItem]
    contacts: list[HandoverItem]
    waiting: list[HandoverItem]
    work: Briefing
    reviews: list[ReviewShown]
    asked: list[Asked]
    sessions: list[Session]
    unread: int
    asked_until: date
    may_ask: bool
    may_answer: bool
    is_successor: bool
    question_form: QuestionForm

    @property
    def open_questions(self) -> int:
        return sum(not one.answers for one in self.asked)

    @property
    def done_sessions(self) -> int:
        return sum(one.row.done_at is not None for one in self.sessions)

    @property
    def due_sessions(self) -> list[Session]:
        return [one for one in self.sessions if one.may_finish]

    @property
    def to_do(self) -> int:
        return len(self.waiting) + len(self.due_sessions) + int(self.may_take_note)

    @property
    def may_take_note(self) -> bool:
        return self.is_successor and self.handover.taken_note_at is None and self.handover.is_running


def takeovers(user: Any, *, cursor: str) -> Page:
    """One's own and those one looks after, the newest first."""
    rows = Handover.objects.visible_to(user, Permission.VIEW_TAKEOVER).under_way()
    return rows_of(rows.for_page().counted(), order=["-id"], cursor=cursor)


def takeover_counter(user: Any) -> QuerySet[Handover]:
    """What the navigation counts: taken over, and not yet looked through."""
    return Handover.objects.running().filter(successor=user, taken_note_at=None)


def takeover_of(user: Any, handover: Handover, *, today: date, question_form: QuestionForm | None = None) -> Takeover:
    """Six statements, whatever there is to take over."""
    items = _items(handover)
    in_time = may_be_asked(today=today, last_working_date=handover.last_working_date)
    work = briefing_of(handover.employment, today=today)
    is_successor = handover.successor_id == user.pk
    return Takeover(
        handover=handover,
        items=items,
        contacts=[row for row in items if row.kind == Kind.RELATION and row.state != ItemState.PENDING],
        waiting=[row for row in items if _waits(row) and is_successor and handover.is_running],
        work=work if in_time else _without_results(work),
        reviews=reviews_of(handover.employment, reader=user) if in_time else [],
        asked=asked_in(handover),
        sessions=sessions_of(user, handover, today=today),
        unread=unread_in(user, handover),
        asked_until=asked_until(handover.last_working_date),
        may_ask=in_time,
        may_answer=handover.head_id == user.pk,
        is_successor=is_successor,
        question_form=question_form or QuestionForm(),
    )


def asked_in(handover: Handover) -> list[Asked]:
    """The questions, the newest first, each with what was answered: one statement."""
    said = handover.messages.filter(Q(kind=Message.Kind.QUESTION) | Q(question__isnull=False))
    rows = list(said.select_related("author", "item", "handover").order_by("id"))
    answers: dict[Any, list[Message]] = {row.pk: [] for row in rows if row.question_id is None}
    for row in rows:
        if row.question_id:
            answers[row.question_id].append(row)
    questions = reversed([row for row in rows if row.question_id is None])
    return [Asked(question=row, answers=answers[row.pk]) for row in questions]


def _items(handover: Handover) -> list[HandoverItem]:
    """What is not confirmed first."""
    rows = list(handover.items.in_order())
    for row in rows:
        row.handover = handover
        if row.state == ItemState.PENDING:
            row.withhold_draft()
        row.tone, row.icon = LOOK[row.state]  # type: ignore[attr-defined,index]
    return sorted(rows, key=lambda row: row.state == ItemState.CONFIRMED)


def _waits(row: HandoverItem) -> bool:
    return row.confirmer == Confirmer.SUCCESSOR and row.state == ItemState.SUBMITTED


def _without_results(work: Briefing) -> Briefing:
    """Results are the person's own again once nobody leans on them any more."""
    return Briefing(projects=work.projects, objectives=work.objectives, tasks=work.tasks, months=[], periods=[])
