"""The successor's page, its questions, and what the two go through together."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ehr import access, clock
from ehr.identity.door_access import narrow_door
from ehr.identity.sessions import is_narrow
from ehr.once import once
from handover import operations, queries
from handover.forms import AnswerForm, QuestionForm
from handover.models import Handover, Message, Shadowing
from handover.permissions import Permission


@require_GET
@access.requires(Permission.VIEW_TAKEOVER)
def takeovers(request: HttpRequest) -> HttpResponse:
    """With one to take over and nothing else, straight to it."""
    page = queries.takeovers(request.user, cursor=request.GET.get("after", ""))
    if len(page.rows) == 1 and not page.next and "after" not in request.GET:
        return redirect("handover:takeover", page.rows[0].pk)
    return render(request, "handover/takeovers.html", {"page": page})


@require_GET
@access.requires(Permission.VIEW_TAKEOVER)
def takeover(request: HttpRequest, pk: UUID) -> HttpResponse:
    return _shown(request, _handover(request, pk, Permission.VIEW_TAKEOVER))


@require_POST
@access.requires(Permission.VIEW_TAKEOVER)
@once
def takeover_note(request: HttpRequest, pk: UUID) -> HttpResponse:
    handover = _handover(request, pk, Permission.VIEW_TAKEOVER)
    operations.take_note(handover=handover, by=request.user, at=clock.now())
    messages.success(request, _("Noted: you have looked through it."))
    return redirect("handover:takeover", pk)


@require_POST
@access.requires(Permission.VIEW_TAKEOVER)
@once
def takeover_question(request: HttpRequest, pk: UUID) -> HttpResponse:
    handover, form, at = _handover(request, pk, Permission.VIEW_TAKEOVER), QuestionForm(request.POST), clock.now()
    item = queries.item_among(handover, queries.chosen(request.POST.get("item", "")))
    if not form.attempt(
        lambda said: operations.ask_question(handover=handover, item=item, **said, by=request.user, at=at)
    ):
        return _shown(request, handover, status=422, question_form=form)
    messages.success(request, _("Asked."))
    return redirect("handover:takeover", pk)


@narrow_door
@require_GET
@access.requires(Permission.ANSWER_QUESTIONS)
def questions(request: HttpRequest, pk: UUID) -> HttpResponse:
    """For whoever answers; behind the narrow door too."""
    return _questions(request, _handover(request, pk, Permission.ANSWER_QUESTIONS))


@narrow_door
@require_POST
@access.requires(Permission.ANSWER_QUESTIONS)
@once
def answer(request: HttpRequest, pk: UUID, message_pk: UUID) -> HttpResponse:
    handover, form, at = _handover(request, pk, Permission.ANSWER_QUESTIONS), AnswerForm(request.POST), clock.now()
    question = get_object_or_404(Message.objects.questions().filter(handover=handover), pk=message_pk)
    question.handover = handover
    if not form.attempt(lambda said: operations.answer_question(question=question, **said, by=request.user, at=at)):
        return _questions(request, handover, status=422, answer_form=form, open_question=question.pk)
    messages.success(request, _("Answered."))
    return redirect("handover:questions", pk)


@require_http_methods(["GET", "POST"])
@access.requires(Permission.VIEW_SHADOWING)
@once
def shadowing(request: HttpRequest, pk: UUID) -> HttpResponse:
    handover, at = _handover(request, pk, Permission.VIEW_SHADOWING), clock.now()
    form = queries.shadowing_form(handover, request.POST or None)
    if request.method == "POST":
        access.check(request.user, Permission.PLAN_SHADOWING, handover)
        if form.attempt(lambda said: operations.plan_shadowing(handover=handover, **said, by=request.user, at=at)):
            messages.success(request, _("Planned: %(topic)s") % {"topic": form.result.topic})
            return redirect("handover:shadowing", pk)
    context = {
        "handover": handover,
        "sessions": queries.sessions_of(request.user, handover, today=clock.today()),
        "form": form,
        "may_plan": queries.may_plan(request.user, handover),
    }
    return render(request, "handover/shadowing.html", context, status=422 if request.method == "POST" else 200)


@require_POST
@access.requires(Permission.VIEW_SHADOWING)
@once
def shadowing_completion(request: HttpRequest, pk: UUID, session_pk: UUID) -> HttpResponse:
    row = _session(request, pk, session_pk)
    operations.finish_shadowing(shadowing=row, by=request.user, at=clock.now())
    messages.success(request, _("Done together: %(topic)s") % {"topic": row.topic})
    return redirect("handover:takeover" if request.POST.get("from") == "takeover" else "handover:shadowing", pk)


@require_POST
@access.requires(Permission.PLAN_SHADOWING)
@once
def shadowing_cancellation(request: HttpRequest, pk: UUID, session_pk: UUID) -> HttpResponse:
    row = _session(request, pk, session_pk)
    operations.call_off_shadowing(shadowing=row, by=request.user, at=clock.now())
    messages.success(request, _("Called off: %(topic)s") % {"topic": row.topic})
    return redirect("handover:shadowing", pk)


def _handover(request: HttpRequest, pk: UUID, permission: Permission) -> Handover:
    rows = Handover.objects.visible_to(request.user, permission).under_way()
    return get_object_or_404(rows.for_page(), pk=pk)


def _session(request: HttpRequest, pk: UUID, session_pk: UUID) -> Shadowing:
    handover = _handover(request, pk, Permission.VIEW_SHADOWING)
    return get_object_or_404(handover.shadowings.select_related("handover", "guide"), pk=session_pk)


def _shown(request: HttpRequest, handover: Handover, *, status: int = 200, **more: Any) -> HttpResponse:
    page = queries.takeover_of(request.user, handover, today=clock.today(), **more)
    return render(request, "handover/takeover.html", {"page": page, "handover": handover}, status=status)


def _questions(request: HttpRequest, handover: Handover, *, status: int = 200, **more: Any) -> HttpResponse:
    frame = "base_plain.html" if is_narrow(request) else "base.html"
    context = {"handover": handover, "asked": queries.asked_in(handover), "frame": frame, "answer_form": AnswerForm()}
    return render(request, "handover/questions.html", context | more, status=status)
