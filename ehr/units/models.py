from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from ehr.lib.ids import uuid7


class LegalEntity(models.Model):
    """The employer in law: whose seal is on the paper and whose number range counts."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.CharField(max_length=20, unique=True)
    name = models.CharField(_("name"), max_length=120)

    class Meta:
        verbose_name = _("legal entity")

    def __str__(self) -> str:
        return self.name


class OrgUnit(models.Model):
    """A node of the tree group → business unit → region → department or store, at any depth."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.CharField(max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=120)
    pinyin = models.CharField(max_length=240, blank=True)
    kind = models.CharField(max_length=20, default="department")
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="children")
    path = models.CharField(max_length=400, db_index=True, db_collation="C", default="/")
    legal_entity = models.ForeignKey(LegalEntity, null=True, blank=True, on_delete=models.PROTECT)
    head = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL)
    time_zone = models.CharField(max_length=40, default="Asia/Shanghai")
    place = models.CharField(max_length=40, blank=True)

    class Meta:
        verbose_name = _("unit")

    def __str__(self) -> str:
        return self.name
