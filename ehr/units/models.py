from collections.abc import Iterable
from typing import Any, Optional

from django.conf import settings
from django.db import models, transaction
from django.db.models import ExpressionWrapper, F, OuterRef, Q, Subquery, Value
from django.db.models.functions import Concat, Substr
from django.utils.translation import gettext_lazy as _

from ehr import record
from ehr.access import scope
from ehr.access.scopes import under_paths
from ehr.errors import Refused
from ehr.lib.ids import uuid7
from ehr.units.calendars import CalendarDay, CalendarYear  # noqa: F401 - Django finds models here
from ehr.units.employers.entity import LegalEntity as LegalEntity
from ehr.units.events import EmployerSet, HeadAppointed, UnitMoved, UnitRenamed

MOST_WORDS = 300


def path_below(parent: Optional["OrgUnit"], code: str) -> str:
    return f"{parent.path if parent else '/'}{code}/"


def path_prefixes(path: str) -> list[str]:
    """'/HC/EAST/S1/' → ['/HC/', '/HC/EAST/', '/HC/EAST/S1/']: the unit itself and everything above it."""
    codes = path.strip("/").split("/")
    return ["/" + "/".join(codes[: end + 1]) + "/" for end in range(len(codes))]


class OrgUnitQuerySet(models.QuerySet["OrgUnit"]):
    def create(self, **fields: Any) -> "OrgUnit":
        """The one place where a new unit gets its path; bulk loaders call `path_below` themselves."""
        fields.setdefault("path", path_below(fields.get("parent"), fields["code"]))
        return super().create(**fields)

    def under(self, unit: "OrgUnit") -> "OrgUnitQuerySet":
        return self.filter(path__startswith=unit.path)

    def at_or_above(self, paths: Iterable[str]) -> "OrgUnitQuerySet":
        return self.filter(path__in={prefix for path in paths for prefix in path_prefixes(path)})

    def visible_to(self, user: Any, permission: str = "units.view_unit") -> "OrgUnitQuerySet":
        return self.filter(scope(user, permission, unit="path"))

    def naming_an_employer(self) -> "OrgUnitQuerySet":
        return self.exclude(legal_entity=None)

    def with_employer(self) -> "OrgUnitQuerySet":
        """`employer_code`: the one named here, or else nearest above."""
        below = ExpressionWrapper(OuterRef("path"), output_field=models.CharField())
        above = OrgUnit.objects.naming_an_employer().alias(below=below).filter(below__startswith=F("path"))
        nearest = above.order_by("-path").values("legal_entity__code")[:1]
        return self.annotate(employer_code=Subquery(nearest))


