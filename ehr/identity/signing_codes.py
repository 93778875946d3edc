from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ehr.identity.one_time import CODE_TRIES, OneTimeCode
from ehr.lib.ids import uuid7


class SigningCode(OneTimeCode):
    """The code with which one person signs one kind of act, such as a resignation."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="signing_codes")
    act = models.CharField(max_length=60)

    class Meta:
        verbose_name = _("signing code")
        constraints = [
            models.UniqueConstraint(fields=["user", "act"], name="one_signing_code_per_act"),
            models.CheckConstraint(condition=Q(code_tries__lte=CODE_TRIES + 1), name="signing_codes_tried_five_times"),
        ]

    def __str__(self) -> str:
        return f"{self.act} {self.user_id}"
