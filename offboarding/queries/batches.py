"""Lists of endings: whom they may be about, and how each person of one stands."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from ehr import access
from employees.models import Employment

from ..models import Batch, BatchLine, Case
from ..models.law_windows import layoffs_around
from ..permissions import Permission
from ..rules.compliance.layoff import MassLayoff

MOST_FOUND = 200
DRAFTS = ("draft", "returned")


@dataclass(frozen=True, kw_only=True)
class BatchPage:
    batch: Batch
    lines: list[BatchLine]
    layoffs: dict[str, MassLayoff]

    @property
    def drafts(self) -> list[BatchLine]:
        return [line for line in self.lines if line.is_draft]


def batches(user: Any) -> QuerySet[Batch]:
    """With how many lines this user may read, and how many of them wait to be sent."""
    seen = Q(lines__in=BatchLine.objects.visible_to(user))
    waiting = seen & Q(lines__case__state__in=DRAFTS)
    rows = Batch.objects.visible_to(user).select_related("opened_by")
    return rows.annotate(people=Count("lines", filter=seen), waiting=Count("lines", filter=waiting))


def batch_page(user: Any, batch: Batch) -> BatchPage:
    rows = batch.lines.visible_to(user).select_related("case__unit", "case__employment__person")
    lines = list(rows)
    return BatchPage(batch=batch, lines=lines, layoffs=_layoffs([line.case for line in lines], batch.ground))


def lines_to_work_on(user: Any, batch: Batch) -> list[BatchLine]:
    """Of the list those that this user may handle, loaded as the verbs want them."""
    rows = batch.lines.visible_to(user, Permission.MANAGE_CASE)
    return list(rows.select_related("case__unit", "case__started_by", "case__employment__person__user"))


def people_found(user: Any, q: str) -> QuerySet[Employment]:
    """By name, pinyin, number or the name of a unit, with those below it; nothing asked, nobody found."""
    if not q:
        return Employment.objects.none()
    named = Q(pk__in=Employment.objects.search(q).values("pk"))
    below = Q(unit__name__icontains=q) | Q(unit__parent__name__icontains=q) | Q(unit__parent__parent__name__icontains=q)
    found = _reached(user).filter(named | below)
    drafted = Case.objects.filter(employment=OuterRef("pk"), state__in=DRAFTS, batch_line__isnull=False)
    return found.annotate(is_listed=Exists(drafted)).order_by("unit__path", "employee_number")[:MOST_FOUND]


def people_of(user: Any, numbers: list[str]) -> list[Employment]:
    """In the order of the list. Whoever is missing is out of reach or does not exist."""
    rows = _reached(user).filter(employee_number__in=numbers)
    found = {row.employee_number: row for row in rows}
    return [found[number] for number in numbers if number in found]


def _reached(user: Any) -> QuerySet[Employment]:
    held = access.scope(user, Permission.MANAGE_CASE, unit="unit__path")
    rows = Employment.objects.current().filter(held).exclude(person__user=user)
    return rows.select_related("person__user", "unit", "employer")


def _layoffs(cases: list[Case], ground: str) -> dict[str, MassLayoff]:
    days = [day for case in cases if (day := case.planned_day)]
    if not days:
        return {}
    employers = sorted({case.employment.employer_id for case in cases})
    return layoffs_around(employers, ground, first=min(days), last=max(days))
