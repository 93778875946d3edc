from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from ehr import clock, record
from ehr.access import requires
from ehr.once import once
from ehr.paging import page_of
from handover.standing import ref_of

from .. import operations as ops
from ..forms import ConvertForm, RemarkForm, RetentionForm, TextForm
from ..law_forms import WithdrawalForm
from ..permissions import Permission
from ..queries import case_page as queries
from ..timeline import LINES, items, known_to, remarks_of, shown
from .doors import back_to, case_or_404, form_page


@require_GET
@requires(Permission.VIEW_CASE)
def case(request: HttpRequest, pk: Any) -> HttpResponse:
    case = get_object_or_404(queries.load_case(request.user, pk), pk=pk)
    if case.employment.person.user_id == request.user.pk:
        return redirect("offboarding:my_exit")
    at = clock.now()
    page = queries.case_page(request.user, case, at=at)
    return render(request, "offboarding/case.html", {"page": page, "case": case, **_forms(page), **_lists(page, at)})


@require_GET
@requires(Permission.VIEW_CASE)
def timeline(request: HttpRequest, pk: Any) -> HttpResponse:
    case = case_or_404(request, pk)
    events = known_to(request.user, case, record.timeline([case.ref, ref_of(case.ref)]))
    page = page_of(shown(events), order=("-at", "-id"), cursor=request.GET.get("cursor", ""))
    context = {"case": case, "items": items(page.rows, remarks=remarks_of(case, page.rows)), "next": page.next}
    return render(request, "offboarding/timeline.html", context)


@require_POST
@requires(Permission.VIEW_CASE)
@once
def comments(request: HttpRequest, pk: Any) -> HttpResponse:
    case, form = case_or_404(request, pk), RemarkForm(request.POST)
    at = clock.now()
    if form.attempt(lambda said: ops.comment(case=case, text=said["text"], by=request.user, at=at)):
        messages.success(request, _("Noted."))
        return back_to(request, case.url)
    context = {"case": case, "form": form, "title": _("Leave a remark"), "submit": _("Leave a remark")}
    return form_page(request, "offboarding/form_page.html", context | {"action": request.path})


@require_POST
@requires(Permission.NUDGE)
@once
def nudge(request: HttpRequest, pk: Any) -> HttpResponse:
    case = case_or_404(request, pk, Permission.NUDGE)
    people = ops.nudge(case=case, by=request.user, at=clock.now())
    said = _("Reminded %(people)s.") % {"people": people} if people else _("They were reminded a short while ago.")
    messages.success(request, said)
    return back_to(request, case.url)


def _forms(page: queries.CasePage) -> dict[str, Any]:
    """The dialogs of the page; each is sent to its own address."""
    return {
        "retention_form": RetentionForm(auto_id="retention_%s"),
        "convert_form": ConvertForm(auto_id="convert_%s"),
        "withdrawal_form": WithdrawalForm(auto_id="withdrawal_%s", needs_consent=page.is_bound),
        "cancel_form": TextForm(auto_id="cancel_%s"),
        "comment_form": RemarkForm(auto_id="comment_%s"),
    }


def _lists(page: queries.CasePage, at: datetime) -> dict[str, Any]:
    from ..pages import blocks, dates, strip

    return {
        "dates": dates(page.case),
        "blocks": blocks(page),
        "timeline": items(page.events, lines=LINES, remarks=remarks_of(page.case, page.events)),
        "strip": strip(page.case, at=at),
        "page_at": at,
        "allowed": set(page.actions),
    }
