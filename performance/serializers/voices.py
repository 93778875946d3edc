from typing import Any

from rest_framework import serializers

from ..models import Feedback, FeedbackKind, Review, Side


class FeedbackSerializer(serializers.ModelSerializer[Feedback]):
    employee_number = serializers.CharField(source="employment.employee_number")
    text = serializers.CharField()
    by = serializers.CharField(source="by.username", default=None)

    class Meta:
        model = Feedback
        fields = ("id", "employee_number", "kind", "text", "by", "at")


class NewFeedbackSerializer(serializers.Serializer[Any]):
    employee_number = serializers.CharField(max_length=40)
    kind = serializers.ChoiceField(choices=FeedbackKind.choices)
    text = serializers.CharField(max_length=2000)


class ReviewSerializer(serializers.ModelSerializer[Review]):
    """Whole. One's own reviews are not here: they stand on the own page, where colleagues stay unnamed."""

    employee_number = serializers.CharField(source="employment.employee_number")
    about_work = serializers.CharField()
    about_person = serializers.CharField()
    by = serializers.CharField(source="by.username", default=None)

    class Meta:
        model = Review
        fields = ("id", "employee_number", "title", "on_date", "side", "about_work", "about_person", "rating", "by")


class NewReviewSerializer(serializers.Serializer[Any]):
    employee_number = serializers.CharField(max_length=40)
    title = serializers.CharField(max_length=60)
    on_date = serializers.DateField()
    side = serializers.ChoiceField(choices=Side.choices)
    about_work = serializers.CharField(max_length=2000)
    about_person = serializers.CharField(max_length=2000, allow_blank=True, default="")
    rating = serializers.IntegerField(min_value=1, max_value=5, required=False, allow_null=True, default=None)
