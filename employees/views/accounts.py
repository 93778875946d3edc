from __future__ import annotations

from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from ehr import access, clock
from ehr.identity.models import User
from ehr.once import once
from ehr.paging import page_of

from ..accounts import ask_for, invite, standing
from ..forms import AccountFilter, OpeningForm
from ..models import AccountRun, Employment
from ..permissions import EmployeePermission as P
from .people import with_changes


@require_GET
@access.requires(P.MANAGE_ACCOUNTS)
def accounts(request: HttpRequest) -> HttpResponse:
    chosen = AccountFilter(request.GET)
    rows = chosen.of(Employment.objects.listed_for(request.user, P.MANAGE_ACCOUNTS))
    page = page_of(rows.for_accounts(), order=["employee_number"], cursor=request.GET.get("cursor", ""))
    context = {
        "page": page,
        "lines": standing.lines_of(page.rows, reader=request.user),
        "chosen": chosen,
        "wanting": standing.how_many_wanting(request.user),
        "runs": AccountRun.objects.visible_to(request.user).select_related("created_by").order_by("-created_at")[:5],
        "without_file": standing.without_file(request.user),
        "next": with_changes(request, cursor=page.next) if page.next else "",
    }
    return render(request, "employees/accounts.html", context)


@require_POST
@access.requires(P.MANAGE_ACCOUNTS)
@once
def openings(request: HttpRequest) -> HttpResponse:
    form = OpeningForm(request.POST)
    if not form.is_valid():
        messages.warning(request, _("Choose at least one person."))
        return redirect("employees:accounts")
    run = ask_for(form.cleaned_data["employment"], by=request.user, at=clock.now())
    return redirect("employees:account_run", pk=run.pk)


@require_GET
@access.requires(P.MANAGE_ACCOUNTS)
def run(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Asked again by the page itself while the worker is at it."""
    rows = AccountRun.objects.visible_to(request.user).select_related("created_by")
    template = "employees/_account_run.html" if request.headers.get("HX-Request") else "employees/account_run.html"
    return render(request, template, {"run": get_object_or_404(rows, pk=pk)})


@require_POST
@access.requires(P.MANAGE_ACCOUNTS)
@once
def locking(request: HttpRequest, pk: UUID) -> HttpResponse:
    user = _user(request, pk)
    access.refuse_self(request.user, user)
    user.lock(by=request.user, at=clock.now())
    return _done(request, user, _("Locked: %(name)s is signed out everywhere."))


@require_POST
@access.requires(P.MANAGE_ACCOUNTS)
@once
def unlocking(request: HttpRequest, pk: UUID) -> HttpResponse:
    user = _user(request, pk)
    access.refuse_self(request.user, user)
    user.unlock(by=request.user, at=clock.now())
    return _done(request, user, _("Unlocked: %(name)s may sign in again."))


@require_POST
@access.requires(P.MANAGE_ACCOUNTS)
@once
def letters(request: HttpRequest, pk: UUID) -> HttpResponse:
    user = _user(request, pk)
    invite(user, by=request.user, at=clock.now())
    return _done(request, user, _("A letter to %(name)s is on its way."))


def _user(request: HttpRequest, pk: UUID) -> User:
    return get_object_or_404(standing.accounts_visible_to(request.user), pk=pk)


def _done(request: HttpRequest, user: User, words: str) -> HttpResponse:
    """Back to the line it was about."""
    messages.success(request, words % {"name": user})
    return redirect(reverse("employees:accounts") + "?" + urlencode({"q": user.username, "status": "all"}))
