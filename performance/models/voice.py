"""What people say of each other's work: feedback at once, reviews for a period."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from ehr.crypto.fields import EncryptedTextField
from ehr.lib.ids import uuid7

from ..permissions import PerformancePermission
from .choices import FeedbackKind, Side
from .reach import AboutQuerySet


class FeedbackQuerySet(AboutQuerySet):
    listed_by = PerformancePermission.VIEW_FEEDBACK

    def newest(self) -> "FeedbackQuerySet":
        return self.select_related("by", "data_key").order_by("-pk")


class Feedback(models.Model):
    """Given at once; the person and those who lead them read it, nobody else."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    employment = models.ForeignKey("employees.Employment", on_delete=models.PROTECT, related_name="feedback")
    data_key = models.ForeignKey("crypto.DataKey", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(_("kind"), max_length=10, choices=FeedbackKind)
    text = EncryptedTextField(_("feedback"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = FeedbackQuerySet.as_manager()

    class Meta:
        verbose_name = _("feedback")
        indexes = [models.Index(fields=["employment", "-at"], name="feedback_employment")]

    def __str__(self) -> str:
        return f"{self.kind} {self.at:%Y-%m-%d}"


class ReviewQuerySet(AboutQuerySet):
    listed_by = PerformancePermission.VIEW_REVIEW

    def visible_to(self, user: Any, permission: str = "") -> "ReviewQuerySet":
        """Whole, so never one's own: those are read through `queries.reviews_of`, where peers stay unnamed."""
        return super().visible_to(user, permission).exclude(employment__person__user=user)

    def newest(self) -> "ReviewQuerySet":
        return self.select_related("by", "data_key").order_by("-on_date", "-pk")


class Review(models.Model):
    """What was said of the work may be read by whoever takes the work over; what was said of the person may not."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    employment = models.ForeignKey("employees.Employment", on_delete=models.PROTECT, related_name="reviews")
    data_key = models.ForeignKey("crypto.DataKey", on_delete=models.PROTECT, related_name="+")
    title = models.CharField(_("occasion"), max_length=60)
    on_date = models.DateField(_("day"))
    side = models.CharField(_("side"), max_length=8, choices=Side)
    about_work = EncryptedTextField(_("about the work"))
    about_person = EncryptedTextField(_("about the person"), null=True)
    rating = models.PositiveSmallIntegerField(_("rating, 1 to 5"), null=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = ReviewQuerySet.as_manager()

    class Meta:
        verbose_name = _("review")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(rating=None) | models.Q(rating__gte=1, rating__lte=5), name="a_rating_is_1_to_5"
            )
        ]
        indexes = [models.Index(fields=["employment", "-on_date"], name="review_employment")]

    def __str__(self) -> str:
        return self.title
