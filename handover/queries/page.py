"""One handover on a page: for the leaver to fill, for the others to confirm."""

from dataclasses import dataclass, field
from itertools import groupby
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Prefetch
from django.urls import reverse

from ehr import access
from ehr.errors import Refused
from handover import words
from handover.forms import AddItemForm, ExplanationForm, SuccessorForm, WitnessForm
from handover.models import Decision, Handover, HandoverItem, ItemFile
from handover.models.choices import Confirmer, Group, ItemState, Source
from handover.operations import duties
from handover.permissions import Permission
from handover.queries.messages import unread_in
from handover.queries.omissions import may_file
from handover.queries.shadowing import may_plan
from handover.queries.transfers import may_transfer

FROM_SYSTEMS = (Source.SYSTEM, Source.ASSET, Source.PERFORMANCE)


@dataclass(frozen=True, kw_only=True)
class GroupOfItems:
    code: str
    label: str
    rows: list[HandoverItem]

    @property
    def confirmed(self) -> int:
        return sum(row.state == ItemState.CONFIRMED for row in self.rows)


@dataclass(frozen=True, kw_only=True)
class HandoverPage:
    handover: Handover
    groups: list[GroupOfItems]
    current: HandoverItem | None
    is_leaver: bool
    may_add: bool
    may_sign: bool
    add_form: AddItemForm
    counts: dict[str, int]
    problem: Refused | None = None
    inputs: list[dict[str, Any]] = field(default_factory=list)
    text: str = ""
    is_nothing: bool = False
    bulk: list[HandoverItem] = field(default_factory=list)
    explanation_form: ExplanationForm = field(default_factory=ExplanationForm)
    witness_form: WitnessForm = field(default_factory=WitnessForm)
    successor_form: SuccessorForm = field(default_factory=SuccessorForm)
    may_talk: bool = False
    may_file: bool = False
    may_shadow: bool = False
    may_take_over: bool = False
    may_report: bool = False
    may_transfer: bool = False
    unread: int = 0
    listed: int = 0

    @property
    def is_whole(self) -> bool:
        """Everything on the list stands here; a clerk has only what is theirs to confirm."""
        return self.listed <= self.total

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    @property
    def left(self) -> int:
        return self.total - self.counts[ItemState.CONFIRMED]

    @property
    def from_systems(self) -> int:
        return sum(row.source in FROM_SYSTEMS for group in self.groups for row in group.rows)

    @property
    def bars(self) -> list[dict[str, Any]]:
        """Widths of the strip, in 120ths."""
        order = (("ok", "confirmed"), ("plan", "submitted"), ("warn", "returned"), ("idle", "pending"))
        parts, x = [], 0.0
        for tone, state in order:
            width = 120 * self.counts[state] / self.total if self.total else 0
            parts.append({"tone": tone, "x": f"{x:.1f}", "width": f"{max(width - 0.4, 0):.1f}"})
            x += width
        return parts


def page_of(user: Any, handover: Handover, *, item: UUID | None, **more: Any) -> HandoverPage:
    rows = _rows(user, handover)
    mine = set(HandoverItem.objects.filter(handover=handover).confirmable_by(user).values_list("pk", flat=True))
    for row in rows:
        _dress(row, handover, user, row.pk in mine)
    is_leaver = handover.leaver_id == user.pk
    current = _current(rows, item, is_leaver=is_leaver)
    return HandoverPage(
        handover=handover,
        groups=_grouped(rows),
        current=current,
        is_leaver=is_leaver,
        may_add=handover.state == "open" and (is_leaver or handover.head_id == user.pk),
        may_sign=handover.head_id == user.pk and not is_leaver and access.has(user, Permission.SIGN_HANDOVERS),
        add_form=more.get("add_form") or AddItemForm(),
        counts={state: sum(row.state == state for row in rows) for state in ItemState.values},
        problem=more.get("problem"),
        explanation_form=more.get("explanation_form") or ExplanationForm(),
        witness_form=more.get("witness_form") or WitnessForm(),
        successor_form=more.get("successor_form") or SuccessorForm(),
        may_file=may_file(user, handover),
        may_shadow=access.has(user, Permission.PLAN_SHADOWING) and may_plan(user, handover),
        may_report=access.has(user, Permission.ISSUE_REPORT)
        and not is_leaver
        and handover.state not in ("held", "cancelled"),
        may_transfer=may_transfer(user, handover),
        unread=unread_in(user, handover),
        **_open_to(user, handover),
        bulk=[row for row in rows if row.may_confirm and not row.evidence_required],
        **_typed(current, more.get("written"), more.get("problem")),
    )


