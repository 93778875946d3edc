"""The leaver's side, item by item."""

from collections.abc import Mapping
from datetime import datetime
from typing import IO, TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from ehr import access, record
from ehr.documents import storage
from ehr.errors import Refused, WrongState
from handover import events, evidence, uploads, words
from handover.models import Handover, HandoverItem, ItemFile
from handover.models.choices import Source
from handover.operations import duties
from handover.permissions import Permission
from handover.rules import items
from handover.rules.evidence import conflict

if TYPE_CHECKING:
    from ehr.identity.models import User


@transaction.atomic
def submit_item(
    *,
    item: HandoverItem,
    fields: Mapping[str, object],
    text: str = "",
    is_nothing: bool = False,
    by: "User",
    at: datetime,
) -> None:
    """Hand one item in. What is missing is said by field; proof is asked for where the template asks."""
    item = _locked(item)
    access.check(by, Permission.FILL_ITEMS, item.handover)
    values = items.known_fields(item.specs, fields)
    _refuse_problems(item, values, text=text, is_nothing=is_nothing)
    recorded = None if is_nothing else evidence.recorded_of(item)
    doubt = conflict(values.get("progress", ""), recorded.percent if recorded else None)
    item.submit(
        fields=values,
        text=text.strip(),
        is_nothing=is_nothing,
        doubt=doubt,
        recorded_in=recorded.system if recorded else "",
        by=by,
        at=at,
    )
    duties.ask_witness(item, by=by, at=at)
    duties.ask_to_confirm(item.handover, item.confirmer, by=by, at=at)
    duties.settle(item.handover, by=by, at=at)


@transaction.atomic
def explain_item(*, item: HandoverItem, explanation: str, by: "User", at: datetime) -> None:
    """A system recorded less than was claimed: until the leaver says why, nobody can confirm it."""
    item = _locked(item)
    access.check(by, Permission.FILL_ITEMS, item.handover)
    if not explanation.strip():
        raise Refused("explanation_missing", _("Say why the two differ."), field="explanation")
    if items.has_secret(explanation):
        raise Refused("secret", words.of_problem(items.Problem(code="secret")), field="explanation")
    if "explain" not in item.actions:
        raise WrongState(_("There is nothing to explain about this item."), allowed=item.actions)
    item.explain(explanation=explanation.strip()[: items.LONGEST_ANSWER], by=by, at=at)
    duties.settle(item.handover, by=by, at=at)


@transaction.atomic
def save_draft(*, item: HandoverItem, fields: Mapping[str, object], text: str, is_nothing: bool, by: "User") -> None:
    """What was typed so far, before it is handed in: nobody else acts on it, so the record doesn't tell of it."""
    item = _locked(item)
    access.check(by, Permission.FILL_ITEMS, item.handover)
    _refuse_unless_open_to_change(item)
    values = items.known_fields(item.specs, fields)
    _refuse_first(item, items.never({**values, "text": text}))
    item.draft(fields=values, text=text.strip(), is_nothing=is_nothing)


@transaction.atomic
def add_item(*, handover: Handover, kind: str, title: str, by: "User", at: datetime) -> HandoverItem:
    """'Still missing': the leaver or the head puts it on the list, while the list is not yet called complete."""
    handover = Handover.objects.select_for_update(of=("self",)).for_page().get(pk=handover.pk)
    access.check(by, Permission.ADD_ITEMS, handover)
    if handover.state != "open":
        raise WrongState(_("Items can be added until the list has been called complete."), allowed=handover.actions)
    if items.has_secret(title):
        raise Refused("secret", words.of_problem(items.Problem(code="secret")), field="title")
    what = items.Kind(kind)
    position = handover.items.count()
    item = HandoverItem.objects.create(
        handover=handover,
        key=f"added:{position}",
        position=position,
        group=items.GROUP_OF[what].value,
        kind=what.value,
        title=title,
        source=Source.ADDED,
        why={"name": str(by)},
        confirmer=items.CONFIRMER_OF[what].value,
        due_date=handover.last_working_date,
    )
    record.emit(events.ItemAdded(**item.facts(), group=item.group), subject=handover, by=by, at=at)
    duties.settle(handover, by=by, at=at)
    return item


@transaction.atomic
def attach_file(*, item: HandoverItem, name: str, size: int, content: IO[bytes], by: "User", at: datetime) -> ItemFile:
    item = _locked(item)
    access.check(by, Permission.FILL_ITEMS, item.handover)
    _refuse_unless_open_to_change(item)
    kept = uploads.keep(content, name=name, size=size, already=item.files.count(), by=by, at=at)
    row = ItemFile.objects.create(item=item, **kept)
    fact = events.FileAttached(**item.facts(), file_id=str(row.pk), sha256=row.sha256, size=row.size)
    record.emit(fact, subject=item.handover, by=by, at=at)
    return row


@transaction.atomic
def remove_file(*, file: ItemFile, by: "User", at: datetime) -> None:
    """Only before it was handed in; afterwards it is part of what was handed in."""
    item = _locked(file.item)
    access.check(by, Permission.FILL_ITEMS, item.handover)
    _refuse_unless_open_to_change(item)
    fact = events.FileRemoved(**item.facts(), file_id=str(file.pk), sha256=file.sha256)
    record.emit(fact, subject=item.handover, by=by, at=at)
    key = file.file_key
    file.delete()
    transaction.on_commit(lambda: storage.forget(key), robust=True)


def _locked(item: HandoverItem) -> HandoverItem:
    """The handover's row is the lock of all its items, so that duties are opened and closed by one at a time."""
    handover = Handover.objects.select_for_update(of=("self",)).for_page().get(pk=item.handover_id)
    if not handover.is_running:
        raise WrongState(_("This handover is not in a state that allows this."), allowed=handover.actions)
    fresh = HandoverItem.objects.get(pk=item.pk)
    fresh.handover = handover
    return fresh


def _refuse_unless_open_to_change(item: HandoverItem) -> None:
    if "submit" not in item.actions:
        raise WrongState(_("This item is not in a state that allows this."), allowed=item.actions)


def _refuse_problems(item: HandoverItem, values: dict[str, str], *, text: str, is_nothing: bool) -> None:
    _refuse_unless_open_to_change(item)
    _refuse_first(item, items.problems(item.specs, values, text=text, nothing=is_nothing))
    if item.evidence_required and not is_nothing and not item.files.exists():
        raise Refused("evidence_missing", _("Add a photo or a file: this item needs proof."), field="file")


def _refuse_first(item: HandoverItem, found: list[items.Problem]) -> None:
    if found:
        raise Refused(found[0].code, words.of_problem(found[0], item.specs), field=found[0].field)
