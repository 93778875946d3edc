"""The editor of handover templates: an item at a time, seen as the person will see it, published by a second person."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ehr import access, clock
from ehr.access import requires
from ehr.once import once
from handover import generation, operations, queries
from handover.models import Handover, Template, TemplateItem
from handover.permissions import Permission
from handover.rules.checklist import ItemPlan
from handover.template_forms import FieldForm, ItemForm, LayerForm, NoteForm, TrialForm


@require_http_methods(["GET", "POST"])
@requires(Permission.VIEW_TEMPLATES)
@once
def templates(request: HttpRequest) -> HttpResponse:
    form, at = LayerForm(request.POST or None), clock.now()
    if request.method == "POST" and not access.has(request.user, Permission.EDIT_TEMPLATES):
        raise access.Forbidden(Permission.EDIT_TEMPLATES)
    if request.method == "POST" and form.attempt(lambda said: operations.open_draft(**said, by=request.user, at=at)):
        return redirect(form.result)
    context = {
        "rows": queries.templates(request.user),
        "form": form,
        "may_edit": access.has(request.user, Permission.EDIT_TEMPLATES),
    }
    return render(request, "handover/templates.html", context, status=422 if request.method == "POST" else 200)


@require_GET
@requires(Permission.VIEW_TEMPLATES)
def template(request: HttpRequest, pk: UUID) -> HttpResponse:
    return _editor(request, _template(request, pk), key=request.GET.get("item", ""))


@require_POST
@requires(Permission.EDIT_TEMPLATES)
@once
def draft(request: HttpRequest, pk: UUID) -> HttpResponse:
    row = _template(request, pk)
    made = operations.open_draft(job_family=row.job_family, unit=row.unit, by=request.user, at=clock.now())  # type: ignore[arg-type]
    return redirect(made)


@require_POST
@requires(Permission.EDIT_TEMPLATES)
@once
def template_items(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A new item of this layer."""
    row = _template(request, pk)
    access.check(request.user, Permission.EDIT_TEMPLATES, row)
    form = ItemForm(request.POST, of_unit=row.unit_id is not None)
    new = TemplateItem(key=f"own-{row.version}-{row.items.count() + 1}-{str(row.pk)[-4:]}")
    if form.attempt(
        lambda said: operations.put_item(template=row, item=form.item(new), by=request.user, at=clock.now())
    ):
        return redirect(f"{row.get_absolute_url()}?item={new.key}")
    return _editor(request, row, key="", new_form=form)


@require_POST
@requires(Permission.EDIT_TEMPLATES)
@once
def template_item(request: HttpRequest, pk: UUID, key: str) -> HttpResponse:
    row, item, above = _item(request, pk, key)
    form = ItemForm(request.POST, of_unit=row.unit_id is not None, above=above, initial=_initial(item))
    if form.attempt(
        lambda said: operations.put_item(template=row, item=form.item(item), by=request.user, at=clock.now())
    ):
        return redirect(f"{row.get_absolute_url()}?item={key}")
    return _editor(request, row, key=key, form=form)


@require_POST
@requires(Permission.EDIT_TEMPLATES)
@once
def template_item_removal(request: HttpRequest, pk: UUID, key: str) -> HttpResponse:
    """Of the group's template the item; of a unit's layer what the unit says about it."""
    row, _item_row, _above = _item(request, pk, key)
    operations.remove_item(template=row, key=key, by=request.user, at=clock.now())  # type: ignore[arg-type]
    return redirect(row)


@require_POST
@requires(Permission.EDIT_TEMPLATES)
@once
def template_fields(request: HttpRequest, pk: UUID, key: str) -> HttpResponse:
    """{label, type, required}: one more field · {require: name}: one of the kind's that has to be filled in here ·
    {remove: name}: without it again."""
    row, item, _above = _item(request, pk, key)
    kept = [field for field in item.extra if field.name not in request.POST.getlist("remove")]
    form = FieldForm(request.POST, among=kept)
    if form.attempt(
        lambda said: operations.put_item(template=row, item=form.item(item), by=request.user, at=clock.now())
    ):
        return redirect(f"{row.get_absolute_url()}?item={key}")
    return _editor(request, row, key=key, field_form=form)


