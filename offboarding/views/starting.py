from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ehr import access, clock
from ehr.access import requires
from ehr.once import once
from employees.models import Employment

from .. import operations as ops
from ..forms import PrepareForm, StartForm
from ..models import Case
from ..permissions import Permission
from ..proofs import steps_ahead
from ..rules import wizard
from ..rules.kinds import Starter
from ..rules.wizard import WizardStep

SCOPE = {"reports": "line_manager__person__user", "unit": "unit__path"}


@require_http_methods(["GET", "POST"])
@requires(Permission.START_CASE)
@once
def start(request: HttpRequest) -> HttpResponse:
    """Whom is it about, what happened. The draft that comes of it waits until it is sent; nothing reaches the person."""
    people = people_of(request, Permission.START_CASE)
    chosen = chosen_of(request, people)
    if chosen is None:
        return render(request, "offboarding/choose_person.html", found_of(request, people))
    form = StartForm(request.POST or None, starter=_starter(request), initial={"employment": chosen.pk})
    if request.method == "POST" and form.attempt(lambda said: _request(request, chosen, said)):
        return redirect("offboarding:wizard", form.result.pk, wizard.after(WizardStep.FACTS, form.result.kind))
    context = {"form": form, "employment": chosen, "ahead": steps_ahead(), "drafts": _drafts(request, chosen)}
    return render(request, "offboarding/start.html", context, status=422 if request.method == "POST" else 200)


@require_http_methods(["GET", "POST"])
@requires(Permission.PREPARE_EXIT)
@once
def preparations(request: HttpRequest) -> HttpResponse:
    form = PrepareForm(request.POST or None)
    if request.method == "POST" and form.attempt(lambda said: _prepare(request, said)):
        messages.success(request, _("Prepared. Only HR and the people named here know."))
        return redirect(form.result.url)
    rows = Case.objects.visible_to(request.user, Permission.VIEW_CONFIDENTIAL).filter(kind="pre_offboarding")
    context = {"form": form, "cases": rows.for_page().order_by("-id")[:50]}
    status = 422 if request.method == "POST" else 200
    return render(request, "offboarding/preparations.html", context, status=status)


def people_of(request: HttpRequest, permission: str) -> Any:
    reached = Employment.objects.filter(access.scope(request.user, permission, **SCOPE))
    others = reached.exclude(person__user=request.user).exclude(status="left")
    return others.select_related("person", "unit", "line_manager__person")


def chosen_of(request: HttpRequest, people: Any) -> Employment | None:
    pk = request.POST.get("employment") or request.GET.get("employment")
    try:
        return get_object_or_404(people, pk=pk) if pk else None
    except ValidationError:
        raise Http404 from None


def found_of(request: HttpRequest, people: Any) -> dict[str, Any]:
    q = request.GET.get("q", "").strip()[:60]
    found = people.filter(pk__in=Employment.objects.search(q).values("pk")) if q else people
    return {"people": found.order_by("employee_number")[:30], "q": q}


def _drafts(request: HttpRequest, employment: Employment) -> Any:
    """Begun and put aside: to be gone on with instead of begun anew."""
    return Case.objects.filter(employment=employment, state="draft", started_by=request.user).exclude(
        kind="pre_offboarding"
    )


def _starter(request: HttpRequest) -> Starter:
    return Starter.HR if access.has(request.user, Permission.MANAGE_CASE) else Starter.MANAGER


def _request(request: HttpRequest, employment: Employment, said: dict[str, Any]) -> Case:
    at = clock.now()
    said = {key: value for key, value in said.items() if key != "employment"}
    wish = {"ground": "", "requested_last_working_date": None}
    return ops.request_ending(employment=employment, starter=_starter(request), by=request.user, at=at, **said, **wish)


def _prepare(request: HttpRequest, said: dict[str, Any]) -> Case:
    people = people_of(request, Permission.PREPARE_EXIT)
    employment = get_object_or_404(people, employee_number=said.pop("employee_number"))
    return ops.prepare_exit(employment=employment, by=request.user, at=clock.now(), **said)
