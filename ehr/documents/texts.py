"""The texts of papers: drafted, checked by a second person, put into force. A published version is never changed."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from ehr import access, deadlines
from ehr.access.roles import Role
from ehr.documents.kinds import kind_of
from ehr.documents.models import PaperText
from ehr.documents.models.paper_text import OPEN
from ehr.documents.permissions import Permission
from ehr.errors import Refused, WrongState

if TYPE_CHECKING:
    from ehr.identity.models import User
    from ehr.units.models import LegalEntity

REVIEW = "documents.text_review"


@transaction.atomic
def open_draft(*, kind: str, variant: str, entity: "LegalEntity | None", by: "User", at: datetime) -> PaperText:
    """The draft there is, else a copy of the version in force; a company that had none begins with the group's."""
    if variant not in dict(kind_of(kind).variants):
        raise Refused("unknown_variant", _("This paper has no such variant."), field="paper")
    same = PaperText.objects.select_for_update(of=("self",)).filter(kind=kind, variant=variant)
    own = list(same.filter(entity=entity).order_by("-version"))
    for text in own:
        if text.state in OPEN:
            return text
    source = next((one for one in own if one.state == PaperText.State.IN_FORCE), None)
    source = source or same.get(entity=None, state=PaperText.State.IN_FORCE)
    return _draft(source, entity=entity, version=own[0].version + 1 if own else 1, by=by, at=at)


@transaction.atomic
def take_over(*, text: PaperText, by: "User", at: datetime) -> PaperText:
    """What a release offers, as a draft: a second person still puts it into force."""
    access.check(by, Permission.EDIT_TEXTS, text)
    own = list(PaperText.objects.select_for_update(of=("self",)).same_as(text).order_by("-version"))
    if text.state != PaperText.State.OFFERED or any(one.state in OPEN for one in own):
        raise WrongState(_("Publish the draft of this text first, or throw it away."))
    return _draft(text, entity=text.entity, version=own[0].version + 1, by=by, at=at)


def _draft(source: PaperText, *, entity: "LegalEntity | None", version: int, by: "User", at: datetime) -> PaperText:
    return PaperText.objects.create(
        kind=source.kind,
        variant=source.variant,
        entity=entity,
        version=version,
        body=source.body,
        created_at=at,
        edited_by=by,
    )


@transaction.atomic
def write(*, text: PaperText, body: str, by: "User", at: datetime, read: str = "") -> None:
    access.check(by, Permission.EDIT_TEXTS, text)
    _refuse_unread(text, read)
    text.write(body, by=by, at=at)


@transaction.atomic
def ask_review(*, text: PaperText, note: str, by: "User", at: datetime) -> None:
    access.check(by, Permission.EDIT_TEXTS, text)
    text.ask_review(note=note)
    deadlines.open_deadline(
        kind=REVIEW,
        subject=text,
        role=Role.HR_LEGAL,
        due_at=deadlines.due_in(working_days=2, at=at),
        url=text.get_absolute_url(),
        params={"title": text.title},
        by=by,
        at=at,
    )


@transaction.atomic
def publish(*, text: PaperText, by: "User", at: datetime, read: str = "") -> None:
    access.check(by, Permission.PUBLISH_TEXTS, text)
    _refuse_unread(text, read)
    text.publish(by=by, at=at)
    deadlines.close(subject=text, kind=REVIEW, by=by, at=at)


@transaction.atomic
def take_back(*, text: PaperText, by: "User", at: datetime) -> None:
    access.check(by, Permission.EDIT_TEXTS, text)
    text.take_back()
    deadlines.close(subject=text, kind=REVIEW, by=by, at=at, outcome="cancelled")


@transaction.atomic
def discard(*, text: PaperText, by: "User", at: datetime) -> None:
    access.check(by, Permission.EDIT_TEXTS, text)
    text.discard()


def _refuse_unread(text: PaperText, read: str) -> None:
    """`read` is the digest of the words on the screen: what somebody else wrote since is neither lost nor published."""
    now = PaperText.objects.select_for_update(of=("self",)).get(pk=text.pk)
    if read and read != now.body_sha256:
        raise WrongState(_("Somebody else wrote on in this text since you opened it."))
