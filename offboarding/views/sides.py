"""What HR does beside the chain: dates, withdrawals, retention, telling, serving, cancelling."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from ehr import clock
from ehr.access import requires
from ehr.once import once

from .. import operations as ops
from ..forms import (
    AnswerForm,
    ConvertForm,
    DatesForm,
    RetentionForm,
    RuleForm,
    TextForm,
)
from ..law_forms import WithdrawalForm
from ..models import Case
from ..permissions import Permission
from ..rules.dates import FourDates
from .doors import back_to, form_page, others_case


@require_http_methods(["GET", "POST"])
@requires(Permission.CHANGE_DATES)
@once
def dates(request: HttpRequest, pk: Any) -> HttpResponse:
    """First what would move, then the change."""
    case, at = _managed(request, pk, Permission.CHANGE_DATES), clock.now()
    form = DatesForm(request.POST or request.GET or None, initial=_dates_of(case))
    if request.method == "POST" and "preview" not in request.POST:
        if form.attempt(
            lambda said: ops.change_dates(case=case, dates_to_be=_four(case, said), by=request.user, at=at)
        ):
            messages.success(request, _("The dates and everything that hangs on them have moved."))
            return back_to(request, case.url)
    elif form.is_bound:
        form.attempt(lambda said: ops.preview(case, _four(case, said), at=at))
    context = {"case": case, "form": form, "shifts": getattr(form, "result", None)}
    template = "offboarding/_shifts.html" if request.headers.get("HX-Request") else "offboarding/dates.html"
    return render(request, template, context, status=422 if form.errors else 200)


@require_POST
@requires(Permission.WITHDRAW_CASE)
@once
def withdrawal(request: HttpRequest, pk: Any) -> HttpResponse:
    """HR takes an employer's ending back; once it binds only with the employee's signed consent."""
    case, at = _managed(request, pk, Permission.WITHDRAW_CASE), clock.now()
    form = WithdrawalForm(request.POST, request.FILES)
    return _run(
        request,
        case,
        form,
        lambda said: ops.withdraw(case=case, reason=said["text"], consent=_consent(said), by=request.user, at=at),
        done=_("Withdrawn."),
    )


@require_POST
@requires(Permission.MANAGE_CASE)
@once
def withdrawal_answer(request: HttpRequest, pk: Any) -> HttpResponse:
    case, form = _managed(request, pk), AnswerForm(request.POST)
    at = clock.now()
    return _run(
        request,
        case,
        form,
        lambda said: ops.answer_withdrawal(
            case=case, agree=said["agree"], comment=said["text"], by=request.user, at=at
        ),
    )


@require_POST
@requires(Permission.RECORD_RETENTION)
@once
def retentions(request: HttpRequest, pk: Any) -> HttpResponse:
    case, form, at = _managed(request, pk, Permission.RECORD_RETENTION), RetentionForm(request.POST), clock.now()
    return _run(request, case, form, lambda said: ops.record_retention(case=case, by=request.user, at=at, **said))


@require_POST
@requires(Permission.MANAGE_CASE)
@once
def told(request: HttpRequest, pk: Any) -> HttpResponse:
    case = _managed(request, pk)
    ops.tell_in_person(case=case, by=request.user, at=clock.now())
    return _said(request, case, _("Told. From now on the person sees everything that is theirs."))


@require_POST
@requires(Permission.MANAGE_CASE)
@once
def notice(request: HttpRequest, pk: Any) -> HttpResponse:
    """The notice of termination gets its number and goes to the clerk for the seal."""
    case = _managed(request, pk)
    paper = ops.issue_notice(case=case, by=request.user, at=clock.now())
    return _said(request, case, _("The notice %(number)s waits for its seal.") % {"number": paper.number})


@require_POST
@requires(Permission.MANAGE_CASE)
@once
def cancellation(request: HttpRequest, pk: Any) -> HttpResponse:
    case, form, at = _managed(request, pk), TextForm(request.POST), clock.now()
    return _run(
        request, case, form, lambda said: ops.cancel_case(case=case, reason=said["text"], by=request.user, at=at)
    )


@require_POST
@requires(Permission.PREPARE_EXIT)
@once
def conversion(request: HttpRequest, pk: Any) -> HttpResponse:
    case, form, at = _managed(request, pk, Permission.PREPARE_EXIT), ConvertForm(request.POST), clock.now()
    return _run(request, case, form, lambda said: ops.convert_case(case=case, by=request.user, at=at, **said))


@require_POST
@requires(Permission.PREPARE_EXIT)
@once
def standing_down(request: HttpRequest, pk: Any) -> HttpResponse:
    case, form, at = _managed(request, pk, Permission.PREPARE_EXIT), TextForm(request.POST), clock.now()
    return _run(
        request, case, form, lambda said: ops.stand_down(case=case, reason=said["text"], by=request.user, at=at)
    )


def _managed(request: HttpRequest, pk: Any, permission: str = Permission.MANAGE_CASE) -> Case:
    return others_case(request, pk, permission)


def _consent(said: dict[str, Any]) -> ops.Consent | None:
    upload = said["file"]
    if upload is None:
        return None
    scan = ops.Scan(name=upload.name, size=upload.size, content=upload)
    return ops.Consent(signed_on=said["signed_on"], scan=scan)


def _run(request: HttpRequest, case: Case, form: RuleForm, work: Any, *, done: str = "") -> HttpResponse:
    if form.attempt(work):
        return _said(request, case, done or _("Done."))
    context = {"case": case, "form": form, "title": case.number, "submit": _("Send"), "action": request.path}
    return form_page(request, "offboarding/form_page.html", context)


def _said(request: HttpRequest, case: Case, words: str) -> HttpResponse:
    messages.success(request, words)
    return back_to(request, case.url)


def _dates_of(case: Case) -> dict[str, Any]:
    return {name: getattr(case, name) for name in DatesForm.base_fields}


def _four(case: Case, said: dict[str, Any]) -> FourDates:
    assert case.filed_date is not None
    return FourDates(filed_date=case.filed_date, **said)
