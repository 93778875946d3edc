"""Templates: drafted, checked by a second person, put into force. A published version is never changed."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from ehr import access, deadlines
from ehr.access.roles import Role
from ehr.errors import Refused
from employees.models import JobFamily
from handover.models import Template, TemplateItem
from handover.permissions import Permission
from handover.rules.items import (
    CONFIRMER_OF,
    FIELDS,
    GROUP_OF,
    MOST_EXTRA_FIELDS,
    Kind,
    as_field,
    problem_of_label,
)
from handover.shipped import shipped

if TYPE_CHECKING:
    from ehr.identity.models import User
    from ehr.units.models import OrgUnit

REVIEW = "handover.template_review"


@transaction.atomic
def load_templates(*, at: datetime) -> int:
    """The shipped six, for every family that has no template yet. Safe to run again."""
    known = set(Template.objects.filter(unit=None).values_list("job_family", flat=True))
    missing = [spec for spec in shipped() if spec["job_family"] not in known]
    for spec in missing:
        publish(job_family=spec["job_family"], title=spec["title"], items=spec["items"], at=at)
    return len(missing)


@transaction.atomic
def publish(*, job_family: str, title: str, items: list[dict[str, Any]], at: datetime, unit: Any = None) -> Template:
    """A new version; the one in force retires, running handovers keep what they were given."""
    earlier = Template.objects.select_for_update().filter(job_family=job_family, unit=unit).order_by("-version")
    last = earlier.first()
    Template.objects.filter(job_family=job_family, unit=unit).in_force().update(state=Template.State.RETIRED)
    template = Template.objects.create(
        job_family=job_family,
        unit=unit,
        title=title,
        version=last.version + 1 if last else 1,
        state=Template.State.IN_FORCE,
        created_at=at,
    )
    TemplateItem.objects.bulk_create(row(template, position, **item) for position, item in enumerate(items))
    return template


@transaction.atomic
def open_draft(*, job_family: str, unit: "OrgUnit | None", by: "User", at: datetime) -> Template:
    """The draft there is, else a copy of the version in force; a unit that had none begins with an empty one."""
    same = Template.objects.select_for_update().filter(job_family=job_family, unit=unit).order_by("-version")
    versions = list(same)
    for version in versions:
        if version.state in (Template.State.DRAFT, Template.State.REVIEW):
            return version
    group = Template.objects.in_force().filter(job_family=job_family, unit=None).first()
    last = versions[0] if versions else None
    draft = Template.objects.create(
        job_family=job_family,
        unit=unit,
        title=(last or group).title if last or group else str(dict(JobFamily.choices)[job_family]),
        version=last.version + 1 if last else 1,
        state=Template.State.DRAFT,
        created_at=at,
        edited_by=by,
    )
    access.check(by, Permission.EDIT_TEMPLATES, draft)
    source = next((version for version in versions if version.state == Template.State.IN_FORCE), None)
    TemplateItem.objects.bulk_create(item.copy_to(draft) for item in source.items.all()) if source else None
    return draft


@transaction.atomic
def put_item(*, template: Template, item: TemplateItem, by: "User", at: datetime) -> TemplateItem:
    """A new or changed item of a draft."""
    access.check(by, Permission.EDIT_TEMPLATES, template)
    _refuse_bad_labels(item)
    if item.template_id != template.pk:
        item.position = template.items.count()
    template.put_item(item, by=by, at=at)
    return item


@transaction.atomic
def remove_item(*, template: Template, key: str, by: "User", at: datetime) -> None:
    access.check(by, Permission.EDIT_TEMPLATES, template)
    template.remove_item(key, by=by, at=at)


@transaction.atomic
def ask_review(*, template: Template, note: str, by: "User", at: datetime) -> None:
    access.check(by, Permission.EDIT_TEMPLATES, template)
    template.ask_review(note=note, by=by, at=at)
    deadlines.open_deadline(
        kind=REVIEW,
        subject=template,
        role=Role.HR_MANAGER if template.unit else Role.GROUP_HR,
        unit=template.unit,
        due_at=deadlines.due_in(working_days=2, at=at),
        url=template.get_absolute_url(),
        params={"title": template.title},
        by=by,
        at=at,
    )


@transaction.atomic
def publish_draft(*, template: Template, by: "User", at: datetime) -> None:
    access.check(by, Permission.PUBLISH_TEMPLATES, template)
    template.publish(by=by, at=at)
    deadlines.close(subject=template, kind=REVIEW, by=by, at=at)


@transaction.atomic
def take_back(*, template: Template, by: "User", at: datetime) -> None:
    access.check(by, Permission.EDIT_TEMPLATES, template)
    template.take_back(by=by, at=at)
    deadlines.close(subject=template, kind=REVIEW, by=by, at=at, outcome="cancelled")


@transaction.atomic
def discard_draft(*, template: Template, by: "User", at: datetime) -> None:
    access.check(by, Permission.EDIT_TEMPLATES, template)
    template.discard(by=by, at=at)


def _refuse_bad_labels(item: TemplateItem) -> None:
    if len(item.extra) > MOST_EXTRA_FIELDS:
        raise Refused("too_many_fields", _("An item takes at most eight more fields."), field="extra")
    for label in (item.title, *(field.label for field in item.extra if field.name not in KNOWN[Kind(item.kind)])):
        if problem_of_label(label) == "asks_for_secret":
            raise Refused("asks_for_secret", _("No field asks for a password: name the system and the account."))


KNOWN = {kind: {field.name for field in fields} for kind, fields in FIELDS.items()}


def row(template: Template, position: int, *, kind: str, **fields: Any) -> TemplateItem:
    what = Kind(kind)
    fields.setdefault("confirmer", CONFIRMER_OF[what].value)
    fields["extra"] = [as_field(one) for one in fields.get("extra", ())]
    return TemplateItem(template=template, position=position, kind=kind, group=GROUP_OF[what].value, **fields)
