"""The talk of a handover: the page, what is new in it, one more word, a meeting."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ehr import access, clock
from ehr.documents.attachments import attachment
from ehr.errors import Refused
from ehr.once import once
from handover import operations, queries, quiet
from handover.forms import MeetingPlaceForm
from handover.models import Handover, HandoverItem, MeetingPlace, MessageFile
from handover.operations import Upload
from handover.permissions import Permission
from handover.views.doors import handover_of


@require_GET
@access.requires(Permission.TALK)
def talks(request: HttpRequest) -> HttpResponse:
    """With one talk and nothing else, straight to it."""
    rows = queries.talks(request.user)
    if len(rows) == 1:
        return redirect("handover:messages", rows[0].pk)
    return render(request, "handover/talks.html", {"rows": rows})


@require_http_methods(["GET", "POST"])
@access.requires(Permission.TALK)
@once
def messages_(request: HttpRequest, pk: UUID) -> HttpResponse:
    handover = _handover(request, pk)
    item = _item(handover, (request.POST or request.GET).get("item", ""))
    if request.method == "POST":
        return _send(request, handover, item)
    talk = queries.talk_of(request.user, handover, item=item, before=queries.chosen(request.GET.get("before", "")))
    return render(request, "handover/talk.html", {"talk": talk, "handover": handover})


@require_GET
@access.requires(Permission.TALK)
def news(request: HttpRequest, pk: UUID) -> HttpResponse:
    """?after=: asked every two seconds while somebody looks. Nothing new: 204, and for the next moments
    `handover.quiet` says so."""
    after = queries.chosen(request.GET.get("after", ""))
    item = queries.chosen(request.GET.get("item", ""))
    found = queries.newer(request.user, pk, after=after, item=item)
    if not found:
        get_object_or_404(Handover.objects.visible_to(request.user, Permission.TALK).values("pk"), pk=pk)  # type: ignore[arg-type]
        quiet.remember(request, pk)
        return HttpResponse(status=204)
    context = {"messages_": found, "last": found[-1].pk, "handover_pk": pk, "item_pk": item}
    return render(request, "handover/_news.html", context)


@require_POST
@access.requires(Permission.TALK)
def reading(request: HttpRequest, pk: UUID) -> HttpResponse:
    """{message}: seen up to this one. The page says so itself, since opening a page changes nothing."""
    handover, last = _handover(request, pk), queries.chosen(request.POST.get("message", ""))
    if last is None:
        raise Refused("message_missing", _("Say up to which message."), field="message")
    message = get_object_or_404(handover.messages, pk=last)
    operations.mark_seen(handover_pk=pk, message_pk=message.pk, by=request.user, at=clock.now())  # type: ignore[arg-type]
    return HttpResponse(status=204)


@require_POST
@access.requires(Permission.TALK)
@once
def meeting(request: HttpRequest, pk: UUID) -> HttpResponse:
    operations.start_meeting(handover=_handover(request, pk), by=request.user, at=clock.now())  # type: ignore[arg-type]
    return redirect("handover:messages", pk)


@require_GET
@access.requires(Permission.TALK)
def message_file(request: HttpRequest, pk: UUID, file_pk: UUID) -> HttpResponse:
    row = get_object_or_404(MessageFile.objects.filter(message__handover=_handover(request, pk)), pk=file_pk)
    return attachment(key=row.file_key, name=row.name, media_type=row.media_type)


@require_http_methods(["GET", "POST"])
@access.requires(Permission.SET_MEETINGS)
@once
def meeting_place(request: HttpRequest) -> HttpResponse:
    place, at = MeetingPlace.objects.select_related("set_by").first(), clock.now()
    form = MeetingPlaceForm(request.POST or None, initial={"address": place.address if place else ""})
    if request.method == "POST" and form.attempt(
        lambda said: operations.set_meeting_place(**said, by=request.user, at=at)
    ):
        return redirect("handover:meeting_place")
    context = {"form": form, "place": place}
    return render(request, "handover/meeting_place.html", context, status=422 if request.method == "POST" else 200)


def _send(request: HttpRequest, handover: Handover, item: HandoverItem | None) -> HttpResponse:
    sent = [Upload(name=f.name or "", size=f.size or 0, content=f) for f in request.FILES.getlist("file")]  # type: ignore[arg-type]
    text, at = request.POST.get("text", ""), clock.now()
    try:
        operations.send_message(handover=handover, text=text, item=item, files=sent, by=request.user, at=at)  # type: ignore[arg-type]
    except Refused as problem:
        talk = queries.talk_of(request.user, handover, item=item)
        context = {"talk": talk, "handover": handover, "problem": problem, "text": text}
        return render(request, "handover/talk.html", context, status=422)
    address = reverse("handover:messages", args=[handover.pk])
    return redirect(f"{address}?item={item.pk}" if item else address)


def _handover(request: HttpRequest, pk: UUID) -> Handover:
    return handover_of(request, pk, Permission.TALK)


def _item(handover: Handover, text: str) -> HandoverItem | None:
    pk = queries.chosen(text)
    return get_object_or_404(handover.items, pk=pk) if pk else None
