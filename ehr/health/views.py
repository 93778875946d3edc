from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from ehr.access import requires
from ehr.health import probes, schedule
from ehr.health.permissions import Permission


@require_safe
@never_cache
def alive(request: HttpRequest) -> HttpResponse:
    return JsonResponse({"alive": True})


@require_safe
@never_cache
def ready(request: HttpRequest) -> HttpResponse:
    reasons = probes.reasons()
    response = JsonResponse({"ready": not reasons, "reasons": reasons}, status=503 if reasons else 200)
    response._has_been_logged = True  # type: ignore[attr-defined]  # asked every few seconds: no news for Django's log
    return response


@require_safe
@requires(Permission.VIEW_SCHEDULE)
def jobs(request: HttpRequest) -> HttpResponse:
    return render(request, "health/schedule.html", {"jobs": schedule.jobs()})


@require_safe
@never_cache
def metrics(request: HttpRequest) -> HttpResponse:
    if not _may_read_metrics(request):
        return HttpResponse(status=403)
    return HttpResponse(generate_latest(), content_type=CONTENT_TYPE_LATEST)


def _may_read_metrics(request: HttpRequest) -> bool:
    """With a token by the token; without one only from this machine, and not through a proxy."""
    if token := settings.EHR_METRICS_TOKEN:
        return constant_time_compare(request.headers.get("Authorization", ""), f"Bearer {token}")
    forwarded = "X-Forwarded-For" in request.headers or "Forwarded" in request.headers
    return request.META.get("REMOTE_ADDR") in ("127.0.0.1", "::1") and not forwarded
