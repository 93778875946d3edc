"""Every error of the API as `application/problem+json` (RFC 9457)."""

from typing import Any

from django.core.exceptions import PermissionDenied, RequestDataTooBig, ValidationError
from django.http import Http404
from django.utils.translation import gettext as _
from rest_framework import exceptions, status
from rest_framework.renderers import JSONRenderer
from rest_framework.response import Response
from rest_framework.views import set_rollback

from ehr.errors import Forbidden, Refused, WrongState


class ProblemRenderer(JSONRenderer):
    media_type = "application/problem+json"


def handle(error: Exception, context: dict[str, Any]) -> Response | None:
    body = _describe(error)
    if body is None:
        return None
    set_rollback()
    response = Response(body, status=body["status"], headers=_headers(error))
    request = context["request"]
    request.accepted_renderer, request.accepted_media_type = ProblemRenderer(), ProblemRenderer.media_type
    return response


def problem(code: str, status_code: int, title: str, detail: str, /, **more: Any) -> dict[str, Any]:
    kind = f"/problems/{code.replace('_', '-')}"
    return {"type": kind, "title": title, "status": status_code, "detail": detail, **more}


def _describe(error: Exception) -> dict[str, Any] | None:
    if isinstance(error, WrongState):
        return problem("wrong_state", 409, _("Not possible now"), error.detail, allowed=list(error.allowed))
    if isinstance(error, Refused):
        return _refused(error)
    if isinstance(error, Forbidden | PermissionDenied):
        return problem("forbidden", 403, _("Not allowed"), _("You may not do this."))
    if isinstance(error, Http404):
        return problem("not_found", 404, _("Not found"), _("There is nothing here for you."))
    if isinstance(error, ValidationError):
        return _invalid(exceptions.ValidationError(_of_django(error)))
    if isinstance(error, RequestDataTooBig):
        return problem("too_big", 413, _("Too much at once"), _("Send less in one call."))
    if isinstance(error, exceptions.ValidationError):
        return _invalid(error)
    if isinstance(error, exceptions.APIException):
        return _of_drf(error)
    return None


def _refused(error: Refused) -> dict[str, Any]:
    more: dict[str, Any] = {"code": error.code, "article": error.article}
    if error.field:
        more["errors"] = {error.field: [error.detail]}
    return problem("refused", 422, _("A rule says no"), error.detail, **more)


def _invalid(error: exceptions.ValidationError) -> dict[str, Any]:
    errors = error.detail if isinstance(error.detail, dict) else {"non_field_errors": error.detail}
    return problem("invalid", 422, _("Please check your input"), _("Some values are not right."), errors=errors)


def _of_django(error: ValidationError) -> Any:
    return error.message_dict if hasattr(error, "error_dict") else error.messages


def _of_drf(error: exceptions.APIException) -> dict[str, Any]:
    code = error.get_codes()
    name = code if isinstance(code, str) else "error"
    title = str(error.default_detail)  # a template in some of them: "Method "{method}" not allowed."
    return problem(name, error.status_code, str(error.detail) if "{" in title else title, str(error.detail))


def _headers(error: Exception) -> dict[str, str]:
    headers = {}
    if getattr(error, "auth_header", None):
        headers["WWW-Authenticate"] = error.auth_header  # type: ignore[attr-defined]
    if getattr(error, "wait", None):
        headers["Retry-After"] = str(int(error.wait))  # type: ignore[attr-defined]
    if getattr(error, "status_code", 0) == status.HTTP_401_UNAUTHORIZED:
        headers.setdefault("WWW-Authenticate", 'Bearer realm="api"')
    return headers
