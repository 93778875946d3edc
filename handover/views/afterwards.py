"""What turned out to be missing, and how heads stand."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ehr import access, clock
from ehr.once import once
from handover import operations, predicting, queries
from handover.forms import OmissionForm
from handover.permissions import Permission
from handover.views.doors import handover_of


@require_http_methods(["GET", "POST"])
@access.requires(Permission.VIEW_OMISSIONS)
@once
def omissions(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What was filed, with what the record says; and the form for one more: ?item= against that item."""
    handover, at = handover_of(request, pk, Permission.VIEW_OMISSIONS), clock.now()
    may_file = queries.may_file(request.user, handover)
    if request.method == "POST":
        access.check(request.user, Permission.FILE_OMISSIONS, handover)
    item = queries.item_among(handover, queries.chosen((request.POST or request.GET).get("item", "")))
    start = {"item": item.pk, "title": item.title, "kind": item.kind} if item else {}
    form = OmissionForm(request.POST or None, initial=start)
    if request.method == "POST" and form.attempt(
        lambda said: operations.file_omission(handover=handover, **{**said, "item": item}, by=request.user, at=at)
    ):
        messages.success(request, _("Filed: %(title)s") % {"title": form.result.title})
        return redirect("handover:omissions", pk)
    context = {
        "handover": handover,
        "filed": queries.omissions_of(handover),
        "form": form,
        "may_file": may_file,
        "item": item,
        "known": queries.suggested_titles(handover) if may_file else [],
    }
    return render(request, "handover/omissions.html", context, status=422 if request.method == "POST" else 200)


@require_GET
@access.requires(Permission.VIEW_FIGURES)
def figures(request: HttpRequest) -> HttpResponse:
    """Completion and omissions per head; what is often forgotten, and how good these prompts were."""
    today = clock.today()
    past = predicting.history(today=today)
    context = {
        "rows": queries.head_figures(request.user, today=today),
        "prompts": queries.prompts_in_force(past, today=today),
        "test": past.back_test(today=today),
        "goals": {"completion": queries.COMPLETION_GOAL, "omission": queries.OMISSION_GOAL},
    }
    return render(request, "handover/figures.html", context)


@require_POST
@access.requires(Permission.ISSUE_REPORT)
@once
def report(request: HttpRequest, pk: UUID) -> HttpResponse:
    handover = handover_of(request, pk, Permission.ISSUE_REPORT)
    paper = operations.issue_report(handover=handover, by=request.user, at=clock.now())
    messages.success(request, _("The report is drawn up: %(number)s") % {"number": paper.number})
    return redirect(paper)
