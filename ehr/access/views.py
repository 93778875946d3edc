from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from ehr import access, clock
from ehr.access.forms import GiveRoleForm
from ehr.access.models import RoleGrant
from ehr.access.operations import give_role, withdraw_role
from ehr.access.permissions import Permission
from ehr.errors import Refused
from ehr.once import once

PER_PAGE = 50


@require_GET
@access.requires(Permission.VIEW_ROLES)
def roles(request: HttpRequest) -> HttpResponse:
    return _page(request, GiveRoleForm())


@require_POST
@access.requires(Permission.MANAGE_ROLES)
@once
def grants(request: HttpRequest) -> HttpResponse:
    form = GiveRoleForm(request.POST)
    if form.is_valid() and _given(form, by=request.user):
        messages.success(request, _("The role is given."))
        return redirect("access:roles")
    return _page(request, form, status=422)


@require_POST
@access.requires(Permission.MANAGE_ROLES)
@once
def withdrawal(request: HttpRequest, pk: UUID) -> HttpResponse:
    grant = get_object_or_404(RoleGrant.objects.select_related("user", "unit"), pk=pk)
    withdraw_role(grant, by=request.user, at=clock.now())
    messages.success(request, _("The role is withdrawn."))
    return redirect("access:roles")


def _given(form: GiveRoleForm, *, by: Any) -> bool:
    try:
        give_role(**form.arguments(), by=by, at=clock.now())
    except Refused as refused:
        form.add_error("username" if refused.field == "user" else refused.field, refused.detail)
        return False
    return True


def _page(request: HttpRequest, form: GiveRoleForm, status: int = 200) -> HttpResponse:
    words, after = request.GET.get("q", "").strip(), request.GET.get("after", "")
    rows = list(_rows(words, after)[: PER_PAGE + 1])
    context = {
        "form": form,
        "grants": rows[:PER_PAGE],
        "next": f"?q={words}&after={rows[PER_PAGE - 1].pk}" if len(rows) > PER_PAGE else "",
        "may_manage": access.has(request.user, Permission.MANAGE_ROLES),
        "words": words,
    }
    return render(request, "access/roles.html", context, status=status)


def _rows(words: str, after: str) -> Any:
    rows = RoleGrant.objects.select_related("user", "unit").order_by("-pk")
    if words:
        rows = rows.filter(Q(user__username__istartswith=words) | Q(user__display_name__istartswith=words))
    return rows.filter(pk__lt=after) if _is_uuid(after) else rows


def _is_uuid(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True
