from django.db import models
from django.utils.translation import gettext_lazy as _

from ehr.lib.ids import uuid7
from employees.models import JobFamily
from handover.models.choices import Confirmer, Group, Kind
from handover.rules import items
from handover.rules.checklist import ItemPlan


class TemplateQuerySet(models.QuerySet["Template"]):
    def in_force(self) -> "TemplateQuerySet":
        return self.filter(state=Template.State.IN_FORCE)


class Template(models.Model):
    """What people of one job family hand over. Without a unit it is the group's; a unit adds to it or replaces items.

    Published versions never change: a running handover keeps the items it was given."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
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
                condition=models.Q(state="in_force"),
                name="one_template_in_force",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} v{self.version}"

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
    days_before_end = models.PositiveSmallIntegerField(_("working days before the last one"), default=0)
    locked = models.BooleanField(_("units can't change it"), default=False)
    removed = models.BooleanField(_("left out by this unit"), default=False)

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
            days_before_end=self.days_before_end,
            locked=self.locked,
            removed=self.removed,
        )
