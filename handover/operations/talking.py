"""Words between the two sides of a handover, about the whole or about one item; kept in the record."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import IO, TYPE_CHECKING
from urllib.parse import urlsplit
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from ehr import access, record
from ehr.crypto.keyring import secret_for
from ehr.documents.digests import sha256_of_text
from ehr.errors import Refused, WrongState
from handover import events, uploads
from handover.models import Handover, HandoverItem, MeetingPlace, Message, MessageFile, ReadMark
from handover.models.choices import State
from handover.permissions import Permission
from handover.rules import items

if TYPE_CHECKING:
    from ehr.identity.models import User

LONGEST_MESSAGE = 4000
MOST_FILES = 5
CLOSED = (State.HELD, State.CANCELLED)


@dataclass(frozen=True, kw_only=True)
class Upload:
    name: str
    size: int
    content: IO[bytes]


@transaction.atomic
def send_message(
    *,
    handover: Handover,
    text: str,
    item: HandoverItem | None = None,
    files: Sequence[Upload] = (),
    by: "User",
    at: datetime,
) -> Message:
    """Of several files one that is refused takes the whole message back: nothing half arrives."""
    hold(handover, by)
    text = text.strip()
    refuse_unfit(text, files)
    message = Message.objects.create(handover=handover, item=item, author=by, text=text, at=at)
    for number, upload in enumerate(files):
        kept = uploads.keep(upload.content, name=upload.name, size=upload.size, already=number, by=by, at=at)
        MessageFile.objects.create(message=message, **kept)
    note(message, files=len(files), by=by, at=at)
    return message


@transaction.atomic
def start_meeting(*, handover: Handover, by: "User", at: datetime) -> Message:
    """A room of the company's own provider, the same for one handover; its name can't be guessed from outside."""
    hold(handover, by)
    place = MeetingPlace.objects.first()
    if place is None:
        raise Refused("no_meeting_place", _("No meeting provider is set up. Your administrator can do it."))
    address = place.address.replace("{room}", room_of(handover))
    message = Message.objects.create(handover=handover, kind=Message.Kind.MEETING, author=by, text=address, at=at)
    note(message, by=by, at=at)
    return message


@transaction.atomic
def set_meeting_place(*, address: str, by: "User", at: datetime) -> None:
    parts = urlsplit(address.strip())
    if parts.scheme != "https" or not parts.hostname or "@" in parts.netloc or "{room}" not in address:
        raise Refused("address_unfit", _("An address that begins with https:// and holds {room}."), field="address")
    MeetingPlace.objects.update_or_create(pk=1, defaults={"address": address.strip(), "set_by": by, "set_at": at})
    record.emit(events.MeetingPlaceSet(host=parts.hostname), subject=by, by=by, at=at)


def mark_seen(*, handover_pk: UUID, message_pk: UUID, by: "User", at: datetime) -> None:
    """The reader's own mark; it only moves on. Nobody else acts on it, so the record doesn't tell of it."""
    mine = ReadMark.objects.filter(handover_id=handover_pk, user=by)
    if mine.filter(message_id__gte=message_pk).exists():
        return
    if not mine.update(message_id=message_pk, at=at):
        new = ReadMark(handover_id=handover_pk, user=by, message_id=message_pk, at=at)
        ReadMark.objects.bulk_create([new], ignore_conflicts=True)


def room_of(handover: Handover) -> str:
    import hmac

    return hmac.digest(secret_for("handover.room"), str(handover.pk).encode(), "sha256").hex()[:24]


def hold(handover: Handover, by: "User", permission: str = Permission.TALK) -> None:
    """Under the handover's lock messages get their ids in the order in which they become visible, so that a reader
    who asks for what is newer misses none."""
    access.check(by, permission, handover)
    state = Handover.objects.select_for_update().values_list("state", flat=True).get(pk=handover.pk)
    if state in CLOSED:
        raise WrongState(_("Nobody talks here any more."), allowed=handover.actions)


def refuse_unfit(text: str, files: Sequence[Upload] = ()) -> None:
    if not text and not files:
        raise Refused("message_empty", _("Write something, or add a file."), field="text")
    if len(text) > LONGEST_MESSAGE:
        raise Refused("message_too_long", _("A message has at most 4000 characters."), field="text")
    if len(files) > MOST_FILES:
        raise Refused("too_many_files", _("A message takes at most five files."), field="file")
    if items.has_secret(text):
        raise Refused(
            "secret",
            _("Never write a password here: name the system and the account, IT passes on the access."),
            field="text",
        )


def note(message: Message, *, files: int = 0, by: "User", at: datetime) -> None:
    handover = message.handover
    fact = events.MessageSent(
        **handover.facts(),
        message_id=str(message.pk),
        item_id=str(message.item_id or ""),
        text_sha256=sha256_of_text(message.text),
        files=files,
        message_kind=message.kind,
        answers_id=str(message.question_id or ""),
    )
    record.emit(fact, subject=handover, by=by, at=at)
    mark_seen(handover_pk=handover.pk, message_pk=message.pk, by=by, at=at)
