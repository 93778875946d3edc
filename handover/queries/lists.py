"""The lists of handovers and what the navigation counts."""

from typing import Any

from django.db.models import Count, Q

from ehr.paging import Page
from ehr.paging import page_of as rows_of
from handover.models import Handover, HandoverItem


def mine(user: Any) -> list[Handover]:
    """Also the signed one: its letter is read here for as long as the person has a way in."""
    return list(Handover.objects.visible_to(user).filter(leaver=user).under_way().for_page().counted().order_by("-id"))


def in_progress(user: Any, *, cursor: str) -> Page:
    return rows_of(_of_others(user).exclude(state="signed"), order=["-id"], cursor=cursor)


def signed_off(user: Any, *, cursor: str) -> Page:
    return rows_of(_of_others(user).filter(state="signed"), order=["-id"], cursor=cursor)


def _of_others(user: Any) -> Any:
    return Handover.objects.visible_to(user).exclude(leaver=user).exclude(state="cancelled").for_page().counted()


def to_confirm(user: Any) -> list[Handover]:
    """Running handovers with something that waits for this person's word, oldest due first."""
    items = HandoverItem.objects.confirmable_by(user).waiting()
    asked = Q(items__in=items) | Q(head=user)
    waiting = Count("items", filter=Q(items__in=items), distinct=True)
    rows = Handover.objects.visible_to(user).running().filter(asked).for_page()
    return list(rows.annotate(waiting=waiting, total=Count("items", distinct=True)).order_by("due_at", "id")[:200])


def waiting_counter(user: Any) -> Any:
    """What the navigation counts; part of the shell's one statement."""
    return HandoverItem.objects.confirmable_by(user).waiting().filter(handover__state__in=["open", "complete"])


def to_fill_counter(user: Any) -> Any:
    return HandoverItem.objects.filter(
        handover__leaver=user, handover__state__in=["open", "complete"], state__in=["pending", "returned"]
    )