class OrgUnit(models.Model):
    """A node of the tree group → business unit → region → department or store, at any depth."""

    class Kind(models.TextChoices):
        GROUP = "group", _("Group")
        BUSINESS_UNIT = "business_unit", _("Business unit")
        REGION = "region", _("Region")
        DEPARTMENT = "department", _("Department")
        STORE = "store", _("Store")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.CharField(_("code"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=120)
    pinyin = models.CharField(max_length=240, blank=True)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind, default=Kind.DEPARTMENT)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="children")
    path = models.CharField(max_length=400, db_collation="C")
    legal_entity = models.ForeignKey(LegalEntity, null=True, blank=True, on_delete=models.PROTECT)
    head = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="headed_units"
    )
    time_zone = models.CharField(max_length=40, default="Asia/Shanghai")
    place = models.CharField(_("place"), max_length=40, blank=True)

    objects = OrgUnitQuerySet.as_manager()

    class Meta:
        verbose_name = _("unit")
        constraints = [
            # In collation "C" the unique index also serves path LIKE '/HC/EAST/%'.
            models.UniqueConstraint(fields=["path"], name="one_unit_per_path"),
            models.CheckConstraint(
                condition=Q(path__endswith=Concat(Value("/"), "code", Value("/"))), name="a_path_ends_with_its_code"
            ),
            models.CheckConstraint(condition=~Q(code__contains="/") & ~Q(code=""), name="a_code_has_no_slash"),
        ]

    def __str__(self) -> str:
        return self.name

    # --- Changing ---------------------------------------------------------------------------------------
    def move(self, *, to: "OrgUnit", by: Any, at: Any) -> None:
        """Hang this unit and everything below it under another one."""
        with transaction.atomic():
            old, new = self._lock_for_move(to)
            below = OrgUnit.objects.filter(path__startswith=old)
            below.update(path=Concat(Value(new), Substr("path", len(old) + 1)))
            OrgUnit.objects.filter(pk=self.pk).update(parent=to)
            self.parent, self.path = to, new
            record.emit(UnitMoved(unit_id=str(self.pk), from_path=old, to_path=new), subject=self, by=by, at=at)

    def _lock_for_move(self, to: "OrgUnit") -> tuple[str, str]:
        locked = OrgUnit.objects.select_for_update().order_by("pk").in_bulk([self.pk, to.pk])
        old, target = locked[self.pk].path, locked[to.pk].path
        if target.startswith(old):
            raise Refused("unit_below_itself", str(_("A unit cannot move below itself.")), field="parent")
        return old, f"{target}{self.code}/"

    def rename(self, name: str, *, place: str, by: Any, at: Any) -> None:
        if (name, place) == (self.name, self.place):
            return
        with transaction.atomic():
            self.name, self.place = name, place
            self.save(update_fields=["name", "place"])
            record.emit(UnitRenamed(unit_id=str(self.pk), name=name, place=place), subject=self, by=by, at=at)

    def appoint(self, head: Any, *, by: Any, at: Any) -> None:
        """Whoever heads a unit holds the head's role over it, without a grant row."""
        with transaction.atomic():
            before, self.head = self.head_id, head
            self.save(update_fields=["head"])
            fact = HeadAppointed(
                unit_id=str(self.pk),
                head_id=str(head.pk) if head else "",
                previous_id=str(before or ""),
            )
            record.emit(fact, subject=self, by=by, at=at)

    def employ(self, entity: LegalEntity | None, *, by: Any, at: Any) -> None:
        """For whoever is hired here or below from now on; None is 'as above'. People on file keep their employer."""
        with transaction.atomic():
            kept = OrgUnit.objects.select_for_update().get(pk=self.pk)
            before, now = kept.legal_entity_id, entity.pk if entity else None
            if before == now:
                return
            if entity is None:
                kept._refuse_leaving_bare()
            OrgUnit.objects.filter(pk=self.pk).update(legal_entity=entity)
            self.legal_entity = entity
            fact = EmployerSet(unit_id=str(self.pk), employer_id=str(now or ""), previous_id=str(before or ""))
            record.emit(fact, subject=self, by=by, at=at)

    def _refuse_leaving_bare(self) -> None:
        """Nobody could be hired at a unit that no employer answers for. At the top that is right where each unit at the
        bottom has one of its own; elsewhere a wrong employer is replaced, not taken away."""
        if self.employer_above():
            return
        below = OrgUnit.objects.under(self).exclude(pk=self.pk).naming_an_employer()
        at_the_bottom = OrgUnit.objects.under(self).filter(children=None).order_by("path")
        if bare := at_the_bottom.exclude(under_paths("path", set(below.values_list("path", flat=True)))).first():
            words = _("%(unit)s would be left without an employer. Choose another one, or name one for it first.")
            raise Refused("employer_missing", str(words) % {"unit": bare.name}, field="employer")

    # --- Asking -----------------------------------------------------------------------------------------
    def ancestors(self) -> OrgUnitQuerySet:
        """Nearest first, without the unit itself."""
        above = path_prefixes(self.path)[:-1]
        return OrgUnit.objects.filter(path__in=above).order_by("-path")

    def employer_entity(self) -> LegalEntity | None:
        return self.legal_entity if self.legal_entity_id else self.employer_above()

    def employer_above(self) -> LegalEntity | None:
        """Who employs here unless the unit names one of its own."""
        nearest = self.ancestors().naming_an_employer().select_related("legal_entity").first()
        return nearest.legal_entity if nearest else None

    @property
    def depth(self) -> int:
        return self.path.count("/") - 2