def _open_to(user: Any, handover: Handover) -> dict[str, Any]:
    """One statement for both pages. Reading the list is not being one of those who talk about it: an auditor reads."""
    doors = {"may_talk": Permission.TALK, "may_take_over": Permission.VIEW_TAKEOVER}
    seen = {
        name: Exists(Handover.objects.visible_to(user, permission).filter(pk=OuterRef("pk")))
        for name, permission in doors.items()
    }
    found = Handover.objects.under_way().filter(pk=handover.pk).values(**seen, listed=Count("items"))
    return found.first() or {}


def chosen(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def url_of(handover_pk: UUID, item: UUID | None = None) -> str:
    url = reverse("handover:detail", args=[handover_pk])
    return f"{url}?item={item}" if item else url


def _rows(user: Any, handover: Handover) -> list[HandoverItem]:
    decisions = Decision.objects.select_related("by").order_by("round")
    visible = HandoverItem.objects.visible_to(user).filter(handover=handover).in_order()
    return list(
        visible.select_related("submitted_by", "confirmed_by", "witnessed_by").prefetch_related(
            Prefetch("files", ItemFile.objects.order_by("id")), Prefetch("decisions", decisions)
        )
    )


def _dress(row: HandoverItem, handover: Handover, user: Any, is_mine: bool) -> None:
    """What the templates show of an item, worked out here so that they decide nothing."""
    row.handover = handover
    row.waits_for_reader = is_mine and row.state == ItemState.SUBMITTED and handover.is_running  # type: ignore[attr-defined]
    row.may_confirm = row.waits_for_reader and "confirm" in row.actions  # type: ignore[attr-defined]
    row.may_explain = "explain" in row.actions  # type: ignore[attr-defined]
    row.may_witness = "witness" in row.actions and handover.witness_id == user.pk  # type: ignore[attr-defined]
    row.warning = words.often_missed(row.why)  # type: ignore[attr-defined]
    row.may_fill = "submit" in row.actions  # type: ignore[attr-defined]
    row.tone, row.icon = ("bad", "alert-triangle") if row.is_doubted else LOOK[row.state]  # type: ignore[attr-defined]
    row.confirmer_name = _confirmer_name(row, handover)  # type: ignore[attr-defined]
    row.why_words = words.why(row.source, row.why)  # type: ignore[attr-defined]
    row.answers = [  # type: ignore[attr-defined]
        (words.label_of(spec), row.fields.get(spec.name, "")) for spec in row.specs if row.fields.get(spec.name)
    ]
    row.last_return = next((d for d in reversed(row.decisions.all()) if d.verdict == "returned"), None)  # type: ignore[attr-defined]


LOOK = {
    ItemState.PENDING: ("idle", "circle-dashed"),
    ItemState.SUBMITTED: ("plan", "eye"),
    ItemState.CONFIRMED: ("ok", "circle-check"),
    ItemState.RETURNED: ("bad", "arrow-back-up"),
}


def _confirmer_name(row: HandoverItem, handover: Handover) -> str:
    person = duties.person_of(handover, row.confirmer)
    return str(person) if person else str(Confirmer(row.confirmer).label)


def _current(rows: list[HandoverItem], wanted: UUID | None, *, is_leaver: bool) -> HandoverItem | None:
    """The one asked for, else what waits for this reader: returned before pending, else the first."""
    if wanted:
        return next((row for row in rows if row.pk == wanted), None)
    if is_leaver and (doubted := next((row for row in rows if row.may_explain), None)):  # type: ignore[attr-defined]
        return doubted
    order = ["returned", "pending"] if is_leaver else ["submitted"]
    for state in order:
        found = [row for row in rows if row.state == state and (is_leaver or row.waits_for_reader)]  # type: ignore[attr-defined]
        if found:
            return found[0]
    return None if is_leaver else next(iter(rows), None)


def _grouped(rows: list[HandoverItem]) -> list[GroupOfItems]:
    order = Group.values
    by_group = sorted(rows, key=lambda row: order.index(row.group))
    return [
        GroupOfItems(code=code, label=str(Group(code).label), rows=list(found))
        for code, found in groupby(by_group, key=lambda row: row.group)
    ]


def _typed(item: HandoverItem | None, written: dict[str, Any] | None, problem: Refused | None) -> dict[str, Any]:
    """The form of the open item with what was typed, also after it was refused."""
    if item is None:
        return {}
    values = written["fields"] if written else item.fields
    inputs = [
        {
            "name": spec.name,
            "label": words.label_of(spec),
            "type": spec.type.value,
            "value": values.get(spec.name, ""),
            "required": spec.required,
            "long": spec.long,
            "error": problem.detail if problem and problem.field == spec.name else "",
        }
        for spec in item.specs
    ]
    text = written["text"] if written else item.text
    return {"inputs": inputs, "text": text, "is_nothing": written["is_nothing"] if written else item.is_nothing}
