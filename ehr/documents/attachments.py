"""The one way a stored file leaves: as a download that no browser runs, whatever is in it."""

from django.http import FileResponse

from ehr.documents import storage

SANDBOX = "sandbox; default-src 'none'"


def attachment(*, key: str, name: str, media_type: str) -> FileResponse:
    response = FileResponse(storage.open_stored(key), as_attachment=True, filename=name, content_type=media_type)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = SANDBOX
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Cache-Control"] = "private, no-store"
    response._csp_exempt = True  # the sandbox above is stricter than the policy of the pages
    return response
