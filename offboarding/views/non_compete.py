"""A non-compete at and after an exit: decided, ended early, declared by the person behind the narrow door."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ehr import access, clock
from ehr.access import requires
from ehr.errors import WrongState
from ehr.identity.door_access import narrow_door
from ehr.once import once
from ehr.paging import page_of

from .. import may
from .. import operations as ops
from ..after_forms import DeclarationForm, EndingForm, NoClausesForm, NonCompeteForm, clause_of
from ..models import Case, NonCompete, Obligation
from ..models.non_compete import closed_to_decision
from ..permissions import Permission
from ..queries import non_compete as queries
from ..rules.obligations import DutyKind
from .doors import back_to, form_page, others_case


@require_http_methods(["GET", "POST"])
@requires(Permission.DECIDE_NON_COMPETE)
@once
def non_compete(request: HttpRequest, pk: Any) -> HttpResponse:
    case, form, at = _decided(request, pk), NonCompeteForm(request.POST or None), clock.now()
    _offer_unless(closed_to_decision(case, queries.clause_of(case)), case)
    if request.method == "POST" and form.attempt(lambda said: _decide(case, said, request.user, at)):
        messages.success(request, _("Noted."))
        return back_to(request, f"{case.url}after/")
    context = {"case": case, "form": form, "title": _("Decide on the non-compete"), "submit": _("Decide")}
    return form_page(request, "offboarding/form_page.html", context | {"action": request.path})


@require_http_methods(["GET", "POST"])
@requires(Permission.DECIDE_NON_COMPETE)
@once
def non_compete_ending(request: HttpRequest, pk: Any) -> HttpResponse:
    case, at = _decided(request, pk), clock.now()
    clause = clause_or_404(case)
    _offer_unless(clause.closed_to_ending(clock.today()), case)
    spared = queries.months_spared(clause, today=clock.today())
    form = EndingForm(request.POST or None, spared=spared)
    if request.method == "POST" and form.attempt(
        lambda said: ops.end_non_compete(clause=clause, by=request.user, at=at, **said)
    ):
        messages.success(request, _("Noted."))
        return back_to(request, f"{case.url}after/")
    context = {"case": case, "form": form, "title": _("End the non-compete early"), "submit": _("End it early")}
    return form_page(request, "offboarding/form_page.html", context | {"action": request.path})


@require_http_methods(["GET", "POST"])
@requires(Permission.DECIDE_NON_COMPETE)
@once
def no_clauses(request: HttpRequest) -> HttpResponse:
    """Most people never signed one: that nothing was agreed is said of all of them at once."""
    rows = queries.undecided(request.user)
    form = NoClausesForm(request.POST or None, among=rows)
    if request.method == "POST" and form.attempt(lambda said: _note_none(request.user, said["cases"])):
        _tell(request, form.result)
        return back_to(request, request.path)
    page = page_of(rows, order=["id"], cursor=request.GET.get("cursor", ""))
    context = {"cases": page.rows, "form": form, "next": f"?{urlencode({'cursor': page.next})}" if page.next else ""}
    return form_page(request, "offboarding/no_clauses.html", context)


@narrow_door
@require_http_methods(["GET", "POST"])
@access.signed_in
@once
def door_declaration(request: HttpRequest, obligation_pk: Any) -> HttpResponse:
    if request.method == "GET" and (seen := _at_the_desk(request.user, obligation_pk)):
        return redirect(seen.url)
    rows = Obligation.objects.declared_by(request.user).for_work()
    duty, at = get_object_or_404(rows, pk=obligation_pk), clock.now()
    form = DeclarationForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.attempt(lambda said: _declare(duty, said, request.user, at)):
        return redirect("/door/")
    context = {"duty": duty, "form": form}
    return render(
        request, "offboarding/door_declaration.html", context, status=422 if request.method == "POST" else 200
    )


def _at_the_desk(user: Any, pk: Any) -> Obligation | None:
    """HR follows the same link once it is late; the duty has a page of its own for them."""
    rows = Obligation.objects.visible_to(user).filter(pk=pk, kind=DutyKind.NON_COMPETE_DECLARATION)
    return rows.for_work().first()


def clause_or_404(case: Case) -> NonCompete:
    clause = queries.clause_of(case)
    if clause is None:
        raise Http404
    return clause


def _decided(request: HttpRequest, pk: Any) -> Case:
    case = others_case(request, pk)
    access.check(request.user, Permission.DECIDE_NON_COMPETE, case)
    return case


def _note_none(by: Any, cases: Any) -> list[ops.Outcome]:
    return ops.do_many(action="no_clause", cases=cases, by=by, at=clock.now())


def _tell(request: HttpRequest, told: list[ops.Outcome]) -> None:
    noted = sum(1 for one in told if not one.code)
    words = _("%(noted)s noted, %(refused)s refused.") % {"noted": noted, "refused": len(told) - noted}
    (messages.success if noted == len(told) else messages.warning)(request, words)


def _offer_unless(why: str, case: Case) -> None:
    """No form that would be refused once it is sent."""
    if why or not may.is_at_work(case):
        raise WrongState(why or _("The exit is not approved yet, or it was stopped."), allowed=case.actions())


def _decide(case: Case, said: dict[str, Any], by: Any, at: Any) -> NonCompete:
    return ops.decide_non_compete(case=case, decision=said["decision"], clause=clause_of(said), by=by, at=at)


def _declare(duty: Obligation, said: dict[str, Any], by: Any, at: Any) -> None:
    upload = said["file"]
    name, size = (upload.name, upload.size) if upload else ("", 0)
    ops.declare_compliance(obligation=duty, note=said["note"], name=name, size=size, content=upload, by=by, at=at)
