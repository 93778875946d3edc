from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F, OuterRef, Q, Value
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ehr.documents.models import StoredFile
from ehr.lib.ids import uuid7
from handover.models.handover import Handover
from handover.models.item import HandoverItem
from handover.permissions import Permission

if TYPE_CHECKING:
    from ehr.identity.models import User

NOTHING_READ = Value("00000000-0000-0000-0000-000000000000", output_field=models.UUIDField())


class MessageQuerySet(models.QuerySet["Message"]):
    def visible_to(self, user: "User", permission: str = Permission.TALK) -> "MessageQuerySet":
        return self.filter(handover__in=Handover.objects.visible_to(user, permission))

    def questions(self) -> "MessageQuerySet":
        return self.filter(kind=Message.Kind.QUESTION)

    def unanswered(self) -> "MessageQuerySet":
        return self.questions().filter(answers=None)

    def unread_by(self, user: "User") -> "MessageQuerySet":
        """Behind the reader's mark, and not their own words."""
        mark = ReadMark.objects.filter(handover=OuterRef("handover"), user=user).values("message_id")
        behind = self.alias(mark=Coalesce(models.Subquery(mark), NOTHING_READ)).filter(id__gt=F("mark"))
        return behind.exclude(author=user)


class Message(models.Model):
    """A word said about a handover, or about one of its items. Never changed, never deleted; the record has its hash.
    Ids are UUIDv7, so their order is the order of time."""

    class Kind(models.TextChoices):
        TEXT = "text", _("Message")
        MEETING = "meeting", _("Meeting")
        QUESTION = "question", _("Question")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    handover = models.ForeignKey(Handover, on_delete=models.PROTECT, related_name="messages")
    item = models.ForeignKey(HandoverItem, null=True, on_delete=models.PROTECT, related_name="messages")
    kind = models.CharField(max_length=8, choices=Kind, default=Kind.TEXT)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    text = models.TextField(blank=True)
    question = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="answers")
    at = models.DateTimeField()

    objects = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = _("message")
        indexes = [models.Index(fields=["handover", "id"], name="handover_messages")]

    def __str__(self) -> str:
        return f"{self.author_id} {self.at:%Y-%m-%d %H:%M}"


class MessageFile(StoredFile):
    message = models.ForeignKey(Message, on_delete=models.PROTECT, related_name="files")

    class Meta:
        verbose_name = _("file of a message")
        indexes = [models.Index(fields=["message", "id"], name="handover_message_files")]

    def get_absolute_url(self) -> str:
        return reverse("handover:message_file", args=[self.message.handover_id, self.pk])


class ReadMark(models.Model):
    """How far somebody has read."""

    handover = models.ForeignKey(Handover, on_delete=models.CASCADE, related_name="marks")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["handover", "user"], name="one_mark_per_reader")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.message_id}"


class MeetingPlace(models.Model):
    """The company's meeting provider: an HTTPS address with {room} in it. At most one row."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    address = models.CharField(_("address"), max_length=300)
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField()

    class Meta:
        verbose_name = _("meeting provider")
        constraints = [models.CheckConstraint(condition=Q(address__startswith="https://"), name="meetings_by_https")]

    def __str__(self) -> str:
        return self.address
