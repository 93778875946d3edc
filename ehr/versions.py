"""What is edited as a draft, put into force by a second person and never changed afterwards: texts, templates, chains, plans."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ehr.errors import Refused, WrongState

if TYPE_CHECKING:
    from ehr.identity.models import User


class Version(models.Model):
    """Whoever is on one keeps it. The subclass has a `state` of its own; the database keeps one draft and one in force."""

    note = models.CharField(_("what changed and why"), max_length=300, blank=True)
    edited_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    published_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True

    def refuse_editor(self, by: User | None, *, code: str = "second_person") -> None:
        """`by` None: what comes with the product."""
        if by is not None and self.edited_by_id == by.pk:
            raise Refused(code, gettext("Somebody else has to check and publish this version."))

    def move(self, source: str, to: str, **changes: Any) -> None:
        """Compare and set: of two at once one finds that it can't be changed any more."""
        rows: Any = type(self)._default_manager
        if not rows.filter(pk=self.pk, state=source).update(state=to, **changes):
            raise WrongState(gettext("This version can't be changed any more."))
        for name, value in {"state": to, **changes}.items():
            setattr(self, name, value)
