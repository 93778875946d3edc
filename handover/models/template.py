from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ehr import access, record
from ehr.errors import Refused
from ehr.lib.ids import uuid7
from ehr.versions import Version
from employees.models import JobFamily
from handover import events
from handover.models.choices import Confirmer, Group, Kind
from handover.models.fields import ExtraFields
from handover.permissions import Permission
from handover.rules import items
from handover.rules.checklist import ItemPlan

if TYPE_CHECKING:
    from ehr.identity.models import User


class TemplateQuerySet(models.QuerySet["Template"]):
    def visible_to(self, user: "User", permission: str = Permission.VIEW_TEMPLATES) -> "TemplateQuerySet":
        """Everybody who looks after templates reads the group's; changing those takes the whole group."""
        reached = access.scope(user, permission, unit="unit__path")
        if permission == Permission.VIEW_TEMPLATES and access.has(user, permission):
            reached |= Q(unit=None)
        return self.filter(reached)

    def in_force(self) -> "TemplateQuerySet":
        return self.filter(state=Template.State.IN_FORCE)

    def being_edited(self) -> "TemplateQuerySet":
        return self.filter(state__in=OPEN_STATES)


class Template(Version):
    """One version of what people of one job family hand over. Without a unit it is the group's; a unit adds to it or
    replaces items. Edited as a draft, published by a second person, never changed afterwards: a running handover keeps
    the items it was given."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        REVIEW = "review", _("Waiting for a second person")
        IN_FORCE = "in_force", _("In force")
        RETIRED = "retired", _("Retired")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    job_family = models.CharField(_("job family"), max_length=20, choices=JobFamily)
    unit = models.ForeignKey("units.OrgUnit", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(_("version"), default=1)
    title = models.CharField(_("title"), max_length=100)
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    created_at = models.DateTimeField()

    objects = TemplateQuerySet.as_manager()

    class Meta:
        verbose_name = _("handover template")
        constraints = [
            models.UniqueConstraint(
                fields=["job_family", "unit", "version"], nulls_distinct=False, name="one_template_per_version"
            ),
            models.UniqueConstraint(
                fields=["job_family", "unit"],
                nulls_distinct=False,
                condition=Q(state="in_force"),
                name="one_template_in_force",
            ),
            models.UniqueConstraint(
                fields=["job_family", "unit"],
                nulls_distinct=False,
                condition=Q(state__in=["draft", "review"]),
                name="one_template_draft",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} v{self.version}"

    # --- Changing -----------------------------------------------------------------------------------------
    @transaction.atomic
    def put_item(self, item: "TemplateItem", *, by: "User", at: datetime) -> None:
        self._edit("item", by=by, at=at)
        item.template = self
        item.save()

    @transaction.atomic
    def remove_item(self, key: str, *, by: "User", at: datetime) -> None:
        self._edit("removal", by=by, at=at)
        self.items.filter(key=key).delete()

    @transaction.atomic
    def ask_review(self, *, note: str, by: "User", at: datetime) -> None:
        if not self.items.exists():
            raise Refused("template_empty", gettext("There is nothing in it yet."))
        self.move(self.State.DRAFT, self.State.REVIEW, note=note, edited_by=by)

    @transaction.atomic
    def publish(self, *, by: "User", at: datetime) -> None:
        self.refuse_editor(by)
        same = Template.objects.filter(job_family=self.job_family, unit=self.unit)
        same.in_force().select_for_update().update(state=self.State.RETIRED)
        self.move(self.State.REVIEW, self.State.IN_FORCE, published_by=by, published_at=at)
        record.emit(events.TemplatePublished(**self.facts()), subject=self, by=by, at=at)

    @transaction.atomic
    def take_back(self, *, by: "User", at: datetime) -> None:
        self.move(self.State.REVIEW, self.State.DRAFT)

    @transaction.atomic
    def discard(self, *, by: "User", at: datetime) -> None:
        self._edit("discard", by=by, at=at)
        self.delete()

    def _edit(self, change: str, *, by: "User", at: datetime) -> None:
        self.move(self.State.DRAFT, self.State.DRAFT, edited_by=by)
        record.emit(events.TemplateEdited(**self.facts(), change=change), subject=self, by=by, at=at)

    # --- Asking -------------------------------------------------------------------------------------------
    def facts(self) -> dict[str, Any]:
        return {
            "template_id": str(self.pk),
            "job_family": self.job_family,
            "unit_id": str(self.unit_id or ""),
            "version": self.version,
        }

    def get_absolute_url(self) -> str:
        return reverse("handover:template", args=[self.pk])

    def plans(self) -> list[ItemPlan]:
        return [item.plan() for item in self.items.all()]


class TemplateItem(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    template = models.ForeignKey(Template, on_delete=models.CASCADE, related_name="items")
    key = models.CharField(max_length=60)
    position = models.PositiveSmallIntegerField(default=0)
    group = models.CharField(max_length=12, choices=Group)
    kind = models.CharField(max_length=12, choices=Kind)
    title = models.CharField(_("item"), max_length=200)
    hint = models.CharField(_("hint"), max_length=300, blank=True)
    confirmer = models.CharField(_("confirmed by"), max_length=16, choices=Confirmer)
    evidence_required = models.BooleanField(_("needs proof"), default=False)
    witness_required = models.BooleanField(_("handed over before a witness"), default=False)
    days_before_end = models.PositiveSmallIntegerField(_("working days before the last one"), default=0)
    locked = models.BooleanField(_("units can't change it"), default=False)
    removed = models.BooleanField(_("left out by this unit"), default=False)
    extra = ExtraFields(_("more fields"))

    class Meta:
        verbose_name = _("template item")
        ordering = ["position", "key"]
        constraints = [models.UniqueConstraint(fields=["template", "key"], name="one_item_per_key")]

    def __str__(self) -> str:
        return self.title

    def plan(self) -> ItemPlan:
        return ItemPlan(
            key=self.key,
            kind=items.Kind(self.kind),
            group=items.Group(self.group),
            title=self.title,
            hint=self.hint,
            confirmer=items.Confirmer(self.confirmer),
            evidence_required=self.evidence_required,
            witness_required=self.witness_required,
            days_before_end=self.days_before_end,
            locked=self.locked,
            removed=self.removed,
            extra=tuple(self.extra),
        )

    def copy_to(self, template: Template) -> "TemplateItem":
        values = {name: getattr(self, name) for name in COPIED}
        return TemplateItem(template=template, **values)


OPEN_STATES = [Template.State.DRAFT, Template.State.REVIEW]
COPIED = (
    "key",
    "position",
    "group",
    "kind",
    "title",
    "hint",
    "confirmer",
    "evidence_required",
    "witness_required",
    "days_before_end",
    "locked",
    "removed",
    "extra",
)
