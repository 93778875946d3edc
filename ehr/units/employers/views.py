from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from ehr import access, clock
from ehr.documents.seal import seal_of
from ehr.once import once
from ehr.paging import page_of
from ehr.units.employers.changing import change_employer, change_seal, employer_on_file, employer_version, remove_seal
from ehr.units.employers.forms import EmployerForm, NewEmployerForm, SealForm, SealRemovalForm
from ehr.units.employers.history import history
from ehr.units.models import LegalEntity
from ehr.units.permissions import Permission


@require_http_methods(["GET", "POST"])
@access.requires(Permission.MANAGE_EMPLOYERS)
@once
def entities(request: HttpRequest) -> HttpResponse:
    """Every employer of the group; a new one is entered beside the list."""
    form, at = NewEmployerForm(request.POST if request.method == "POST" else None), clock.now()
    if form.is_bound and form.attempt(lambda said: LegalEntity.add(**said, by=request.user, at=at)):
        messages.success(request, _("Entered. Name it at the units whose people it employs."))
        return redirect("units:entity", pk=form.result.pk)
    visible = LegalEntity.objects.visible_to(request.user)
    page = page_of(visible, order=["code"], cursor=request.GET.get("after", ""))
    context = {"page": page, "next": f"?after={page.next}" if page.next else "", "form": form}
    return render(request, "units/entities.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
@access.requires(Permission.MANAGE_EMPLOYERS)
@once
def entity(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Its name, its codes, whether it has a union, and its seal."""
    shown = _visible(request, pk)
    if request.method != "POST":
        return _page(request, shown)
    return _changed(request, pk, "form", EmployerForm(request.POST), change_employer)


@require_POST
@access.requires(Permission.MANAGE_EMPLOYERS)
@once
def seal(request: HttpRequest, pk: UUID) -> HttpResponse:
    form = SealForm(request.POST, request.FILES, auto_id="seal_%s")
    return _changed(request, pk, "seal_form", form, _change_seal)


@require_POST
@access.requires(Permission.MANAGE_EMPLOYERS)
@once
def seal_removal(request: HttpRequest, pk: UUID) -> HttpResponse:
    return _changed(request, pk, "removal_form", SealRemovalForm(request.POST, auto_id="removal_%s"), remove_seal)


def _change_seal(*, file: Any, **said: Any) -> bool:
    return change_seal(content=file, size=file.size, **said)


def _changed(request: HttpRequest, pk: UUID, name: str, form: Any, change: Any) -> HttpResponse:
    shown, at = _visible(request, pk), clock.now()
    status = form.change(
        lambda said: change(entity=shown, by=request.user, at=at, **said),
        on_file=lambda: employer_on_file(_visible(request, pk)),
    )
    if status != 302:
        return _page(request, _visible(request, pk), status=status, **{name: form})
    messages.success(request, _("Saved.") if form.result else _("Nothing was changed."))
    return redirect("units:entity", pk=pk)


def _visible(request: HttpRequest, pk: UUID) -> LegalEntity:
    return get_object_or_404(LegalEntity.objects.visible_to(request.user), pk=pk)


def _page(request: HttpRequest, shown: LegalEntity, *, status: int = 200, **forms: Any) -> HttpResponse:
    version = {"version": employer_version(shown)}
    context = {
        "entity": shown,
        "history": history(shown),
        "seal": mark_safe(seal_of(shown.name, shown.seal.name or "")),  # noqa: S308 - built and escaped by seal.py
        "form": EmployerForm(initial=employer_on_file(shown) | version),
        "seal_form": SealForm(initial=version, auto_id="seal_%s"),
        "removal_form": SealRemovalForm(initial=version, auto_id="removal_%s"),
    }
    return render(request, "units/entity.html", context | forms, status=status)
