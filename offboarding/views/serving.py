"""Service of the notice: every way that was gone, what came of it, what proves it, and which comes next."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ehr import clock
from ehr.access import requires
from ehr.documents.attachments import attachment
from ehr.once import once

from .. import operations as ops
from ..models import Case, ServiceFile, ServiceProof
from ..paper_kinds import EMPLOYERS
from ..permissions import Permission
from ..queries.service_page import service_page
from ..service_forms import FollowForm, ServiceForm, followed, sent
from .doors import back_to, others_case


@require_http_methods(["GET", "POST"])
@requires(Permission.VIEW_REASON)
@once
def service_proofs(request: HttpRequest, pk: Any) -> HttpResponse:
    is_sent = request.method == "POST"
    case = _served(request, pk, Permission.MANAGE_CASE if is_sent else Permission.VIEW_REASON)
    form, at = ServiceForm(request.POST or None, request.FILES or None), clock.now()
    if is_sent and form.attempt(lambda said: ops.send_notice(case=case, **sent(said), by=request.user, at=at)):
        return _noted(request, case)
    return _page(request, case, form=form, status=422 if is_sent else 200)


@require_POST
@requires(Permission.MANAGE_CASE)
@once
def service_result(request: HttpRequest, pk: Any, service_pk: Any) -> HttpResponse:
    case = _served(request, pk, Permission.MANAGE_CASE)
    service = get_object_or_404(ServiceProof, case=case, pk=service_pk)
    service.case = case
    form, at = FollowForm(request.POST, request.FILES, auto_id=f"{service.pk}_%s"), clock.now()
    if form.attempt(lambda said: ops.follow_service(service=service, **followed(said), by=request.user, at=at)):
        return _noted(request, case)
    return _page(request, case, answers={service.pk: form}, status=422)


@require_GET
@requires(Permission.VIEW_REASON)
def service_file(request: HttpRequest, pk: Any, service_pk: Any, file_pk: Any) -> HttpResponse:
    case = _served(request, pk, Permission.VIEW_REASON)
    row = get_object_or_404(ServiceFile, service__case=case, service=service_pk, pk=file_pk)
    return attachment(key=row.file_key, name=row.name, media_type=row.media_type)


def _served(request: HttpRequest, pk: Any, permission: str) -> Case:
    """Only an ending that the employer declares has a notice to serve."""
    case = others_case(request, pk, permission)
    if case.kind not in EMPLOYERS:
        raise Http404
    return case


def _page(request: HttpRequest, case: Case, *, status: int, form: Any = None, answers: Any = None) -> HttpResponse:
    page = service_page(request.user, case)
    for row in page.rows:
        row.form = (answers or {}).get(row.service.pk) or FollowForm(auto_id=f"{row.service.pk}_%s")
    form = form or ServiceForm()
    if not form.is_bound:
        form.initial = {"method": page.next_way, "sent_date": clock.today()}
    context = {"case": case, "page": page, "form": form}
    return render(request, "offboarding/service.html", context, status=status)


def _noted(request: HttpRequest, case: Case) -> HttpResponse:
    messages.success(request, _("Noted."))
    return back_to(request, reverse("offboarding:service_proofs", args=[case.pk]))
