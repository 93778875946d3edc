"""One line in the log per request; what is logged meanwhile carries the request's id."""

import time
from collections.abc import Callable

import structlog
from django.http import HttpRequest, HttpResponse

from ehr.health import metrics
from ehr.record.requests import current_request_id

QUIET = ("/static/", "/healthz", "/readyz", "/metrics")

log = structlog.get_logger("ehr.request")


class RequestLogMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        started = time.perf_counter()
        with structlog.contextvars.bound_contextvars(request_id=current_request_id()):
            response = self.get_response(request)
            _note(request, response, time.perf_counter() - started)
        return response


def _note(request: HttpRequest, response: HttpResponse, seconds: float) -> None:
    """The route and not the path: addresses may hold codes that open something."""
    route = request.resolver_match.route if request.resolver_match else "none"
    metrics.REQUEST_SECONDS.labels(request.method, route, response.status_code).observe(seconds)
    if not request.path.startswith(QUIET):
        milliseconds = round(seconds * 1000)
        log.info("request", method=request.method, route=route, status=response.status_code, ms=milliseconds)
