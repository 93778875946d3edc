"""WrongState, Refused and Forbidden become a page, or a fragment when htmx asked. The API words them itself, but
for an address that leads to no view of it."""

from collections.abc import Callable, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.defaults import page_not_found

from ehr.errors import Forbidden, Refused, WrongState
from ehr.lib.registry import Registry

_actions: Registry[str, Any] = Registry()


def name_actions(words: Mapping[str, Any]) -> None:
    """What the codes of a lifecycle are called. Codes are for callers of the API; a page shows what has a name."""
    for code, word in words.items():
        _actions.register(code, word)


STATUS: dict[type[Exception], int] = {WrongState: 409, Refused: 422, Forbidden: 403}


class ErrorPagesMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code == 405 and not response.content and not request.path_info.startswith("/api/"):
            return _only_forms(request, response)
        return response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        status = next((code for kind, code in STATUS.items() if isinstance(error, kind)), None)
        if status is None:
            return None
        return render(request, _template(request, status), _words(error), status=status)


def _only_forms(request: HttpRequest, refused: HttpResponse) -> HttpResponse:
    """Reloaded or typed, the address of a form would be an empty white page."""
    page = render(request, _template(request, 405), {"detail": _("This address only takes a form.")}, status=405)
    page["Allow"] = refused["Allow"]
    return page


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    if not request.path.startswith("/api/"):
        return page_not_found(request, exception)
    body = {"type": "/problems/not-found", "title": _("Not found"), "status": 404}
    body["detail"] = _("There is nothing here for you.")
    return JsonResponse(body, status=404, content_type="application/problem+json")


def _template(request: HttpRequest, status: int) -> str:
    return "errors/_problem.html" if request.headers.get("HX-Request") else f"errors/{status}.html"


def _words(error: Any) -> dict[str, Any]:
    return {
        "error": error,
        "detail": getattr(error, "detail", ""),
        "allowed": [_actions[code] for code in getattr(error, "allowed", ()) if code in _actions],
        "code": getattr(error, "code", ""),
        "article": getattr(error, "article", ""),
    }
