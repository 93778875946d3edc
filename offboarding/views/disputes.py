"""Disputes after an exit: the register with its rate, one recorded, one followed."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from ehr import access, clock
from ehr.access import requires
from ehr.once import once

from .. import may
from .. import operations as ops
from ..after_forms import DisputeFollowForm, DisputeForm
from ..models import Dispute
from ..permissions import Permission
from ..queries import disputes as queries
from .doors import back_to, form_page, others_case

STATES = {
    "": gettext_lazy("All disputes"),
    "open": gettext_lazy("Still running"),
    "over": gettext_lazy("Decided or settled"),
}


@require_GET
@requires(Permission.VIEW_DISPUTES)
def disputes(request: HttpRequest) -> HttpResponse:
    state = request.GET.get("state", "")
    cursor = request.GET.get("cursor", "")
    page = queries.register(request.user, state=state, cursor=cursor, today=clock.today())
    following = f"?{urlencode({'state': state, 'cursor': page.next})}" if page.next else ""
    tabs = [
        {"label": label, "href": f"?state={key}", "current": key == state, "count": None}
        for key, label in STATES.items()
    ]
    return render(request, "offboarding/disputes.html", {"page": page, "tabs": tabs, "following": following})


@require_http_methods(["GET", "POST"])
@requires(Permission.RECORD_DISPUTE)
@once
def new_dispute(request: HttpRequest, pk: Any) -> HttpResponse:
    case = others_case(request, pk)
    access.check(request.user, Permission.RECORD_DISPUTE, case)
    form, at = DisputeForm(request.POST or None), clock.now()
    if request.method == "POST" and form.attempt(
        lambda said: ops.record_dispute(case=case, facts=ops.DisputeFacts(**said), by=request.user, at=at)
    ):
        messages.success(request, _("Noted."))
        return back_to(request, f"{case.url}after/")
    context = {"case": case, "form": form, "title": _("Record a dispute"), "submit": _("Record it")}
    return form_page(request, "offboarding/form_page.html", context | {"action": request.path})


@require_http_methods(["GET", "POST"])
@requires(Permission.VIEW_DISPUTES)
@once
def dispute(request: HttpRequest, pk: Any, nth: int) -> HttpResponse:
    case = others_case(request, pk)
    rows = Dispute.objects.visible_to(request.user).for_rows()
    row: Dispute = get_object_or_404(rows, case=case, nth=nth)
    row.case = case
    if request.method == "POST":
        access.check(request.user, Permission.RECORD_DISPUTE, row)
    form = DisputeFollowForm(request.POST or None, initial=DisputeFollowForm.said_of(row))
    if request.method == "POST" and form.attempt(lambda said: _follow(request, row, form, said)):
        messages.success(request, _("Noted."))
        return back_to(request, f"{case.url}after/")
    can_record = may.may_keep_disputes(request.user, case)
    context = {"case": case, "row": row, "form": form, "can_record": can_record, "steps": queries.steps_of(row)}
    return render(request, "offboarding/dispute.html", context, status=422 if request.method == "POST" else 200)


def _follow(request: HttpRequest, row: Dispute, form: DisputeFollowForm, said: dict[str, Any]) -> None:
    ops.follow_dispute(dispute=row, edition=said["edition"], said=form.sent(said), by=request.user, at=clock.now())
