"""Dated figures: one person enters and asks, another confirms, and then every exit is gone through again."""

from collections.abc import Sequence
from datetime import datetime
from itertools import count
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from ehr import deadlines, record
from ehr.access import Role
from ehr.documents.digests import sha256_of_text
from ehr.errors import Refused

from .. import events
from ..models import ReferenceRow, TablesVersion
from ..reference import shipped_rows
from ..rules.reference_rows import OF_A_CITY, Problem, read_values, slot_of
from ..words import finding_words
from .recounting import ask_recount

if TYPE_CHECKING:
    from ehr.identity.models import User

REVIEW = "offboarding.reference_review"


@transaction.atomic
def load_shipped() -> int:
    """What the release brings and the database lacks; what somebody confirmed or replaced stays as it is."""
    known = set(ReferenceRow.objects.values_list("key", flat=True))
    held = set(ReferenceRow.objects.in_force().values_list("slot", flat=True))
    rows = [ReferenceRow(**row, slot=_slot(row)) for row in shipped_rows() if row["key"] not in known]
    new = [row for row in rows if row.slot not in held]
    ReferenceRow.objects.bulk_create(new)
    if new:
        TablesVersion.renew()
    return len(new)


@transaction.atomic
def enter_row(*, said: dict[str, Any], by: "User", at: datetime) -> ReferenceRow:
    """A draft. `said` has the table, the place, the day, the source, and the values as text."""
    facts = _facts(said)
    TablesVersion.hold()
    if ReferenceRow.objects.in_force().filter(slot=_slot(facts), values=facts["values"]).exists():
        raise _refused("B_REF_SAME", "effective_from")
    row = ReferenceRow.draw(by=by, at=at, key=_free_key(facts), **facts)
    _note(row, events.ReferenceEntered, by=by, at=at, values=row.values, source=row.source)
    return row


@transaction.atomic
def ask_reference(*, row: ReferenceRow, by: "User", at: datetime) -> None:
    if not row.source.strip():
        raise _refused("B_REF_SOURCE", "source")
    row.ask(by=by, at=at)
    _note(row, events.ReferenceAsked, by=by, at=at)
    deadlines.open_deadline(
        kind=REVIEW,
        subject=row,
        role=Role.GROUP_HR,
        due_at=deadlines.due_in(working_days=2, at=at),
        url=row.get_absolute_url(),
        params={"figure": f"{row.get_table_display()} {row.city} {row.effective_from}"},
        by=by,
        at=at,
    )


@transaction.atomic
def confirm_references(*, rows: Sequence[ReferenceRow], by: "User", at: datetime) -> None:
    """All of them or none; one pass over the exits for all."""
    for row in rows:
        row.confirm(by=by, at=at)
        row.refresh_from_db()
        replaced = row.replaces.key if row.replaces else ""
        _note(row, events.ReferenceConfirmed, by=by, at=at, replaces=replaced)
        deadlines.close(subject=row, kind=REVIEW, by=by, at=at)
    ask_recount(keys=[row.key for row in rows], by=by, at=at)


@transaction.atomic
def return_reference(*, row: ReferenceRow, reason: str, by: "User", at: datetime) -> None:
    if not reason.strip():
        raise Refused("B_REASON_MISSING", _("Please write why."), field="reason")
    row.give_back(reason=reason.strip()[:500])
    _note(row, events.ReferenceReturned, by=by, at=at, reason_sha256=sha256_of_text(reason.strip()))
    deadlines.close(subject=row, kind=REVIEW, by=by, at=at, outcome="cancelled")


@transaction.atomic
def discard_reference(*, row: ReferenceRow, by: "User", at: datetime) -> None:
    _note(row, events.ReferenceDiscarded, by=by, at=at)
    deadlines.close(subject=row, kind=REVIEW, by=by, at=at, outcome="cancelled")
    row.discard()


def _facts(said: dict[str, Any]) -> dict[str, Any]:
    table = said["table"]
    try:
        values = read_values(table, said)
    except Problem as problem:
        raise _refused(problem.code, problem.field) from None
    facts = {name: str(said.get(name) or "").strip() for name in ("source", "source_url", "note")}
    for name in ("city", "adcode"):
        facts[name] = str(said.get(name) or "").strip() if table in OF_A_CITY else ""
        if table in OF_A_CITY and not facts[name]:
            raise _refused("B_REF_EMPTY", name)
    if not facts["source"]:
        raise _refused("B_REF_SOURCE", "source")
    days = {"effective_from": said["effective_from"], "source_date": said.get("source_date")}
    return {**facts, **days, "table": table, "values": values}


def _slot(facts: dict[str, Any]) -> str:
    named = {name: facts.get(name, "") for name in ("table", "city", "adcode", "effective_from", "values")}
    return slot_of(**named)


def _free_key(facts: dict[str, Any]) -> str:
    which = facts["values"].get("category") or facts["adcode"] or "cn"
    si = "-si" if facts["values"].get("calibre") == "social_insurance" else ""
    stem = f"{facts['table'].rpartition('_')[0].partition('_')[0]}-{which}-{facts['effective_from']}{si}"
    taken = set(ReferenceRow.objects.filter(key__startswith=stem).values_list("key", flat=True))
    keys = (stem if n == 1 else f"{stem}-v{n}" for n in count(1))
    return next(key for key in keys if key not in taken)


def _note(row: ReferenceRow, fact: Any, *, by: "User", at: datetime, **facts: Any) -> None:
    which = {"key": row.key, "table": row.table, "effective_from": str(row.effective_from)}
    record.emit(fact(**which, **facts), subject=row, by=by, at=at)


def _refused(code: str, field: str) -> Refused:
    return Refused(code, finding_words(code), field=field)
