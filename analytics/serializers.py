from rest_framework import serializers

from analytics.models import Alert


class AlertSerializer(serializers.ModelSerializer[Alert]):
    employee_number = serializers.CharField(source="employment.employee_number")

    class Meta:
        model = Alert
        fields = ("id", "employee_number", "raised_date", "index", "closed_at", "outcome")
