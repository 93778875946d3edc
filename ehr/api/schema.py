"""What the OpenAPI description says about every operation beyond its serializer."""

from typing import Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiParameter

UNSAFE = ("POST", "PUT", "PATCH", "DELETE")


class Whole:
    """A list that is answered in one piece: {"results": […]}, as a page of a longer one without its neighbours."""

    def get_schema_operation_parameters(self, view: Any) -> list[Any]:
        return []

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        return {"type": "object", "required": ["results"], "properties": {"results": schema}}


class Schema(AutoSchema):
    @property
    def _of_list(self) -> bool:
        return bool(getattr(self.view, "is_list", False))

    def _is_list_view(self, serializer: Any = None) -> bool:
        """A list says so itself; to anybody else it would look like one row."""
        return (self._of_list and self.method == "GET") or super()._is_list_view(serializer)

    def _get_paginator(self) -> Any:
        return super()._get_paginator() or Whole()  # type: ignore[no-untyped-call]

    def get_paginated_name(self, serializer_name: str) -> str:
        return f"{serializer_name}{'Page' if self._of_list else 'List'}"

    def get_filter_backends(self) -> list[Any]:
        from django_filters.rest_framework import DjangoFilterBackend  # it asks for the settings that name this class

        return [DjangoFilterBackend] if self._is_list_view() and hasattr(self.view, "filterset_class") else []

    def get_request_serializer(self) -> Any:
        """Of a row that is made; without `asks` it looks like the row that is answered."""
        return getattr(self.view, "asks", None) or super().get_request_serializer()

    def get_override_parameters(self) -> list[Any]:
        if self.method == "GET":
            return [OpenApiParameter(name) for name in getattr(self.view, "filters", ())]
        if self.method not in UNSAFE or not getattr(self.view, "needs_key", False):
            return []
        words = "Any text of up to 100 characters that you choose; the same one gives the same answer."
        return [
            OpenApiParameter(
                name="Idempotency-Key",
                type=str,
                location=OpenApiParameter.HEADER,
                required=True,
                description=words,
            )
        ]


class BearerScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    target_class = "ehr.api.authentication.BearerTokenAuthentication"
    name = "token"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {"type": "http", "scheme": "bearer"}


class SessionScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    target_class = "ehr.api.authentication.SessionAuthentication"
    name = "session"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {"type": "apiKey", "in": "cookie", "name": "sessionid"}
