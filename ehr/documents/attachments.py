"""The one way a stored file leaves: as a download that no browser runs, whatever is in it."""

from collections.abc import Iterable
from typing import cast

from django.http import HttpResponse, StreamingHttpResponse
from django.utils.http import content_disposition_header

from ehr.documents import storage

SANDBOX = "sandbox; default-src 'none'"


def attachment(*, key: str, name: str, media_type: str) -> HttpResponse:
    return _harmless(storage.chunks(key), storage.size_of(key), name, media_type)


def download(data: bytes, *, name: str, media_type: str) -> HttpResponse:
    return _harmless([data], len(data), name, media_type)


def _harmless(content: Iterable[bytes], size: int, name: str, media_type: str) -> HttpResponse:
    response = StreamingHttpResponse(content, content_type=media_type)
    response["Content-Length"] = str(size)
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = SANDBOX
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Cache-Control"] = "private, no-store"
    response._csp_exempt = True  # type: ignore[attr-defined]  # the sandbox is stricter than the policy of the pages
    return cast(HttpResponse, response)  # the stubs keep streaming responses apart; views and middleware do not
