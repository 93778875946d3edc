from typing import Any

from .. import operations, serializers
from ..models import Feedback, Review
from ..permissions import PerformancePermission as P
from .base import AboutPeople, OfPersonFilter


class FeedbackList(AboutPeople):
    permissions = {"GET": P.VIEW_FEEDBACK, "POST": P.GIVE_FEEDBACK}
    serializer_class = serializers.FeedbackSerializer
    asks = serializers.NewFeedbackSerializer
    filterset_class = OfPersonFilter

    def rows(self, user: Any) -> Any:
        return Feedback.objects.visible_to(user).select_related("employment", "by", "data_key")

    def make(self, **facts: Any) -> Feedback:
        return operations.give_feedback(**facts)


class Reviews(AboutPeople):
    permissions = {"GET": P.VIEW_REVIEW, "POST": P.WRITE_REVIEW}
    serializer_class = serializers.ReviewSerializer
    asks = serializers.NewReviewSerializer
    filterset_class = OfPersonFilter

    def rows(self, user: Any) -> Any:
        return Review.objects.visible_to(user).select_related("employment", "by", "data_key")

    def make(self, **facts: Any) -> Review:
        return operations.write_review(**facts)
