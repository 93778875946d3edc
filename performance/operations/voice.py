from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from ehr import access, notices, record
from ehr.errors import Refused

from .. import events
from ..models import Feedback, Review

if TYPE_CHECKING:
    from ehr.identity.models import User


@transaction.atomic
def give_feedback(*, employment: Any, kind: str, text: str, by: User, at: datetime) -> Feedback:
    """At once: the person is told in the same moment."""
    access.refuse_self(by, employment.person.user)
    _refuse_empty(text, "text")
    said = Feedback.objects.create(
        employment=employment, data_key=employment.data_key, kind=kind, text=text.strip(), by=by, at=at
    )
    fact = events.FeedbackGiven(employment_id=str(employment.pk), feedback_id=str(said.pk))
    record.emit(fact, subject=said, by=by, at=at)
    if employment.person.user:
        told = {"by": str(by)}
        url = reverse("performance:mine")
        notices.tell(
            [employment.person.user], kind="performance.feedback", params=told, url=url, subject=said, at=at, by=by
        )
    return said


@transaction.atomic
def write_review(
    *,
    employment: Any,
    title: str,
    on_date: date,
    side: str,
    about_work: str,
    about_person: str = "",
    rating: int | None = None,
    by: User,
    at: datetime,
) -> Review:
    access.refuse_self(by, employment.person.user)
    _refuse_empty(about_work, "about_work")
    said = Review.objects.create(
        employment=employment,
        data_key=employment.data_key,
        title=title,
        on_date=on_date,
        side=side,
        about_work=about_work.strip(),
        about_person=about_person.strip() or None,
        rating=rating,
        by=by,
        at=at,
    )
    fact = events.ReviewWritten(employment_id=str(employment.pk), review_id=str(said.pk), side=side)
    record.emit(fact, subject=said, by=by, at=at)
    return said


def _refuse_empty(text: str, field: str) -> None:
    if not text.strip():
        raise Refused("text_empty", _("Write what you want to say."), field=field)
