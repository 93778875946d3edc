from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from ehr.lib.ids import uuid7
from ehr.notices.kinds import NoticeKind, fill, kind_of


class NoticeQuerySet(models.QuerySet["Notice"]):
    def of(self, user: Any) -> "NoticeQuerySet":
        return self.filter(user=user)

    def unread(self) -> "NoticeQuerySet":
        return self.filter(read_at=None)

    def mark_read(self, *, at: datetime) -> int:
        return self.unread().update(read_at=at)


class Notice(models.Model):
    """One line in somebody's in-app inbox."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=60)
    params = models.JSONField(default=dict)
    url = models.CharField(max_length=300, blank=True)
    subject = models.CharField(max_length=120, blank=True)
    urgent = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("notice")
        indexes = [
            models.Index(fields=["user", "-id"], name="notices_of_user"),
            models.Index(fields=["user"], condition=models.Q(read_at=None), name="unread_notices_of_user"),
            models.Index(fields=["subject"], name="notices_of_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} → {self.user_id}"

    @property
    def told_as(self) -> NoticeKind:
        return kind_of(self.kind)

    @property
    def _words(self) -> Mapping[str, Any]:
        known: dict[str, Any] = self.params
        return self.told_as.words(known) if self.told_as.words else known

    @property
    def title(self) -> str:
        return fill(self.told_as.title, self._words)

    @property
    def body(self) -> str:
        return fill(self.told_as.body, self._words)


class ChannelChoice(models.Model):
    """Somebody turned a way of being told off or on. In-app is always on and has no row."""

    class Channel(models.TextChoices):
        EMAIL = "email", _("E-mail")
        SMS = "sms", _("SMS")
        IM = "im", _("Instant message")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="channel_choices")
    channel = models.CharField(max_length=10, choices=Channel)
    enabled = models.BooleanField()

    class Meta:
        verbose_name = _("channel choice")
        constraints = [models.UniqueConstraint(fields=["user", "channel"], name="one_choice_per_channel")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.channel} {self.enabled}"


ON_BY_DEFAULT = frozenset({ChannelChoice.Channel.EMAIL.value})


def channels_of(user: Any) -> set[str]:
    """The channels besides in-app by which this user wants to be told."""
    chosen = dict(ChannelChoice.objects.filter(user=user).values_list("channel", "enabled"))
    return {channel for channel in ChannelChoice.Channel.values if chosen.get(channel, channel in ON_BY_DEFAULT)}
