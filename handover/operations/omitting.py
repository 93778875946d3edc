"""What turned out to be missing afterwards, with what the record says about who missed it."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from ehr import access, record
from ehr.errors import Refused, WrongState
from handover import events
from handover.models import Handover, HandoverItem, Omission, TemplateItem
from handover.models.choices import Confirmer, State
from handover.permissions import Permission
from handover.rules import items, responsibility
from handover.rules.topics import topic_of

if TYPE_CHECKING:
    from ehr.identity.models import User

CALLED_COMPLETE = (State.COMPLETE, State.SIGNED)


@transaction.atomic
def file_omission(
    *,
    handover: Handover,
    title: str,
    kind: str,
    text: str = "",
    item: HandoverItem | None = None,
    by: "User",
    at: datetime,
) -> Omission:
    """Against one item, or against the list; the same thing once. Never by the person who left."""
    handover = Handover.objects.select_for_update(of=("self",)).for_page().get(pk=handover.pk)
    access.check(by, Permission.FILE_OMISSIONS, handover)
    access.refuse_self(by, handover.leaver)
    if handover.state not in CALLED_COMPLETE:
        raise WrongState(_("The list is still open: put what is missing on it instead."), allowed=handover.actions)
    topic = topic_of(item.title if item else title)
    _refuse(topic, handover, title=title, text=text)
    item = item or next((row for row in handover.items.all() if topic_of(row.title) == topic), None)
    omission = Omission.objects.create(
        handover=handover,
        item=item,
        job_family=handover.employment.job_family,
        kind=item.kind if item else kind,
        topic=topic,
        title=item.title if item else title.strip(),
        text=text.strip(),
        findings=[finding.value for finding in _findings(handover, item, topic)],
        filed_by=by,
        filed_at=at,
    )
    fact = events.OmissionFiled(
        **handover.facts(),
        omission_id=str(omission.pk),
        item_id=str(item.pk) if item else "",
        item_kind=omission.kind,
        findings=omission.findings,
    )
    record.emit(fact, subject=handover, by=by, at=at)
    return omission


def _refuse(topic: str, handover: Handover, **written: str) -> None:
    if not topic:
        raise Refused("title_missing", _("Say what was missing."), field="title")
    for field, text in written.items():
        if items.has_secret(text):
            raise Refused("secret", _("Never write a password here."), field=field)
    if handover.omissions.filter(topic=topic).exists():
        raise Refused("known_already", _("This omission has been filed already."), field="title")


def _findings(handover: Handover, item: HandoverItem | None, topic: str) -> tuple[responsibility.Finding, ...]:
    if item is None:
        knew = any(topic_of(t) == topic for t in _titles_of_template(handover))
        facts = responsibility.ListFacts(template_knew=knew, called_complete=handover.completed_at is not None)
        return responsibility.of_list(facts)
    by_head = item.confirmer == Confirmer.HEAD or item.confirmed_by_id == handover.head_id
    return responsibility.of_item(
        responsibility.ItemFacts(
            was_submitted=item.round > 0 and not item.is_nothing,
            confirmed_by_head=by_head,
            is_confirmed=item.confirmed_at is not None,
        )
    )


def _titles_of_template(handover: Handover) -> list[str]:
    return list(TemplateItem.objects.filter(template__in=handover.templates.all()).values_list("title", flat=True))
