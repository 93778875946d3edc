"""PostgreSQL keeps no NUL in a text. Whoever sends one is told so at the door, before a view asks the database."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, JsonResponse
from django.utils.translation import gettext as _

NUL = "\0"


class NulMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if NUL in request.path_info or "%00" in request.META.get("QUERY_STRING", ""):
            return _refusal(request)
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """A form was read for its CSRF token by now. The API's own fields refuse a NUL in JSON."""
        if request.method != "POST" or _is_api(request):
            return None
        has_nul = any(NUL in value for _name, values in request.POST.lists() for value in values)
        return _refusal(request) if has_nul else None


def _refusal(request: HttpRequest) -> HttpResponse:
    detail = _("A text contains a character that can't be stored (NUL).")
    if not _is_api(request):
        return HttpResponseBadRequest(detail, content_type="text/plain; charset=utf-8")
    body = {"type": "/problems/invalid", "title": _("Please check your input"), "status": 400, "detail": detail}
    return JsonResponse(body, status=400, content_type="application/problem+json")


def _is_api(request: HttpRequest) -> bool:
    return request.path_info.startswith("/api/")
