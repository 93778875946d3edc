"""A forced resignation as the company looks at it: what is named, which papers help, and what legal found."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ehr import access, clock
from ehr.access import requires
from ehr.errors import Forbidden
from ehr.once import once

from .. import may
from .. import operations as ops
from ..forms import ArrearsForm
from ..permissions import Permission
from ..queries.forced_page import forced_page
from ..rules.kinds import Kind
from ..wizard_pages import paper_shown
from .doors import back_to, others_case


@require_http_methods(["GET", "POST"])
@requires(Permission.VIEW_CASE)
@once
def forced(request: HttpRequest, pk: Any) -> HttpResponse:
    case, at = others_case(request, pk), clock.now()
    if not may.may_read_law(request.user, case):
        raise Forbidden(Permission.VIEW_REASON)
    if case.kind != Kind.FORCED_RESIGNATION:
        raise Http404
    form = ArrearsForm(request.POST or None)
    if request.method == "POST":
        access.check(request.user, Permission.JUDGE_ENDING, case)
        if form.attempt(lambda said: ops.note_arrears(case=case, by=request.user, at=at, **said)):
            messages.success(request, _("Noted."))
            return back_to(request, request.path)
    page = forced_page(request.user, case, at=at)
    context = {"case": case, "form": form, "page": page, "papers": [paper_shown(row) for row in page.papers]}
    return render(request, "offboarding/forced.html", context, status=422 if request.method == "POST" else 200)
