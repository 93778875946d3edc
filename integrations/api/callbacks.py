from typing import Any, ClassVar

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response

from ehr import clock
from ehr.api import ApiView
from integrations.connectors.protocol import CallbackRejected
from integrations.operations.receiving import receive

LARGEST = 64_000


class Callbacks(ApiView):
    """Other systems tell what happened there. No session, no token: the signature over the raw body is the key."""

    authentication_classes: ClassVar[Any] = ()
    permission_classes: ClassVar[Any] = (AllowAny,)
    needs_key = False

    @extend_schema(request=OpenApiTypes.OBJECT, responses=OpenApiTypes.OBJECT)
    def post(self, request: Request, name: str) -> Response:
        headers = {key.lower(): value for key, value in request.headers.items()}
        body = _raw(request)
        if len(body) > LARGEST:
            return Response({"title": "Too large"}, status=413)
        try:
            receive(name=name, headers=headers, body=body, at=clock.now())
        except CallbackRejected:
            return Response({"title": "Not accepted"}, status=401)
        return Response({"received": True})


def _raw(request: Any) -> bytes:
    body: bytes = request._request.body
    return body
