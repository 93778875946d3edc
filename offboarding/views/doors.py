"""The two doors of every page: visible at all (else 404), allowed for this one (else 403)."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from ehr import access
from ehr.errors import WrongState

from ..models import Case
from ..permissions import Permission


def case_or_404(request: HttpRequest, pk: Any, permission: str = Permission.VIEW_CASE) -> Case:
    rows = Case.objects.for_work().filter(pk=pk)
    case = next(iter(rows.reached_by(request.user)), None) if request.method == "POST" else None
    case = case or get_object_or_404(rows.visible_to(request.user))
    if permission != Permission.VIEW_CASE:
        access.check(request.user, permission, case)
    return case


def others_case(request: HttpRequest, pk: Any, permission: str = Permission.VIEW_CASE) -> Case:
    """Whatever role somebody holds, nobody handles the own exit."""
    case = case_or_404(request, pk, permission)
    refuse_own(request, case)
    return case


def own_case(request: HttpRequest) -> Case:
    """The case of the person themself, as far as they may know of it."""
    mine = Case.objects.filter(employment__person__user=request.user).unknown_to_the_leaver(request.user)
    case: Case | None = mine.live().for_page().order_by("-id").first()
    if case is None:
        raise WrongState(_("You have no exit in process."))
    return case


def refuse_own(request: HttpRequest, case: Case) -> None:
    access.refuse_self(request.user, case.employment.person.user)


def back_to(request: HttpRequest, url: str) -> HttpResponse:
    """After a change: a fragment's page reloads itself, a plain form is redirected."""
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204, headers={"HX-Redirect": url})
    return redirect(url)


def form_page(
    request: HttpRequest, template: str, context: dict[str, Any], *, fragment: str = "offboarding/_form.html"
) -> HttpResponse:
    """The same form alone for htmx and inside its page; 422 once somebody sent it with mistakes."""
    name = fragment if request.headers.get("HX-Request") else template
    return render(request, name, context, status=422 if request.method == "POST" else 200)
