from collections.abc import Callable, Mapping
from typing import Any, ClassVar

from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from rest_framework.generics import GenericAPIView
from rest_framework.permissions import BasePermission, IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from ehr import access
from ehr.api.authentication import BearerTokenAuthentication, SessionAuthentication
from ehr.api.idempotency import do_once
from ehr.api.pagination import CursorPagination

SAFE = ("GET", "HEAD", "OPTIONS")


class HoldsPermission(BasePermission):
    """Reads `permission` (one for all) or `permissions` (per method) of the view; a method not named is denied."""

    def has_permission(self, request: Request, view: Any) -> bool:
        if request.method == "OPTIONS":
            return True
        needed = view.permissions.get(request.method, view.permission)
        if needed is None:
            return False
        return needed == EVERYBODY or access.has(request.user, needed)


EVERYBODY = "everybody"
"""For views open to whoever is signed in; their rows are still scoped."""


class ApiView(APIView):
    """Name `permission` or `permissions = {"GET": …, "POST": …}`. Unsafe methods run once per Idempotency-Key,
    in one transaction; an error rolls it back."""

    authentication_classes = (BearerTokenAuthentication, SessionAuthentication)
    permission_classes = (IsAuthenticated, HoldsPermission)
    permission: ClassVar[str | None] = None
    permissions: ClassVar[Mapping[str, str]] = {}
    token_scopes: ClassVar[tuple[str, ...]] = ("full", "read")
    needs_key: ClassVar[bool] = True  # False only where the content itself carries a source id

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        self._refuse_other_scopes(request)
        method = str(request.method)
        handler = getattr(self, method.lower(), None)
        if self.needs_key and method not in SAFE and handler is not None:
            setattr(self, method.lower(), _kept(handler))

    def _refuse_other_scopes(self, request: Request) -> None:
        scope = getattr(request.auth, "scope", None)
        if scope is not None and scope not in self.token_scopes:
            raise access.Forbidden("token_scope")

    def get_exception_handler(self) -> Any:
        from ehr.api.problems import handle

        return handle

    def load(self, queryset: "QuerySet[Any]", **lookup: Any) -> Any:
        """Through the access door: what is not visible is 404."""
        return get_object_or_404(queryset, **lookup)


class ListView(ApiView, GenericAPIView[Any]):
    """GET of a list. Give `serializer_class`, `filterset_class` or nothing, `ordering`, and `rows(user)`."""

    is_list: ClassVar[bool] = True
    filters: ClassVar[tuple[str, ...]] = ()  # names of the query that `rows` reads itself
    pagination_class = CursorPagination
    ordering: ClassVar[str | tuple[str, ...]] = "-id"

    def rows(self, user: Any) -> "QuerySet[Any]":
        raise TypeError(f"{type(self).__name__} names no rows")

    def get_queryset(self) -> "QuerySet[Any]":
        if getattr(self, "swagger_fake_view", False):  # described, and asked by nobody
            return self.serializer_class.Meta.model.objects.none()  # type: ignore[no-any-return, union-attr]
        return self.rows(self.request.user)

    def wanted(self) -> dict[str, str]:
        return {name: self.request.query_params[name] for name in self.filters if name in self.request.query_params}

    def filter_queryset(self, queryset: "QuerySet[Any]") -> "QuerySet[Any]":
        chosen = getattr(self, "filterset_class", None)
        if chosen is None:
            return queryset
        filters = chosen(self.request.query_params, queryset=queryset, request=self.request)
        if not filters.is_valid():
            from rest_framework.exceptions import ValidationError

            raise ValidationError(filters.errors)
        return filters.qs  # type: ignore[no-any-return]

    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        page = self.paginate_queryset(self.filter_queryset(self.get_queryset()))
        return self.get_paginated_response(self.get_serializer(page, many=True).data)


class DetailView(ApiView, GenericAPIView[Any]):
    """GET of one row. Give `serializer_class` and `rows(user)`; the lookup is `pk`."""

    def rows(self, user: Any) -> "QuerySet[Any]":
        raise TypeError(f"{type(self).__name__} names no rows")

    def get_queryset(self) -> "QuerySet[Any]":
        return self.rows(self.request.user)

    def get_object(self) -> Model:
        return self.load(self.get_queryset(), pk=self.kwargs["pk"])  # type: ignore[no-any-return]

    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return Response(self.get_serializer(self.get_object()).data)


def _kept(handler: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    def run(request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        return do_once(request, lambda: handler(request, *args, **kwargs))

    return run


def is_api(request: HttpRequest) -> bool:
    return request.path.startswith("/api/")
