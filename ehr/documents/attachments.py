"""The one way a stored file leaves: as a download that no browser runs, whatever is in it."""

from io import BytesIO
from typing import IO, cast

from django.http import FileResponse, HttpResponse

from ehr.documents import storage

SANDBOX = "sandbox; default-src 'none'"


def attachment(*, key: str, name: str, media_type: str) -> HttpResponse:
    return _harmless(storage.open_stored(key), name, media_type)


def download(data: bytes, *, name: str, media_type: str) -> HttpResponse:
    return _harmless(BytesIO(data), name, media_type)


def _harmless(content: IO[bytes], name: str, media_type: str) -> HttpResponse:
    response = FileResponse(content, as_attachment=True, filename=name, content_type=media_type)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = SANDBOX
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Cache-Control"] = "private, no-store"
    response._csp_exempt = True  # type: ignore[attr-defined]  # the sandbox is stricter than the policy of the pages
    return cast(HttpResponse, response)  # the stubs keep streaming responses apart; views and middleware do not
