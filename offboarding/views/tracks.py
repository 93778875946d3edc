from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from ehr import clock
from ehr.access import requires
from ehr.documents.attachments import attachment
from ehr.documents.uploads import MOST_FILES
from ehr.errors import Forbidden
from ehr.once import once

from .. import may
from .. import operations as ops
from ..forms import TrackForm
from ..models import Track, TrackFile
from ..permissions import Permission
from .doors import back_to, others_case

DO: dict[str, Callable[..., None]] = {
    "done": lambda track, said, **who: ops.finish_track(track=track, note=said["note"], **who),
    "begin": lambda track, said, **who: ops.begin_track(track=track, note=said["note"], **who),
    "fail": lambda track, said, **who: ops.fail_track(track=track, note=said["note"], **who),
    "return": lambda track, said, **who: ops.return_track(track=track, note=said["note"], **who),
    "take": lambda track, said, **who: ops.take_track(track=track, owner=who["by"], **who),
    "add": lambda track, said, **who: None,
}


@require_http_methods(["GET", "POST"])
@requires(Permission.VIEW_CASE)
@once
def track(request: HttpRequest, pk: Any, kind: str) -> HttpResponse:
    """A clerk's own part of one exit: what it is, what the systems did, done or not."""
    case = others_case(request, pk)
    track = get_object_or_404(_shown(request, case), kind=kind)
    track.case = case
    if request.method == "POST" and not Track.objects.workable_by(request.user).filter(pk=track.pk).exists():
        raise Forbidden("not_your_track")
    form = TrackForm(request.POST or None)
    if request.method == "POST" and form.attempt(lambda said: _work(request, track, said)):
        messages.success(request, _("Noted."))
        return back_to(request, track.url)
    context = {"case": case, "track": track, "form": form, "can": _can(request, track), "proofs": track.files.all()}
    context["sees_settlement"] = kind == "settlement" and may.may(request.user, Permission.VIEW_SETTLEMENT, case)
    context["decides"] = kind == "non_compete" and may.may(request.user, Permission.DECIDE_NON_COMPETE, case)
    template = "offboarding/_track.html" if request.headers.get("HX-Request") else "offboarding/track.html"
    return render(request, template, context, status=422 if request.method == "POST" else 200)


@require_GET
@requires(Permission.VIEW_CASE)
def track_file(request: HttpRequest, pk: Any, kind: str, file_pk: Any) -> HttpResponse:
    case = others_case(request, pk)
    track = get_object_or_404(_shown(request, case), kind=kind)
    row = get_object_or_404(TrackFile, track=track, pk=file_pk)
    return attachment(key=row.file_key, name=row.name, media_type=row.media_type)


def _shown(request: HttpRequest, case: Any) -> Any:
    """A clerk who sees the case only through a track sees that track alone."""
    rows = Track.objects.filter(case=case).select_related("owner", "moved_by")
    if may.may(request.user, Permission.VIEW_CASE, case):
        return rows
    return rows.filter(pk__in=Track.objects.worked_by(request.user).values("pk"))


def _can(request: HttpRequest, track: Track) -> dict[str, bool]:
    manages = may.may(request.user, Permission.MANAGE_CASE, track.case)
    works = Track.objects.workable_by(request.user).filter(pk=track.pk).exists()
    is_running = track.case.state in ("approved", "closed")
    return {
        "work": works and is_running and track.is_open and not track.is_done_elsewhere,
        "return": manages and is_running and track.state == "done" and not track.is_done_elsewhere,
        "take": works
        and is_running
        and track.is_open
        and track.owner_id != request.user.pk
        and track.kind != "handover",
    }


def _work(request: HttpRequest, track: Track, said: dict[str, Any]) -> None:
    """The papers first: what is said may rest on them."""
    at = clock.now()
    for upload in request.FILES.getlist("file")[: MOST_FILES + 1]:
        ops.add_proof(
            track=track, name=upload.name or "", size=upload.size or 0, content=upload, by=request.user, at=at
        )
    DO[said["action"]](track, said, by=request.user, at=at)
