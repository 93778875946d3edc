"""Lists of endings as the API tells them."""

from typing import Any

from rest_framework import serializers

from .batch_forms import BATCH_KINDS, LONGEST
from .law_serializers import FoundSerializer
from .models import Batch, BatchLine, GroundName


class BatchAskedSerializer(serializers.Serializer[Any]):
    employee_numbers = serializers.ListField(
        child=serializers.CharField(max_length=40), min_length=1, max_length=LONGEST
    )
    kind = serializers.ChoiceField(choices=[(kind.value, kind.value) for kind in BATCH_KINDS])
    ground = serializers.ChoiceField(choices=GroundName.choices)
    last_day = serializers.DateField()
    reason = serializers.CharField(max_length=4000)
    pay_in_lieu = serializers.BooleanField(required=False, default=False)
    rehearse = serializers.BooleanField(
        required=False, default=False, help_text="Only tell what would come of it; nothing is kept."
    )


class RehearsedSerializer(serializers.Serializer[Any]):
    employee_number = serializers.CharField(source="employment.employee_number", read_only=True)
    code = serializers.CharField(source="told.code", read_only=True, help_text="Empty: a case can be opened.")
    detail = serializers.CharField(source="told.detail", read_only=True)
    article = serializers.CharField(source="told.article", read_only=True)
    findings = FoundSerializer(many=True, read_only=True)


class LayoffSerializer(serializers.Serializer[Any]):
    """All endings of one employer that count in a window of ninety days with this list."""

    entity = serializers.CharField(read_only=True)
    count = serializers.IntegerField(read_only=True)
    ratio = serializers.CharField(read_only=True)
    threshold_hit = serializers.BooleanField(read_only=True)
    by = serializers.ListField(child=serializers.CharField(), read_only=True)
    earliest_effective_date = serializers.DateField(read_only=True)
    codes = serializers.ListField(child=serializers.CharField(), read_only=True)
    advice = serializers.ListField(child=serializers.CharField(), read_only=True)


class RehearsalSerializer(serializers.Serializer[Any]):
    can_open = serializers.BooleanField(read_only=True)
    rows = RehearsedSerializer(many=True, read_only=True)
    layoffs = serializers.SerializerMethodField()

    def get_layoffs(self, rehearsal: Any) -> list[dict[str, Any]]:
        return [LayoffSerializer(mass).data | {"entity": entity} for entity, mass in rehearsal.layoffs.items()]


class BatchSerializer(serializers.ModelSerializer[Batch]):
    opened_by = serializers.CharField(source="opened_by.username", read_only=True)

    class Meta:
        model = Batch
        fields = ["id", "kind", "ground", "last_day", "opened_by", "opened_at", "checked_at"]


class BatchLineSerializer(serializers.ModelSerializer[BatchLine]):
    """`code` is empty once it was sent; before, `found` says what stands in the way."""

    case = serializers.UUIDField(source="case.pk", read_only=True)
    number = serializers.CharField(source="case.number", read_only=True)
    employee_number = serializers.CharField(source="case.employment.employee_number", read_only=True)
    state = serializers.CharField(source="case.state", read_only=True)

    class Meta:
        model = BatchLine
        fields = ["position", "case", "number", "employee_number", "state", "code", "article", "tried_at", "found"]
