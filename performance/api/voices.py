from typing import Any

from rest_framework.request import Request
from rest_framework.response import Response

from ehr import clock
from ehr.api import ListView

from .. import operations, serializers
from ..models import Feedback, Review
from ..permissions import PerformancePermission as P
from .base import OfPersonFilter, checked, person


class FeedbackList(ListView):
    permissions = {"GET": P.VIEW_FEEDBACK, "POST": P.GIVE_FEEDBACK}
    serializer_class = serializers.FeedbackSerializer
    filterset_class = OfPersonFilter

    def rows(self, user: Any) -> Any:
        return Feedback.objects.visible_to(user).select_related("employment", "by", "data_key")

    def post(self, request: Request) -> Response:
        asked = checked(serializers.NewFeedbackSerializer, request).validated_data
        employment = person(request.user, asked.pop("employee_number"), P.GIVE_FEEDBACK)
        said = operations.give_feedback(employment=employment, **asked, by=request.user, at=clock.now())
        return Response(self.get_serializer(said).data, status=201)


class Reviews(ListView):
    permissions = {"GET": P.VIEW_REVIEW, "POST": P.WRITE_REVIEW}
    serializer_class = serializers.ReviewSerializer
    filterset_class = OfPersonFilter

    def rows(self, user: Any) -> Any:
        return Review.objects.visible_to(user).select_related("employment", "by", "data_key")

    def post(self, request: Request) -> Response:
        asked = checked(serializers.NewReviewSerializer, request).validated_data
        employment = person(request.user, asked.pop("employee_number"), P.WRITE_REVIEW)
        said = operations.write_review(employment=employment, **asked, by=request.user, at=clock.now())
        return Response(self.get_serializer(said).data, status=201)
