"""Nobody sends more than the largest file that is taken. Refused by the announced length, before anything reads the body:
looking for a form's CSRF token would write all of it to disk first."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _

FORM_BYTES = 1_000_000  # what stands around the file


class SizeMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        announced = request.META.get("CONTENT_LENGTH") or "0"
        if announced.isdigit() and int(announced) > settings.EHR_IMPORT_BYTES + FORM_BYTES:
            return _refusal(request)
        return self.get_response(request)


def _refusal(request: HttpRequest) -> HttpResponse:
    detail = _("The file is larger than 200 MB. Please split it.")
    if not request.path_info.startswith("/api/"):
        return HttpResponse(detail, status=413, content_type="text/plain; charset=utf-8")
    body = {"type": "/problems/invalid", "title": _("Please check your input"), "status": 413, "detail": detail}
    return JsonResponse(body, status=413, content_type="application/problem+json")
