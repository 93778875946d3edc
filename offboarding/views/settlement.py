"""结算单 of one exit: look, calculate, send, confirm, pay. The leaver sees their own once it is confirmed."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ehr import clock
from ehr.access import requires
from ehr.once import once

from .. import operations as ops
from ..models import Case, Settlement
from ..operations.settling import as_read, current
from ..permissions import Permission
from ..queries.settlement_page import grounds_of, settlement_page
from ..settlement_forms import ConfirmationForm, InputsForm, JudgementForm, PaymentForm, PayMonthForm
from .doors import back_to, case_or_404, others_case, refuse_own


@require_http_methods(["GET", "POST"])
@requires(Permission.VIEW_SETTLEMENT)
@once
def settlement(request: HttpRequest, pk: Any) -> HttpResponse:
    """GET shows the newest version; POST calculates the next one."""
    needed = Permission.CALCULATE_SETTLEMENT if request.method == "POST" else Permission.VIEW_SETTLEMENT
    case, at = case_or_404(request, pk, needed), clock.now()
    if request.method == "GET":
        return _page(request, case)
    refuse_own(request, case)
    form = InputsForm(request.POST, grounds=grounds_of(case))
    if form.attempt(lambda said: ops.calculate_settlement(case=case, inputs=form.inputs(), by=request.user, at=at)):
        return _said(request, case, _("Calculated."))
    return _page(request, case, inputs_form=form)


@require_GET
@requires(Permission.VIEW_SETTLEMENT)
def version(request: HttpRequest, pk: Any, nth: int) -> HttpResponse:
    case = others_case(request, pk, Permission.VIEW_SETTLEMENT)
    get_object_or_404(Settlement, case=case, nth=nth)
    return _page(request, case, nth=nth)


@require_POST
@requires(Permission.CALCULATE_SETTLEMENT)
@once
def submission(request: HttpRequest, pk: Any) -> HttpResponse:
    case = _theirs(request, pk, Permission.CALCULATE_SETTLEMENT)
    drawn, at = _as_read(request, case), clock.now()
    reasons = {code: request.POST.get(code, "")[:500] for code in drawn.codes if code in request.POST}
    form = InputsForm({}, grounds=grounds_of(case))
    if form.attempt(lambda said: ops.submit_settlement(settlement=drawn, reasons=reasons, by=request.user, at=at)):
        return _said(request, case, _("Sent to finance."))
    return _page(request, case, problems=form)


@require_POST
@requires(Permission.CONFIRM_SETTLEMENT)
@once
def confirmation(request: HttpRequest, pk: Any) -> HttpResponse:
    case = _theirs(request, pk, Permission.CONFIRM_SETTLEMENT)
    drawn, form, at = _as_read(request, case), ConfirmationForm(request.POST), clock.now()

    def decide(said: dict[str, Any]) -> None:
        if said["decision"] == "confirm":
            ops.confirm_settlement(settlement=drawn, by=request.user, at=at)
        else:
            ops.return_settlement(settlement=drawn, reason=said["comment"], by=request.user, at=at)

    return _said(request, case, _("Noted.")) if form.attempt(decide) else _page(request, case, problems=form)


@require_POST
@requires(Permission.CONFIRM_SETTLEMENT)
@once
def payment(request: HttpRequest, pk: Any, when: str) -> HttpResponse:
    case = _theirs(request, pk, Permission.CONFIRM_SETTLEMENT)
    drawn, form, at = _as_read(request, case), PaymentForm(request.POST), clock.now()
    if form.attempt(lambda said: ops.record_payment(settlement=drawn, when=when, by=request.user, at=at, **said)):
        return _said(request, case, _("The payment is noted."))
    return _page(request, case, problems=form)


@require_POST
@requires(Permission.JUDGE_ENDING)
@once
def judgement(request: HttpRequest, pk: Any) -> HttpResponse:
    case = _theirs(request, pk, Permission.JUDGE_ENDING)
    form, at = JudgementForm(request.POST), clock.now()
    if form.attempt(lambda said: ops.judge_ending(case=case, by=request.user, at=at, **said)):
        return _said(request, case, _("Noted."))
    return _page(request, case, judge_form=form)


@require_POST
@requires(Permission.CALCULATE_SETTLEMENT)
@once
def pay_months(request: HttpRequest, pk: Any) -> HttpResponse:
    """A month that the file lacks; who fills it in must be allowed to see pay."""
    case = _theirs(request, pk, Permission.CALCULATE_SETTLEMENT)
    form, at = PayMonthForm(request.POST), clock.now()
    if form.attempt(lambda said: ops.add_pay_month(case=case, by=request.user, at=at, **said)):
        return _said(request, case, _("The month is on file."))
    return _page(request, case, month_form=form)


def _theirs(request: HttpRequest, pk: Any, permission: str) -> Case:
    return others_case(request, pk, permission)


def current_or_409(case: Case) -> Settlement:
    drawn = current(case)
    if drawn is None:
        raise ops.nothing_calculated(case)
    return drawn


def _as_read(request: HttpRequest, case: Case) -> Settlement:
    read = request.POST.get("version", "")
    return as_read(case, version=int(read) if read.isdecimal() else 0)


def _said(request: HttpRequest, case: Case, words: str) -> HttpResponse:
    messages.success(request, words)
    return back_to(request, f"{case.url}settlement/")


def _page(request: HttpRequest, case: Case, *, nth: int | None = None, **forms: Any) -> HttpResponse:
    page = settlement_page(request.user, case, nth=nth, at=clock.now())
    context = {
        "page": page,
        "case": case,
        "inputs_form": InputsForm(initial=page.inputs.stored(), grounds=grounds_of(case)),
        "payment_form": PaymentForm(initial={"paid_date": page.today}),
        "confirm_form": ConfirmationForm(),
        "judge_form": JudgementForm(),
        "month_form": PayMonthForm(initial={"month": _first_missing(page.settlement)}),
    }
    return render(
        request, "offboarding/settlement.html", context | forms, status=422 if request.method == "POST" else 200
    )


def _first_missing(drawn: Settlement | None) -> str:
    gaps = drawn.gaps if drawn else []
    return next((gap["params"][0] for gap in gaps if gap["code"] == "pay_months"), "")
