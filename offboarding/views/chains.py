from typing import Any

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ehr import access, clock
from ehr.access import requires
from ehr.once import once

from .. import operations as ops
from ..chain_forms import ChainForm, NoteForm, StepForm, TrialForm, initial_new, initial_of
from ..models import CaseState, Chain, ChainVersion
from ..permissions import Permission
from ..words import finding_words

LIVE = [CaseState.SUBMITTED, CaseState.IN_APPROVAL, CaseState.RETURNED, CaseState.APPROVED]


@require_http_methods(["GET", "POST"])
@requires(Permission.EDIT_CHAIN)
@once
def chains(request: HttpRequest) -> HttpResponse:
    form, at = ChainForm(request.POST or None), clock.now()
    if request.method == "POST" and form.attempt(lambda said: ops.draw_chain(by=request.user, at=at, **said)):
        return redirect("offboarding:chain", form.result.pk)
    rows = Chain.objects.select_related("unit").prefetch_related("versions").order_by("kind", "unit__path", "min_grade")
    status = 422 if request.method == "POST" else 200
    return render(request, "offboarding/chains.html", {"chains": rows, "form": form}, status=status)


@require_GET
@requires(Permission.EDIT_CHAIN)
def chain(request: HttpRequest, pk: Any) -> HttpResponse:
    chain = _chain(pk)
    return _editor(request, chain, chain.draft or chain.in_force)


@require_POST
@requires(Permission.EDIT_CHAIN)
@once
def draft(request: HttpRequest, pk: Any) -> HttpResponse:
    _chain(pk).open_draft(by=request.user, at=clock.now())
    return redirect("offboarding:chain", pk)


@require_http_methods(["GET", "POST"])
@requires(Permission.EDIT_CHAIN)
@once
def new_step(request: HttpRequest, pk: Any, position: int) -> HttpResponse:
    """A step that goes in at this position."""
    chain, at = _chain(pk), clock.now()
    version = _draft(chain)
    form = StepForm(request.POST or None, kind=chain.kind, initial=initial_new(chain.kind))
    if request.method == "POST" and form.attempt(
        lambda said: version.put_step(step=form.step(None), at_position=position, by=request.user, at=at)
    ):
        return redirect("offboarding:chain", pk)
    return _editor(request, chain, version, form=form, new_at=position)


@require_http_methods(["GET", "POST"])
@requires(Permission.EDIT_CHAIN)
@once
def step(request: HttpRequest, pk: Any, position: int) -> HttpResponse:
    chain, at = _chain(pk), clock.now()
    version = _draft(chain)
    row = get_object_or_404(version.steps.select_related("named"), position=position)
    form = StepForm(request.POST or None, kind=chain.kind, initial=initial_of(row))
    if request.method == "POST" and form.attempt(
        lambda said: version.put_step(step=form.step(row), at_position=None, by=request.user, at=at)
    ):
        return redirect("offboarding:chain", pk)
    return _editor(request, chain, version, form=form, editing=position)


@require_POST
@requires(Permission.EDIT_CHAIN)
@once
def step_removal(request: HttpRequest, pk: Any, position: int) -> HttpResponse:
    _draft(_chain(pk)).remove_step(position=position, by=request.user, at=clock.now())
    return redirect("offboarding:chain", pk)


@require_POST
@requires(Permission.EDIT_CHAIN)
@once
def step_place(request: HttpRequest, pk: Any, position: int) -> HttpResponse:
    to = position + (-1 if request.POST.get("direction") == "up" else 1)
    _draft(_chain(pk)).move_step(position=position, to=to, by=request.user, at=clock.now())
    return redirect("offboarding:chain", pk)


@require_POST
@requires(Permission.EDIT_CHAIN)
@once
def review(request: HttpRequest, pk: Any) -> HttpResponse:
    chain, form, at = _chain(pk), NoteForm(request.POST), clock.now()
    version = _draft(chain)
    if not form.attempt(lambda said: ops.ask_review(version=version, note=said["note"], by=request.user, at=at)):
        return _editor(request, chain, version, note=form)
    messages.success(request, _("A second person has been asked to publish it."))
    return redirect("offboarding:chain", pk)


@require_POST
@requires(Permission.PUBLISH_CHAIN)
@once
def publication(request: HttpRequest, pk: Any) -> HttpResponse:
    ops.publish(version=_draft(_chain(pk)), by=request.user, at=clock.now())
    messages.success(request, _("In force for new cases. Running cases keep their version."))
    return redirect("offboarding:chain", pk)


@require_POST
@requires(Permission.EDIT_CHAIN)
@once
def taking_back(request: HttpRequest, pk: Any) -> HttpResponse:
    ops.take_back(version=_draft(_chain(pk)), by=request.user, at=clock.now())
    return redirect("offboarding:chain", pk)


@require_POST
@requires(Permission.EDIT_CHAIN)
@once
def discard(request: HttpRequest, pk: Any) -> HttpResponse:
    _draft(_chain(pk)).discard(by=request.user, at=clock.now())
    return redirect("offboarding:chain", pk)


def _chain(pk: Any) -> Chain:
    return get_object_or_404(Chain.objects.select_related("unit"), pk=pk)


def _draft(chain: Chain) -> ChainVersion:
    version: ChainVersion = get_object_or_404(chain.versions.filter(state__in=["draft", "review"]))
    version.chain = chain
    return version


def _editor(request: HttpRequest, chain: Chain, version: ChainVersion | None, **parts: Any) -> HttpResponse:
    running = Count("cases", filter=Q(cases__state__in=LIVE))
    trial = TrialForm(request.GET if "employee_number" in request.GET else None)
    context = {
        "chain": chain,
        "version": version,
        "steps": list(version.steps.select_related("named")) if version else [],
        "problems": [finding_words(code) for code in version.problems()] if version else [],
        "versions": chain.versions.select_related("edited_by", "published_by")
        .annotate(running=running)
        .order_by("-number"),
        "others": Chain.objects.filter(kind=chain.kind).select_related("unit").exclude(pk=chain.pk),
        "can_publish": access.has(request.user, Permission.PUBLISH_CHAIN),
        "trial_form": trial,
        "trial": _trial(version, trial),
        "note": NoteForm(),
    }
    return render(request, "offboarding/chain.html", context | parts, status=422 if request.method == "POST" else 200)


def _trial(version: ChainVersion | None, form: TrialForm) -> list[ops.Trial]:
    if version is None or not form.is_bound or not form.is_valid():
        return []
    said = form.cleaned_data
    return ops.try_chain(version, employment=said["employee_number"], cost=said["cost"], at=clock.now())
