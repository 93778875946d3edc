"""What was missed, who by, and how heads stand: read from the record."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Q

from ehr import access
from ehr.templatetags.words import short_day
from handover import words
from handover.models import Handover, HandoverItem, Omission
from handover.models.choices import ItemState, State
from handover.permissions import Permission
from handover.predicting import History
from handover.rules.omissions import Prompt
from handover.rules.responsibility import Finding

COMPLETION_GOAL, OMISSION_GOAL = 100, 5
"""Percent: everything confirmed; fewer than five of a hundred things missed."""


@dataclass(frozen=True, kw_only=True)
class Filed:
    omission: Omission
    findings: list[str]


def omissions_of(handover: Handover) -> list[Filed]:
    rows = handover.omissions.select_related("item__confirmed_by", "filed_by").order_by("-filed_at")
    return [
        Filed(omission=row, findings=[words.of_finding(code, _facts(handover, row)) for code in row.findings])
        for row in rows
    ]


@dataclass(frozen=True, kw_only=True)
class HeadFigures:
    """`items` of handovers whose last day is past or that are signed; `missed` what the head confirmed without."""

    head: str
    handovers: int
    items: int
    confirmed: int
    missed: int

    @property
    def completion(self) -> float:
        return 100 * self.confirmed / self.items if self.items else 100.0

    @property
    def omission(self) -> float:
        return 100 * self.missed / (self.items + self.missed) if self.items + self.missed else 0.0

    @property
    def is_complete(self) -> bool:
        return self.confirmed >= self.items

    @property
    def misses_little(self) -> bool:
        return self.omission < OMISSION_GOAL


def head_figures(user: Any, *, today: date) -> list[HeadFigures]:
    """Three statements, however many handovers."""
    reached = access.scope(user, Permission.VIEW_FIGURES, own="head_id", unit="employment__unit__path")
    due = Q(state=State.SIGNED) | Q(last_working_date__lt=today, state__in=[State.OPEN, State.COMPLETE])
    rows = Handover.objects.filter(reached, due, head__isnull=False)
    counted = rows.values("head", "head__display_name", "head__username").annotate(n=Count("pk"))
    items = HandoverItem.objects.filter(handover__in=rows).values("handover__head")
    totals = {
        one["handover__head"]: one
        for one in items.annotate(n=Count("pk"), done=Count("pk", filter=Q(state=ItemState.CONFIRMED)))
    }
    against = Omission.objects.filter(handover__in=rows, findings__contains=[Finding.HEAD_CONFIRMED_WITHOUT.value])
    missed = dict(against.values_list("handover__head").annotate(n=Count("pk")))
    return sorted(
        (
            HeadFigures(
                head=one["head__display_name"] or one["head__username"],
                handovers=one["n"],
                items=totals.get(one["head"], {}).get("n", 0),
                confirmed=totals.get(one["head"], {}).get("done", 0),
                missed=missed.get(one["head"], 0),
            )
            for one in counted
        ),
        key=lambda figures: (-figures.omission, figures.completion, figures.head),
    )


def suggested_titles(handover: Handover) -> list[str]:
    """What was missed in this family before, so that the same thing gets the same name."""
    titles = Omission.objects.filter(job_family=handover.employment.job_family).values_list("title", flat=True)
    return list(titles.order_by("title").distinct()[:30])


def _facts(handover: Handover, omission: Omission) -> dict[str, str]:
    item = omission.item
    confirmed = item.confirmed_at if item else None
    return {
        "leaver": handover.employment.person.name,
        "head": str(handover.head or ""),
        "confirmer": str(item.confirmed_by or "") if item else "",
        "confirmed": short_day(confirmed),
        "completed": short_day(confirmed or handover.completed_at or handover.signed_at),
    }


def item_among(handover: Handover, pk: UUID | None) -> HandoverItem | None:
    return handover.items.filter(pk=pk).first() if pk else None


def may_file(user: Any, handover: Handover) -> bool:
    """Once the list was called complete; never the person who left."""
    if handover.state not in (State.COMPLETE, State.SIGNED) or handover.leaver_id == user.pk:
        return False
    return Handover.objects.visible_to(user, Permission.FILE_OMISSIONS).filter(pk=handover.pk).exists()


@dataclass(frozen=True, kw_only=True)
class PromptShown:
    prompt: Prompt
    title: str
    words: str


def prompts_in_force(past: History, *, today: date) -> list[PromptShown]:
    """What a new list of each family would be told now, surest first."""
    families = sorted({one.family for one in past.past})
    told = [prompt for family in families for prompt in past.prompts(family=family, unit_path="", today=today)]
    return [
        PromptShown(
            prompt=prompt,
            title=past.topics[prompt.topic].title,
            words=words.often_missed({"missed": prompt.missed, "of": prompt.handovers, "family": prompt.family}),
        )
        for prompt in told
    ]
