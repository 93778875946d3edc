"""Where items come from besides the template. A source looks at many handovers at once, in a fixed number of statements."""

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from ehr import deadlines
from ehr.documents.digests import sha256_of_text
from employees.models import Employment, Holding, HoldingPresence
from handover.rules.checklist import ItemPlan, Source
from handover.rules.items import CONFIRMER_OF, GROUP_OF, Confirmer, Kind

if TYPE_CHECKING:
    from handover.models import Handover

LONGEST_KEY = 80

Found = Mapping[UUID, list[ItemPlan]]
Finder = Callable[[Sequence["Handover"]], Found]

_finders: list[Finder] = []


def register(finder: Finder) -> Finder:
    """Upper rooms may add their own in ready(): handovers → handover id → plans."""
    _finders.append(finder)
    return finder


def found_for(handovers: "Sequence[Handover]") -> Found:
    """In the language of the company, whoever opens the list."""
    plans: dict[UUID, list[ItemPlan]] = defaultdict(list)
    with override(settings.LANGUAGE_CODE):
        for finder in _finders:
            for pk, more in finder(handovers).items():
                plans[pk] += more
    return plans


def plan(
    kind: Kind, source: Source, *, key: str, title: str, confirmer: Confirmer | None = None, **why: str
) -> ItemPlan:
    return ItemPlan(
        key=key if len(key) <= LONGEST_KEY else f"{key[:60]}:{sha256_of_text(key)[:16]}",
        kind=kind,
        group=GROUP_OF[kind],
        title=title[:200],
        confirmer=confirmer or CONFIRMER_OF[kind],
        source=source,
        why=why,
    )


# What a connector calls a thing → what it is in a handover.
HOLDING_KINDS = {
    "account": Kind.ACCOUNT,
    "repository": Kind.ACCOUNT,
    "mailbox": Kind.ACCOUNT,
    "customer": Kind.RELATION,
    "supplier": Kind.RELATION,
    "document": Kind.DOCUMENT,
    "asset": Kind.THING,
    "project": Kind.WORK_ITEM,
    "task": Kind.WORK_ITEM,
}


@register
def from_systems(handovers: "Sequence[Handover]") -> Found:
    """What connectors saw in the person's hands. 'Unclear' is listed too: it is never counted as gone."""
    held = Holding.objects.exclude(presence=HoldingPresence.HAS_NOT).order_by("system", "kind", "ref")
    by_employment = _grouped(held.filter(employment__in=_employments(handovers)), "employment_id")
    return {h.pk: [_held(row) for row in by_employment[h.employment_id]] for h in handovers}


@register
def from_subordinates(handovers: "Sequence[Handover]") -> Found:
    """Whoever reports to the person needs somebody else to report to."""
    people = Employment.objects.current().filter(line_manager__in=_employments(handovers)).select_related("person")
    named = people.only("line_manager_id", "employee_number", "person__name").order_by("employee_number")
    by_manager = _grouped(named, "line_manager_id")
    return {h.pk: [_report(row) for row in by_manager[h.employment_id]] for h in handovers}


@register
def from_inbox(handovers: "Sequence[Handover]") -> Found:
    """Approvals and to-dos that wait for the person in this product, counted by kind: what they are about may be
    confidential, and the successor reads this list."""
    owners = [h.leaver_id for h in handovers if h.leaver_id]
    waiting = deadlines.Deadline.objects.still_open().filter(owner__in=owners).exclude(kind__startswith="handover.fill")
    by_owner = _grouped(waiting.only("owner_id", "kind", "subject"), "owner_id")
    return {h.pk: _waiting(h, by_owner[h.leaver_id]) for h in handovers}


def _held(row: Holding) -> ItemPlan:
    kind = HOLDING_KINDS.get(row.kind, Kind.ACCOUNT)
    source = Source.ASSET if kind is Kind.THING else Source.SYSTEM
    return plan(kind, source, key=f"{row.system}:{row.kind}:{row.ref}", title=row.title, system=row.system)


def _report(row: Employment) -> ItemPlan:
    title = _("%(name)s (%(number)s) reports to you") % {"name": row.person.name, "number": row.employee_number}
    return plan(Kind.RELATION, Source.SUBORDINATE, key=f"report:{row.pk}", title=title, confirmer=Confirmer.HEAD)


def _waiting(handover: "Handover", duties: "list[deadlines.Deadline]") -> list[ItemPlan]:
    kinds = Counter(duty.kind for duty in duties if duty.subject != handover.origin)
    return [_of_kind(deadlines.kind_of(code), count) for code, count in sorted(kinds.items())]


def _of_kind(kind: deadlines.DeadlineKind, count: int) -> ItemPlan:
    source = Source.APPROVAL if kind.is_approval else Source.TODO
    words = (
        _("Approvals in “%(group)s”: %(n)s waiting") if kind.is_approval else _("To-dos in “%(group)s”: %(n)s waiting")
    )
    title = words % {"group": kind.group or kind.code, "n": count}
    return plan(Kind.WORK_ITEM, source, key=f"inbox:{kind.code}", title=title)


def _employments(handovers: "Sequence[Handover]") -> list[UUID]:
    return [handover.employment_id for handover in handovers]


def _grouped(rows: Any, by: str) -> dict[Any, list[Any]]:
    groups: dict[Any, list[Any]] = defaultdict(list)
    for row in rows:
        groups[getattr(row, by)].append(row)
    return groups
