"""A region's handovers, asking again, and how long handovers take, by the API."""

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from ehr import clock
from ehr.api import ApiView, checked
from handover import operations, queries
from handover import region_serializers as shown
from handover.permissions import Permission


class Region(ApiView):
    """?unit=<id>: everybody who hands over in that unit and below; without one, all one looks after."""

    permission = Permission.REMIND_PEOPLE
    serializer_class = shown.RegionSerializer

    def get(self, request: Request) -> Response:
        query = request.query_params
        page = queries.region_of(
            request.user, unit=query.get("unit", ""), cursor=query.get("after", ""), at=clock.now()
        )
        return Response(shown.RegionSerializer(page).data)


class Reminders(ApiView):
    """POST: remind whoever these handovers wait for; each person once a day."""

    permission = Permission.REMIND_PEOPLE

    @extend_schema(request=shown.RemindingSerializer, responses=shown.RemindedSerializer)
    def post(self, request: Request) -> Response:
        said = checked(shown.RemindingSerializer, request)
        rows = queries.running_in(request.user, queries.unit_among(request.user, str(said["unit"] or "")))
        rows = rows.filter(pk__in=said["handovers"]) if said["handovers"] else rows
        done = operations.remind_people(handovers=rows, by=request.user, at=clock.now())
        return Response(shown.RemindedSerializer(done).data)


class Tempo(ApiView):
    permission = Permission.VIEW_TEMPO
    serializer_class = shown.TempoSerializer

    def get(self, request: Request) -> Response:
        return Response(shown.TempoSerializer(queries.tempo_of(request.user, at=clock.now())).data)
