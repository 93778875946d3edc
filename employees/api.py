from dataclasses import asdict
from typing import Any, ClassVar
from uuid import UUID

import django_filters
from django.db.models import Exists, OuterRef, Prefetch, QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from ehr import clock
from ehr.api import ApiView, DetailView, ListView, checked

from .importing import advancing
from .models import Employment, EmploymentStatus, ImportRun, JobFamily, Person
from .observing import observe_holdings
from .permissions import EmployeePermission as P
from .serializers import (
    EmploymentDetailSerializer,
    EmploymentSerializer,
    HoldingBatchSerializer,
    ImportSerializer,
    ImportUploadSerializer,
    ObservedSerializer,
    PersonSerializer,
)


class EmploymentFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(method="search")
    employee_number = django_filters.CharFilter()
    unit = django_filters.CharFilter(field_name="unit__path", lookup_expr="startswith")
    status = django_filters.MultipleChoiceFilter(choices=EmploymentStatus.choices)
    job_family = django_filters.ChoiceFilter(choices=JobFamily.choices)

    class Meta:
        model = Employment
        fields = ("q", "employee_number", "unit", "status", "job_family")

    def search(self, rows: Any, _name: str, text: str) -> Any:
        return rows.search(text)


class EmploymentList(ListView):
    """Employments the caller may see, by employee number."""

    permission = P.VIEW_EMPLOYMENT
    serializer_class = EmploymentSerializer
    filterset_class = EmploymentFilter
    ordering = "employee_number"

    def rows(self, user: Any) -> QuerySet[Employment]:
        return Employment.objects.visible_to(user).for_list()


class EmploymentDetail(DetailView):
    permission = P.VIEW_EMPLOYMENT
    serializer_class = EmploymentDetailSerializer

    def rows(self, user: Any) -> QuerySet[Employment]:
        joined = Employment.objects.visible_to(user).for_list().select_related("employer")
        readable = Employment.objects.visible_to(user, P.VIEW_EMPLOYMENT_FACTS).filter(pk=OuterRef("pk"))
        return joined.annotate(facts_readable=Exists(readable)).prefetch_related("contracts", "prior_segments")


class PersonList(ListView):
    """People with the employments of theirs that the caller may see."""

    permission = P.VIEW_EMPLOYMENT
    serializer_class = PersonSerializer
    ordering = "id"

    def rows(self, user: Any) -> QuerySet[Person]:
        visible = Employment.objects.visible_to(user)
        shown = Prefetch("employments", queryset=visible.order_by("hire_date"), to_attr="visible_employments")
        return Person.objects.filter(pk__in=visible.values("person_id")).prefetch_related(shown)


class PersonDetail(DetailView):
    permission = P.VIEW_EMPLOYMENT
    serializer_class = PersonSerializer
    rows = PersonList.rows


class ImportList(ListView):
    """POST a file: it is read, checked and, unless `dry_run`, written by the worker; ask the answer's address for news."""

    permission = P.IMPORT_EMPLOYEES
    serializer_class = ImportSerializer
    ordering = "-id"
    parser_classes = (MultiPartParser,)

    def rows(self, user: Any) -> QuerySet[ImportRun]:
        return ImportRun.objects.visible_to(user).select_related("created_by")

    @extend_schema(request={"multipart/form-data": ImportUploadSerializer}, responses={202: ImportSerializer})
    def post(self, request: Request) -> Response:
        asked = checked(ImportUploadSerializer, request)
        run = advancing.receive(
            upload=asked["file"],
            by=request.user,
            at=clock.now(),
            mapping=asked.get("mapping"),
            by_api=True,
            goes_on=not asked["dry_run"],
        )
        return Response(ImportSerializer(run).data, status=202, headers={"Location": f"/api/v1/imports/{run.pk}/"})


class ImportDetail(DetailView):
    permission = P.IMPORT_EMPLOYEES
    serializer_class = ImportSerializer

    def rows(self, user: Any) -> QuerySet[ImportRun]:
        return ImportRun.objects.visible_to(user).select_related("created_by")


class ImportWriting(ApiView):
    """POST: write what the dry run has checked. 409 at any other step."""

    permission = P.IMPORT_EMPLOYEES

    @extend_schema(request=None, responses={202: ImportSerializer})
    def post(self, request: Request, pk: UUID) -> Response:
        run = self.load(ImportRun.objects.visible_to(request.user), pk=pk)
        run.start_writing(by=request.user, at=clock.now())
        advancing.ring()
        return Response(ImportSerializer(run).data, status=202)


class HoldingSignals(ApiView):
    """What a system sees in people's hands: {"system": "gitlab", "rows": […]}. A repeated call changes nothing."""

    permission = P.REPORT_HOLDINGS
    token_scopes: ClassVar[tuple[str, ...]] = ("full", "signals")
    needs_key = False

    @extend_schema(request=HoldingBatchSerializer, responses=ObservedSerializer)
    def post(self, request: Request) -> Response:
        said = checked(HoldingBatchSerializer, request)
        return Response(asdict(observe_holdings(said["rows"], system=said["system"], at=clock.now())))
