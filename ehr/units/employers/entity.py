import re
from typing import Any

from django.db import IntegrityError, models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ehr import record
from ehr.access import scope
from ehr.errors import Refused
from ehr.lib import uscc as uscc_rule
from ehr.lib.facts import Fact
from ehr.lib.ids import uuid7
from ehr.units.events import EmployerAdded, EmployerRenamed, SealChanged, UnionSaid, UsccCorrected

CODE = r"[A-Z0-9]{1,20}"

_FAULTS = {
    "length": _(
        "A unified social credit code has 18 signs; this one has %(length)s. Copy it from the business licence."
    ),
    "sign": _("“%(stray)s” occurs in no unified social credit code. Copy it from the business licence."),
    "check": _("The last sign doesn't fit the others, so one is mistyped. Copy the code from the business licence."),
}


class LegalEntityQuerySet(models.QuerySet["LegalEntity"]):
    def visible_to(self, user: Any, permission: str = "units.manage_employers") -> "LegalEntityQuerySet":
        """All or none: an employer may have no unit yet."""
        return self.filter(scope(user, permission))


class LegalEntity(models.Model):
    """The employer in law: whose seal is on the paper and whose number range counts."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.CharField(_("code"), max_length=20, unique=True)
    name = models.CharField(_("name"), max_length=120)
    uscc = models.CharField(_("unified social credit code"), max_length=18, blank=True)
    seal = models.FileField(_("seal"), upload_to="seals/", blank=True)
    has_union = models.BooleanField(_("has a union"), default=True, db_default=True)
    """Whoever has one tells it the reasons before ending employment alone (LCL 43; JI1 47)."""

    objects = LegalEntityQuerySet.as_manager()

    class Meta:
        verbose_name = _("legal entity")
        constraints = [models.UniqueConstraint(fields=["uscc"], condition=~Q(uscc=""), name="one_employer_per_uscc")]

    def __str__(self) -> str:
        return self.name

    # --- Changing: each with its reason, for papers, numbers and gates of the law follow from it -------------------
    @classmethod
    @transaction.atomic
    def add(cls, *, code: str, name: str, uscc: str, has_union: bool, by: Any, at: Any) -> "LegalEntity":
        entity = cls(code=_code(code), uscc=_uscc(uscc), has_union=has_union)
        entity.name = entity._of_no_other(name)
        entity._write(force_insert=True)
        fact = EmployerAdded(
            entity_id=str(entity.pk), code=entity.code, name=name, uscc=entity.uscc, has_union=has_union
        )
        record.emit(fact, subject=entity, by=by, at=at)
        return entity

    def rename(self, name: str, *, reason: str, by: Any, at: Any) -> None:
        """Papers that are issued keep the name of their day."""
        if name == self.name:
            return
        fact = EmployerRenamed(entity_id=str(self.pk), name=name, previous=self.name, reason=_given(reason))
        self._keep("name", self._of_no_other(name), fact, by=by, at=at)

    def correct_uscc(self, uscc: str, *, reason: str, by: Any, at: Any) -> None:
        if uscc == self.uscc:
            return
        uscc = _uscc(uscc)
        fact = UsccCorrected(entity_id=str(self.pk), uscc=uscc, previous=self.uscc, reason=_given(reason))
        self._keep("uscc", uscc, fact, by=by, at=at)

    def take_seal(self, key: str, *, sha256: str, reason: str, by: Any, at: Any) -> None:
        """Without a key the seal is drawn from the name again. The file of an earlier one stays, for the papers under it."""
        if key == self.seal.name:
            return
        fact = SealChanged(entity_id=str(self.pk), seal_sha256=sha256, reason=_given(reason))
        self._keep("seal", key, fact, by=by, at=at)

    def say_union(self, *, has_union: bool, reason: str, by: Any, at: Any) -> None:
        """It lifts or sets a block of the law for everybody employed here, so somebody writes why."""
        if has_union == self.has_union:
            return
        fact = UnionSaid(entity_id=str(self.pk), has_union=has_union, reason=_given(reason))
        self._keep("has_union", has_union, fact, by=by, at=at)

    @transaction.atomic
    def _keep(self, field: str, value: Any, fact: Fact, *, by: Any, at: Any) -> None:
        setattr(self, field, value)
        self._write(update_fields=[field])
        record.emit(fact, subject=self, by=by, at=at)

    def _write(self, **options: Any) -> None:
        """Of two at once who enter the same code one is told."""
        try:
            with transaction.atomic():
                self.save(**options)
        except IntegrityError as error:
            field = "uscc" if "one_employer_per_uscc" in str(error) else "code"
            raise Refused("employer_known", str(_KNOWN[field]), field=field) from error

    def _of_no_other(self, name: str) -> str:
        """A roster names employers by their names."""
        if LegalEntity.objects.filter(name=name).exclude(pk=self.pk).exists():
            raise Refused("employer_known", str(_KNOWN["name"]), field="name")
        return name


_KNOWN = {
    "name": _("There is an employer with this name. If it is the same company, change that one."),
    "uscc": _("Another employer has this unified social credit code. If it is the same company, change that one."),
    "code": _("Another employer has this code. Choose another one: it begins the numbers of the papers."),
}


def _code(code: str) -> str:
    code = code.strip().upper()
    if not re.fullmatch(CODE, code):
        words = _("A code is made of at most 20 letters A–Z and digits: it begins the numbers of the papers.")
        raise Refused("employer_code", str(words), field="code")
    return code


def _uscc(code: str) -> str:
    """Empty while nobody knows it."""
    code = uscc_rule.normalised(code)
    if code and (fault := uscc_rule.fault(code)):
        words = str(_FAULTS[fault]) % {"length": len(code), "stray": uscc_rule.stray(code)}
        raise Refused(f"uscc_{fault}", words, field="uscc")
    return code


def _given(reason: str) -> str:
    if not reason.strip():
        raise Refused("B_REASON_MISSING", str(_("Please write why.")), field="reason")
    return reason.strip()
