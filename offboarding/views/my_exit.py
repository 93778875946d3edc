from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from ehr import clock
from ehr.access import requires
from ehr.errors import Refused, WrongState
from ehr.identity import signing
from ehr.identity.door_access import narrow_door
from ehr.once import once
from employees.models import Employment
from employees.queries import employment_of

from .. import operations as ops
from ..forms import AmendForm, OptionalTextForm, ResignationForm
from ..permissions import Permission
from ..queries import my_exit as queries
from .doors import own_case


@require_GET
@requires(Permission.VIEW_CASE)
def my_exit(request: HttpRequest) -> HttpResponse:
    return _page(request)


@narrow_door
@require_GET
@requires(Permission.VIEW_CASE)
def door_exit(request: HttpRequest) -> HttpResponse:
    """Behind the narrow door: what the company still has to do for the person, and until when."""
    template = "offboarding/_door_exit.html" if request.headers.get("HX-Request") else "offboarding/door_exit.html"
    return render(request, template, {"exit": queries.after_exit(request.user)})


@require_POST
@requires(Permission.FILE_RESIGNATION)
def signing_code(request: HttpRequest) -> HttpResponse:
    """The code that signs goes to the own address. What was written stays in the form, also without scripts."""
    sent, problem = None, ""
    try:
        sent = ops.send_signing_code(employment=_employment(request), by=request.user, at=clock.now())
    except Refused as refusal:
        problem = refusal.detail
    status = 422 if problem else 200
    if request.headers.get("HX-Request"):
        return render(request, "offboarding/_code_sent.html", {"sent": sent, "problem": problem})
    said = request.POST.dict() | {"items": request.POST.getlist("items")}
    form = ResignationForm(initial=said)
    return _page(request, status=status, form=form, sent=sent, problem=problem)


@require_POST
@requires(Permission.FILE_RESIGNATION)
def resignation(request: HttpRequest) -> HttpResponse:
    """The try counts before the transaction begins that a wrong code takes back."""
    signing.count_try(user=request.user, act=ops.SIGNS_NOTICE)
    return _resignation(request)


@once
def _resignation(request: HttpRequest) -> HttpResponse:
    employment = _employment(request)
    form, at = ResignationForm(request.POST), clock.now()
    if not form.attempt(lambda said: _file(employment, said, request.user, at)):
        return _page(request, form=form, status=422)
    messages.success(request, _("Filed. Your notice counts from now."))
    return redirect("offboarding:my_exit")


@require_POST
@requires(Permission.FILE_RESIGNATION)
@once
def amendment(request: HttpRequest) -> HttpResponse:
    case, at = own_case(request), clock.now()
    form = AmendForm(request.POST)
    if not form.attempt(lambda said: _send_again(case, said, request.user, at)):
        return _page(request, amend=form, status=422)
    messages.success(request, _("Sent again. The day you filed stays the same."))
    return redirect("offboarding:my_exit")


@require_POST
@requires(Permission.WITHDRAW_CASE)
@once
def withdrawal(request: HttpRequest) -> HttpResponse:
    case, form = own_case(request), OptionalTextForm(request.POST)
    reason = form.cleaned_data["text"] if form.is_valid() else ""
    now = ops.withdraw(case=case, reason=reason, by=request.user, at=clock.now())
    messages.success(request, _("Withdrawn.") if now else _("HR has been asked and will answer you."))
    return redirect("offboarding:my_exit")


@require_POST
@requires(Permission.WITHDRAW_CASE)
@once
def stay(request: HttpRequest) -> HttpResponse:
    """Taking the notice back because of what was offered."""
    ops.accept_retention(case=own_case(request), by=request.user, at=clock.now())
    messages.success(request, _("Glad that you stay."))
    return redirect("offboarding:my_exit")


def _employment(request: HttpRequest) -> Employment:
    employment = employment_of(request.user)
    if employment is None:
        raise WrongState(_("No employment is linked to this login"))
    return employment


def _page(request: HttpRequest, *, status: int = 200, **forms: object) -> HttpResponse:
    page = queries.my_exit(request.user, at=clock.now())
    wish = {"requested_last_working_date": page.notice_end}
    returned = page.case is not None and page.case.state == "returned"
    context = {"page": page, "form": ResignationForm(initial=wish), "amend": _amend(page.case) if returned else None}
    return render(request, "offboarding/my_exit.html", context | forms, status=status)


def _amend(case):  # type: ignore[no-untyped-def]
    return AmendForm(initial={"kind": case.kind, "items": case.forced_items})


def _file(employment, said, by, at):  # type: ignore[no-untyped-def]
    return ops.file_resignation(
        employment=employment,
        requested_last_working_date=said["requested_last_working_date"],
        reason=said["reason"],
        typed_name=said["typed_name"],
        code=said["code"],
        kind=said["kind"],
        items=said["items"],
        by=by,
        at=at,
    )


def _send_again(case, said, by, at):  # type: ignore[no-untyped-def]
    ops.amend_case(case=case, by=by, at=at, **said)
    ops.submit_case(case=case, by=by, at=at)
