"""Pages know GET, HEAD, OPTIONS and POST. Other people's form views would take PUT for POST."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed

KNOWN = ("GET", "HEAD", "OPTIONS", "POST")


class MethodsMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in KNOWN and not request.path.startswith("/api/"):
            return HttpResponseNotAllowed(KNOWN)
        return self.get_response(request)
