"""A letter of resignation that came on paper: HR records it, the person may object, HR strikes off what was an error."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from ehr import clock
from ehr.access import requires
from ehr.errors import Forbidden
from ehr.once import once
from employees.models import Employment

from .. import operations as ops
from ..forms import LetterAgainForm, LetterForm, StrikeForm, TextForm, ToldForm
from ..models import Case, Evidence
from ..operations.told_outside import MAILED, TOLD, is_untold
from ..permissions import Permission
from ..queries.law_page import NOTICE_PAPERS
from .doors import back_to, others_case, own_case
from .starting import chosen_of, found_of, people_of

SAID = ("objection", "struck", "return", MAILED, TOLD)


@require_http_methods(["GET", "POST"])
@requires(Permission.MANAGE_CASE)
@once
def new_letter(request: HttpRequest) -> HttpResponse:
    people = people_of(request, Permission.MANAGE_CASE)
    chosen = chosen_of(request, people)
    if chosen is None:
        return render(request, "offboarding/choose_letter.html", found_of(request, people))
    form = LetterForm(request.POST or None, request.FILES or None, initial={"employment": chosen.pk})
    if request.method == "POST" and form.attempt(lambda said: _record(request, chosen, said)):
        messages.success(request, _recorded_words(form.result))
        return redirect(form.result.url)
    context = {"form": form, "employment": chosen}
    return render(request, "offboarding/letter_new.html", context, status=422 if request.method == "POST" else 200)


@require_http_methods(["GET", "POST"])
@requires(Permission.MANAGE_CASE)
@once
def letter(request: HttpRequest, pk: Any) -> HttpResponse:
    """What the person objects, and striking off what was recorded in error."""
    case, at = others_case(request, pk, Permission.MANAGE_CASE), clock.now()
    if not case.is_on_paper:
        raise Http404
    form = StrikeForm(request.POST or None)
    if request.method == "POST" and form.attempt(
        lambda said: ops.strike_letter(case=case, by=request.user, at=at, **said)
    ):
        messages.success(request, _("Struck off. The person is told."))
        return back_to(request, case.url)
    return _letter_page(request, case, form=form)


@require_POST
@requires(Permission.MANAGE_CASE)
@once
def letter_told(request: HttpRequest, pk: Any) -> HttpResponse:
    """Of somebody without an account, whom no message reached."""
    case, form = others_case(request, pk, Permission.MANAGE_CASE), ToldForm(request.POST)
    if form.attempt(lambda said: ops.note_told(case=case, by=request.user, at=clock.now(), **said)):
        messages.success(request, _("Noted."))
        return back_to(request, f"{case.url}letter/")
    return _letter_page(request, case, told_form=form)


@require_POST
@requires(Permission.WITHDRAW_CASE)
@once
def objection(request: HttpRequest) -> HttpResponse:
    case, form, at = own_case(request), TextForm(request.POST), clock.now()
    if form.attempt(lambda said: ops.dispute_letter(case=case, text=said["text"], by=request.user, at=at)):
        messages.success(request, _("HR has been told and will answer you."))
    else:
        messages.error(request, _("Write down the facts."))
    return redirect("offboarding:my_exit")


@require_POST
@requires(Permission.MANAGE_CASE)
@once
def letter_again(request: HttpRequest, pk: Any) -> HttpResponse:
    """A returned letter of somebody without an account is corrected and sent again by HR."""
    case = others_case(request, pk, Permission.MANAGE_CASE)
    form = LetterAgainForm(request.POST, request.FILES)
    if form.attempt(lambda said: _send_again(request, case, said)):
        messages.success(request, _("Sent again. The day it was received stays the same."))
        return back_to(request, case.url)
    return _letter_page(request, case, again_form=form)


def _send_again(request: HttpRequest, case: Case, said: dict[str, Any]) -> None:
    if not case.is_sent_by_hr:
        raise Forbidden("not_yours_to_submit")
    upload = said.pop("file")
    scan = ops.Scan(name=upload.name, size=upload.size, content=upload) if upload else None
    ops.send_letter_again(case=case, scan=scan, by=request.user, at=clock.now(), **said)


def _again(case: Case) -> LetterAgainForm:
    said = case.reason_said()
    facts = {"kind": case.kind, "items": case.forced_items, "reason": said.comment if said else ""}
    return LetterAgainForm(initial=facts | {"requested_last_working_date": case.requested_last_working_date})


def _letter_page(request: HttpRequest, case: Case, **forms: Any) -> HttpResponse:
    can_send = case.state == "returned" and case.is_sent_by_hr
    words = case.decisions.filter(kind__in=SAID).select_related("by", "data_key").order_by("at")
    context = {
        "case": case,
        "form": StrikeForm(),
        "told_form": ToldForm() if is_untold(case) else None,
        "again_form": _again(case) if can_send else None,
        "said": list(words),
        "scans": Evidence.objects.visible_to(request.user).filter(case=case, paper__in=NOTICE_PAPERS),
        "can_strike": "strike_letter" in case.actions(),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "offboarding/letter.html", context | forms, status=status)


def _recorded_words(case: Case) -> str:
    if is_untold(case):
        return _(
            "Recorded. The person has no account and no mailbox that we could write to: please tell them yourself."
        )
    if not case.reaches_leaver:
        return _("Recorded. The person has no account; a message went to their own mailbox.")
    return _("Recorded. The person is told.")


def _record(request: HttpRequest, employment: Employment, said: dict[str, Any]) -> Case:
    upload = said.pop("file")
    said.pop("employment")
    scan = ops.Scan(name=upload.name, size=upload.size, content=upload)
    return ops.record_letter(employment=employment, scan=scan, by=request.user, at=clock.now(), **said)
