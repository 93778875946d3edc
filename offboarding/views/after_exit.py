"""After the exit: what is still owed, by whom, until when; done with a proof."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from ehr import access, clock
from ehr.access import requires
from ehr.documents.attachments import attachment
from ehr.documents.uploads import MOST_FILES
from ehr.errors import Forbidden
from ehr.once import once

from .. import may
from .. import operations as ops
from ..after_forms import ObligationForm
from ..models import Case, Obligation, ObligationFile
from ..permissions import Permission
from ..queries import after_exit as queries
from ..queries.disputes import of_case as disputes_of
from ..queries.non_compete import non_compete_page, owed_by
from ..rules.compliance.deadlines import exit_deadlines
from ..rules.obligations import DutyKind
from .doors import back_to, others_case

VIEW_WORDS = {
    "all": gettext_lazy("All duties"),
    "late": gettext_lazy("Overdue"),
    "file_transfer": gettext_lazy("Files and agencies"),
    "rehire_priority": gettext_lazy("Invite first when hiring"),
    "non_compete": gettext_lazy("Non-compete"),
    "disputes": gettext_lazy("Disputes"),
    "data": gettext_lazy("Kept data"),
}


@require_GET
@requires(Permission.VIEW_OBLIGATIONS)
def obligations(request: HttpRequest) -> HttpResponse:
    view, entity = request.GET.get("view", "all"), request.GET.get("entity", "")
    view, today = (view if view in queries.VIEWS else "all"), clock.today()
    page = queries.duty_list(request.user, view=view, entity=entity, cursor=request.GET.get("cursor", ""), today=today)
    following = f"?{urlencode({'view': view, 'entity': entity, 'cursor': page.next})}" if page.next else ""
    context = {"page": page, "view": view, "tabs": _tabs(view), "entities": _entities(page, view, entity)}
    decides = view == "non_compete" and access.has(request.user, Permission.DECIDE_NON_COMPETE)
    context |= {"following": following, "today": today, "decides": decides}
    return render(request, "offboarding/obligations.html", context)


@require_GET
@requires(Permission.VIEW_OBLIGATIONS)
def after(request: HttpRequest, pk: Any) -> HttpResponse:
    case, today = others_case(request, pk), clock.today()
    rows = queries.of_case(request.user, case, today=today)
    sees_all = may.sees_duties(request.user, case)
    if not rows and not sees_all:
        raise Http404
    context = {"case": case, "rows": rows, "parts": queries.in_parts(rows, today=today)}
    if sees_all and case.comes_about:
        context["non_compete"] = non_compete_page(request.user, case, rows, today=today)
    if may.sees_disputes(request.user, case):
        context |= {"sees_disputes": True, "disputes": disputes_of(request.user, case)}
        context["can_record"] = may.may_keep_disputes(request.user, case)
        context["can_pack"] = may.may(request.user, Permission.EXPORT_EVIDENCE, case)
    return render(request, "offboarding/after.html", context)


@require_http_methods(["GET", "POST"])
@requires(Permission.VIEW_OBLIGATIONS)
@once
def obligation(request: HttpRequest, pk: Any, obligation_pk: Any) -> HttpResponse:
    duty = duty_or_404(request, others_case(request, pk), obligation_pk)
    if request.method == "POST" and not duty.is_workable_by(request.user):
        raise Forbidden("not_your_obligation")
    can_work = may.works_on(request.user, duty)
    contacts = ops.contacts_of(duty.case) if can_work and duty.kind == DutyKind.CONTACT_REVIEW else None
    needed = contacts.needed_by if contacts else []
    on_file = contacts.on_file if contacts and not needed else []
    form = ObligationForm(request.POST or None, on_file=on_file)
    if request.method == "POST" and form.attempt(lambda said: _work(request, duty, said)):
        messages.success(request, _("Noted."))
        return back_to(request, f"{duty.case.url}after/")
    context = {"case": duty.case, "row": queries.row_of(duty, clock.today()), "form": form}
    context |= {"can_work": can_work, "owed": owed_by(request.user, duty)}
    context["reaches_nobody"] = queries.reaches_nobody(duty)
    context |= {"needed": _(", ").join(needed), "on_file": on_file}
    context["held"] = may.sees_disputes(request.user, duty.case) and duty.is_held
    context["list_by"] = (
        duty.case.termination_date and exit_deadlines(last_day=duty.case.termination_date).unemployment_list_due
    )
    context["proofs"] = duty.files.select_related("uploaded_by")
    return render(request, "offboarding/obligation.html", context, status=422 if request.method == "POST" else 200)


@require_GET
@requires(Permission.VIEW_OBLIGATIONS)
def obligation_file(request: HttpRequest, pk: Any, obligation_pk: Any, file_pk: Any) -> HttpResponse:
    duty = duty_or_404(request, others_case(request, pk), obligation_pk)
    row = get_object_or_404(ObligationFile, obligation=duty, pk=file_pk)
    return attachment(key=row.file_key, name=row.name, media_type=row.media_type)


def duty_or_404(request: HttpRequest, case: Case, pk: Any) -> Obligation:
    rows = Obligation.objects.visible_to(request.user).filter(case=case)
    duty: Obligation = get_object_or_404(rows.for_work(), pk=pk)
    duty.case = case
    return duty


def _work(request: HttpRequest, duty: Obligation, said: dict[str, Any]) -> None:
    """The papers first: what is said may rest on them."""
    at = clock.now()
    for upload in request.FILES.getlist("file")[: MOST_FILES + 1]:
        ops.add_obligation_proof(
            obligation=duty, name=upload.name or "", size=upload.size or 0, content=upload, by=request.user, at=at
        )
    if said["action"] == "done":
        ops.finish_obligation(obligation=duty, note=said["note"], forget=said["forget"], by=request.user, at=at)


def _tabs(view: str) -> list[dict[str, Any]]:
    return [
        {"label": VIEW_WORDS[key], "href": f"?view={key}", "current": key == view, "count": None}
        for key in queries.VIEWS
    ]


def _entities(page: queries.DutyList, view: str, entity: str) -> list[dict[str, Any]]:
    chosen = [
        {
            "label": row.name,
            "href": f"?{urlencode({'view': view, 'entity': row.code})}",
            "current": row.code == entity,
            "icon": "building",
        }
        for row in page.entities
    ]
    every = {"label": _("Every employer"), "href": f"?view={view}", "current": not entity, "icon": "list"}
    return [every, *chosen] if chosen else []
