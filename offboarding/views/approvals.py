from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ehr import clock
from ehr.access import requires
from ehr.errors import Forbidden
from ehr.once import once

from .. import operations as ops
from ..forms import DecisionForm
from ..models import Approval, Case
from ..permissions import Permission
from ..queries.approval_page import approval_page
from .doors import back_to, others_case


@require_http_methods(["GET", "POST"])
@requires(Permission.DECIDE_APPROVAL)
@once
def approval(request: HttpRequest, pk: Any, approval_pk: Any) -> HttpResponse:
    """One signature, decided with the thumb."""
    case = others_case(request, pk)
    asked = get_object_or_404(Approval.objects.select_related("step__chain_step"), pk=approval_pk, step__case=case)
    asked.step.case = case
    if request.method == "POST" and not asked.is_for(request.user):
        raise Forbidden("not_your_step")
    form = DecisionForm(request.POST or None)
    if request.method == "POST" and form.attempt(lambda said: _decide(asked, said, request.user)):
        messages.success(request, _("Done. The next person has been asked."))
        return back_to(request, case.url)
    return _page(request, case, asked, form)


def _page(request: HttpRequest, case: Case, asked: Approval, form: DecisionForm) -> HttpResponse:
    page = approval_page(request.user, case, asked, at=clock.now())
    context = {"page": page, "case": case, "asked": asked, "form": form}
    template = "offboarding/_decision.html" if request.headers.get("HX-Request") else "offboarding/approval.html"
    return render(request, template, context, status=422 if request.method == "POST" else 200)


def _decide(asked: Approval, said: dict[str, Any], by: Any) -> Case:
    return ops.decide(approval=asked, choice=ops.Choice(**said), by=by, at=clock.now())
