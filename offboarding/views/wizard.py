"""Asking for an ending step by step. Every step keeps what it is told, so a draft waits as long as it has to."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ehr import clock
from ehr.access import requires
from ehr.errors import Forbidden
from ehr.once import once
from ehr.rule_form import RuleForm

from .. import may
from .. import operations as ops
from ..law_forms import DaysForm, FactsForm, GroundForm
from ..models import Case
from ..permissions import Permission
from ..queries.wizard_page import step_of, wizard_page
from ..rules import wizard as steps
from ..rules.wizard import WizardStep
from ..wizard_pages import shown
from .doors import back_to, others_case

FORMS: dict[WizardStep, Callable[..., RuleForm]] = {
    WizardStep.FACTS: lambda case, data: FactsForm(data, initial={"reason": case.reason}),
    WizardStep.GROUND: lambda case, data: GroundForm(data, kind=case.kind, initial={"ground": case.ground}),
    WizardStep.DATES: lambda case, data: DaysForm(data, ground=case.ground, initial=_days(case)),
}


@require_http_methods(["GET", "POST"])
@requires(Permission.VIEW_CASE)
@once
def wizard(request: HttpRequest, pk: Any, step: str) -> HttpResponse:
    case, at = others_case(request, pk), clock.now()
    at_step = _step(request, case, step)
    if request.method == "POST" and at_step not in FORMS:
        return HttpResponseNotAllowed(["GET"])
    if request.method == "POST" and not may.may(request.user, Permission.START_CASE, case):
        raise Forbidden(Permission.START_CASE)
    form = FORMS[at_step](case, request.POST or None) if at_step in FORMS else None
    if request.method == "POST" and form and form.attempt(lambda said: _keep(request, case, said, at)):
        return back_to(request, _address(case, steps.after(at_step, case.kind)))
    return _page(request, wizard_page(request.user, case, at_step, at=at), form)


@require_http_methods(["GET", "POST"])
@requires(Permission.START_CASE)
def submission(request: HttpRequest, pk: Any) -> HttpResponse:
    """The last step. A refusal stands on the summary with its article."""
    case, at = others_case(request, pk, Permission.START_CASE), clock.now()
    if request.method == "GET":
        return redirect(_address(case, WizardStep.SUMMARY))
    form = RuleForm(request.POST)
    if form.attempt(lambda said: ops.count_sending(case, by=request.user, at=at)):
        return _send(request, case, form)
    return _page(request, wizard_page(request.user, case, WizardStep.SUMMARY, at=at), form)


@once
def _send(request: HttpRequest, case: Case, form: RuleForm) -> HttpResponse:
    at = clock.now()
    if form.attempt(lambda said: ops.submit_case(case=case, by=request.user, at=at)):
        messages.success(request, _("Sent for decision."))
        return back_to(request, case.url)
    case.refresh_from_db()
    return _page(request, wizard_page(request.user, case, WizardStep.SUMMARY, at=at), form)


def _page(request: HttpRequest, page: Any, form: RuleForm | None) -> HttpResponse:
    status = 422 if form is not None and form.errors else 200
    context = {"page": page, "case": page.case, "form": form, **shown(page)}
    return render(request, f"offboarding/wizard/{page.step}.html", context, status=status)


def _step(request: HttpRequest, case: Case, name: str) -> WizardStep:
    step = step_of(case, name)
    if step is None or case.is_notice or case.kind == "pre_offboarding":
        raise Http404
    if not may.may_read_law(request.user, case):
        raise Forbidden(Permission.VIEW_REASON)
    return step


def _keep(request: HttpRequest, case: Case, said: dict[str, Any], at: datetime) -> None:
    ops.amend_case(case=case, by=request.user, at=at, **said)


def _days(case: Case) -> dict[str, Any]:
    return {"requested_last_working_date": case.requested_last_working_date, "pay_in_lieu": case.pay_in_lieu}


def _address(case: Case, step: WizardStep) -> str:
    return f"{case.url}wizard/{step}/"
