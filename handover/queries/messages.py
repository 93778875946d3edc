"""The talk of one handover, and what is new in it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from ehr.clock import LEGAL_ZONE
from handover.models import Handover, HandoverItem, MeetingPlace, Message, ReadMark
from handover.permissions import Permission

SHOWN = 100
"""The last so many; older ones by one more click."""


@dataclass(frozen=True, kw_only=True)
class Day:
    date: date
    messages: list[Message]


@dataclass(frozen=True, kw_only=True)
class Talk:
    handover: Handover
    days: list[Day]
    last: UUID | None
    older: UUID | None
    item: HandoverItem | None
    others: list[str]
    can_meet: bool


def talk_of(user: Any, handover: Handover, *, item: HandoverItem | None, before: UUID | None = None) -> Talk:
    """Oldest below each other; with an item, only what was said about it."""
    rows = _messages(handover, item)
    page = list((rows.filter(id__lt=before) if before else rows).order_by("-id")[: SHOWN + 1])
    shown = dressed(user, reversed(page[:SHOWN]))
    newest = page[0].pk if page and not before else None
    return Talk(
        handover=handover,
        days=list(_by_day(shown)),
        last=newest,
        older=page[SHOWN - 1].pk if len(page) > SHOWN else None,
        item=item,
        others=_others(user, handover),
        can_meet=MeetingPlace.objects.exists(),
    )


def newer(user: Any, handover_pk: UUID, *, after: UUID | None, item: UUID | None) -> list[Message]:
    """What came after this message, for those who take part. One statement when nothing is new."""
    rows = Message.objects.visible_to(user).filter(handover_id=handover_pk)
    rows = rows.filter(id__gt=after) if after else rows
    rows = rows.filter(item_id=item) if item else rows
    return dressed(
        user, rows.select_related("author", "item", "handover").prefetch_related("files").order_by("id")[:SHOWN]
    )


def dressed(user: Any, messages: Any) -> list[Message]:
    found = list(messages)
    for message in found:
        message.is_mine = message.author_id == user.pk  # type: ignore[attr-defined]
    return found


def unread_counter(user: Any) -> QuerySet[Message]:
    """What the navigation counts; part of the shell's one statement. HR and clerks may read every talk, but only one
    in which they have taken part waits for them."""
    sides = ("leaver", "head", "successor", "witness")
    mine = Q(Exists(ReadMark.objects.filter(handover=OuterRef("handover"), user=user)))
    for side in sides:
        mine |= Q(**{f"handover__{side}": user})
    return Message.objects.visible_to(user).filter(mine).unread_by(user)


def talks(user: Any) -> list[Handover]:
    """Those with words first, the newest on top, each with what is unread in it."""
    rows = Handover.objects.visible_to(user, Permission.TALK).exclude(state__in=["held", "cancelled"]).for_page()
    unread = dict(unread_counter(user).order_by().values_list("handover").annotate(n=Count("pk")))
    found = list(rows.annotate(said=Count("messages")).filter(said__gt=0).order_by("-id")[:100])
    for handover in found:
        handover.unread = unread.get(handover.pk, 0)  # type: ignore[attr-defined]
    return sorted(found, key=lambda handover: -handover.unread)  # type: ignore[attr-defined]


def unread_in(user: Any, handover: Handover) -> int:
    return Message.objects.filter(handover=handover).unread_by(user).count()


def _messages(handover: Handover, item: HandoverItem | None) -> QuerySet[Message]:
    rows = Message.objects.filter(handover=handover)
    rows = rows.filter(item=item) if item else rows
    return rows.select_related("author", "item", "handover").prefetch_related("files")


def _by_day(messages: list[Message]) -> Iterator[Day]:
    for day, found in groupby(messages, key=lambda message: message.at.astimezone(LEGAL_ZONE).date()):
        yield Day(date=day, messages=list(found))


def _others(user: Any, handover: Handover) -> list[str]:
    sides = [handover.leaver, handover.successor, handover.head, handover.witness]
    return [str(one) for one in {one.pk: one for one in sides if one and one.pk != user.pk}.values()]