@require_POST
@requires(Permission.EDIT_TEMPLATES)
@once
def template_review(request: HttpRequest, pk: UUID) -> HttpResponse:
    row, form, at = _template(request, pk), NoteForm(request.POST), clock.now()
    access.check(request.user, Permission.EDIT_TEMPLATES, row)
    if not form.attempt(lambda said: operations.ask_review(template=row, note=said["note"], by=request.user, at=at)):
        return _editor(request, row, key="", note=form)
    messages.success(request, _("A second person has been asked to publish it."))
    return redirect(row)


@require_POST
@requires(Permission.PUBLISH_TEMPLATES)
@once
def template_publication(request: HttpRequest, pk: UUID) -> HttpResponse:
    row = _template(request, pk)
    operations.publish_draft(template=row, by=request.user, at=clock.now())  # type: ignore[arg-type]
    messages.success(request, _("In force for new handovers. Running ones keep their version."))
    return redirect(row)


@require_POST
@requires(Permission.EDIT_TEMPLATES)
@once
def template_taking_back(request: HttpRequest, pk: UUID) -> HttpResponse:
    row = _template(request, pk)
    operations.take_back(template=row, by=request.user, at=clock.now())  # type: ignore[arg-type]
    return redirect(row)


@require_POST
@requires(Permission.EDIT_TEMPLATES)
@once
def template_discard(request: HttpRequest, pk: UUID) -> HttpResponse:
    operations.discard_draft(template=_template(request, pk), by=request.user, at=clock.now())  # type: ignore[arg-type]
    return redirect("handover:templates")


def _template(request: HttpRequest, pk: UUID) -> Template:
    return get_object_or_404(Template.objects.visible_to(request.user).select_related("unit"), pk=pk)  # type: ignore[arg-type]


def _item(request: HttpRequest, pk: UUID, key: str) -> tuple[Template, TemplateItem, TemplateItem | None]:
    """This layer's item, or a copy of the group's that becomes this layer's when it is saved."""
    row = _template(request, pk)
    access.check(request.user, Permission.EDIT_TEMPLATES, row)
    line = queries.line_of(queries.lines_of(row), key)
    if line is None:
        return row, get_object_or_404(row.items, key=key), None
    if line.own:
        return row, line.own, line.above
    assert line.above
    copy = line.above.copy_to(row)
    copy.extra, copy.locked = [], False
    return row, copy, line.above


def _trial(row: Template, form: TrialForm) -> list[ItemPlan]:
    """The list this person would get, written nowhere."""
    if not form.is_valid():
        return []
    employment = form.cleaned_data["employee_number"]
    unsaved = Handover(employment=employment, leaver=employment.person.user)
    return generation.plans_for([unsaved], today=clock.today(), trying=row)[unsaved.pk][0]


def _may(request: HttpRequest, permission: Permission, row: Template) -> bool:
    return Template.objects.visible_to(request.user, permission).filter(pk=row.pk).exists()  # type: ignore[arg-type]


def _initial(item: TemplateItem | None) -> dict[str, Any]:
    names = ("title", "kind", "hint", "confirmer", "evidence_required", "witness_required")
    names += ("days_before_end", "locked", "removed")
    return {name: getattr(item, name) for name in names} if item else {"days_before_end": 2}


def _editor(request: HttpRequest, row: Template, *, key: str, **parts: Any) -> HttpResponse:
    groups = queries.lines_of(row)
    line = queries.line_of(groups, key)
    is_draft, of_unit = row.state == Template.State.DRAFT, row.unit_id is not None
    may_draft = _may(request, Permission.EDIT_TEMPLATES, row)
    trial = TrialForm(request.GET if "employee_number" in request.GET else None)
    shown = (line.own or line.above) if line else None
    context = {
        "template": row,
        "groups": groups,
        "line": line,
        "may_edit": is_draft and may_draft,
        "may_draft": may_draft,
        "may_publish": _may(request, Permission.PUBLISH_TEMPLATES, row),
        "versions": queries.versions_of(row),
        "layers": queries.layers_of(request.user, row),
        "form": ItemForm(of_unit=of_unit, above=line.above if line and of_unit else None, initial=_initial(shown)),
        "new_form": ItemForm(of_unit=of_unit, initial=_initial(None)),
        "field_form": FieldForm(among=[]),
        "note": NoteForm(),
        "trial_form": trial,
        "trial": _trial(row, trial),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "handover/template.html", context | parts, status=status)
