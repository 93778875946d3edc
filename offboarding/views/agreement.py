"""The agreement of a mutual ending: noted with its day and its paper, taken back with a reason."""

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
from ..law_forms import AgreementForm, TakeBackForm
from ..models import Case, Evidence
from ..models.evidence import AGREEMENT
from ..permissions import Permission
from ..rules.lifecycle import Action
from .doors import back_to, others_case


@require_http_methods(["GET", "POST"])
@requires(Permission.MANAGE_CASE)
@once
def agreement(request: HttpRequest, pk: Any) -> HttpResponse:
    case, at = others_case(request, pk, Permission.MANAGE_CASE), clock.now()
    if request.method == "GET":
        return _page(request, case, form=_form(case))
    form = _form(case, request.POST, request.FILES)
    if form.attempt(lambda said: ops.sign_agreement(case=case, by=request.user, at=at, **_sent(said))):
        messages.success(request, _("Noted: both have signed."))
        return back_to(request, case.url)
    return _page(request, case, form=form)


@require_POST
@requires(Permission.MANAGE_CASE)
@once
def agreement_taking_back(request: HttpRequest, pk: Any) -> HttpResponse:
    case, form, at = others_case(request, pk, Permission.MANAGE_CASE), TakeBackForm(request.POST), clock.now()
    if form.attempt(lambda said: ops.take_back_agreement(case=case, by=request.user, at=at, **said)):
        messages.success(request, _("Taken back: the agreement counts as not signed."))
        return back_to(request, case.url)
    return _page(request, case, back_form=form)


def _form(case: Case, *sent: Any) -> AgreementForm:
    return AgreementForm(*sent, on_file=Evidence.objects.agreements_of(case))


def _sent(said: dict[str, Any]) -> dict[str, Any]:
    upload = said["file"]
    scan = ops.Scan(name=upload.name, size=upload.size, content=upload) if upload else None
    return {"signed_on": said["signed_on"], "scan": scan, "paper": said.get("paper")}


def _page(request: HttpRequest, case: Case, *, form: Any = None, back_form: Any = None) -> HttpResponse:
    actions = case.actions()
    context = {
        "case": case,
        "form": (form or _form(case)) if Action.SIGN_AGREEMENT in actions else None,
        "back_form": (back_form or TakeBackForm()) if Action.TAKE_BACK_AGREEMENT in actions else None,
        "papers": Evidence.objects.filter(case=case, paper=AGREEMENT).order_by("-id"),
    }
    return render(request, "offboarding/agreement.html", context, status=422 if request.method == "POST" else 200)
