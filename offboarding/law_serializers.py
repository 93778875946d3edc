"""What the law says to a case, as the API tells it."""

from typing import Any

from rest_framework import serializers

from ehr.api import StrictSerializer

from .law_forms import ASKED_KINDS
from .law_words import PAPERS
from .models import Evidence, GroundName
from .rules.compliance.codes import Gate
from .words import finding_words

GATES = [(gate.value, gate.value) for gate in Gate]
PAPER_CHOICES = [(paper, words) for paper, words in PAPERS.items()]


class FindingSerializer(serializers.Serializer[Any]):
    code = serializers.CharField(read_only=True)
    gate = serializers.CharField(read_only=True)
    article = serializers.CharField(read_only=True)
    level = serializers.CharField(read_only=True, help_text="block, warn, or advice.")
    answer = serializers.CharField(read_only=True, help_text="explained, overridden, or empty.")
    words = serializers.SerializerMethodField()

    def get_words(self, row: Any) -> str:
        return finding_words(row.code)


class AnswerSerializer(serializers.Serializer[Any]):
    gate = serializers.ChoiceField(choices=GATES)
    code = serializers.CharField(max_length=80)
    reason = serializers.CharField(max_length=2000)
    override = serializers.BooleanField(required=False, default=False)


class EvidenceSerializer(serializers.ModelSerializer[Evidence]):
    paper = serializers.ChoiceField(choices=PAPER_CHOICES)
    uploaded_by = serializers.CharField(source="uploaded_by.username", read_only=True)

    class Meta:
        model = Evidence
        fields = [
            "id",
            "paper",
            "dated",
            "name",
            "media_type",
            "size",
            "sha256",
            "uploaded_by",
            "uploaded_at",
            "set_aside_at",
        ]
        read_only_fields = ["id", "name", "media_type", "size", "sha256", "uploaded_at", "set_aside_at"]


class EvidenceSentSerializer(EvidenceSerializer):
    file = serializers.FileField()

    class Meta(EvidenceSerializer.Meta):
        fields = [*EvidenceSerializer.Meta.fields, "file"]


class AgreementSerializer(StrictSerializer):
    """Both signed: the day, and its scan or the paper on file."""

    signed_on = serializers.DateField()
    file = serializers.FileField(required=False, default=None, allow_null=True)
    paper = serializers.UUIDField(
        required=False, default=None, allow_null=True, help_text="An E_MUTUAL_AGREEMENT that is on file."
    )


class ManySerializer(serializers.Serializer[Any]):
    action = serializers.ChoiceField(choices=["submit", "issue_notice", "end_employment"])
    cases = serializers.ListField(child=serializers.UUIDField(), min_length=1, max_length=200)


class OutcomeSerializer(serializers.Serializer[Any]):
    case = serializers.UUIDField(source="case.pk", read_only=True)
    number = serializers.CharField(source="case.number", read_only=True)
    code = serializers.CharField(read_only=True, help_text="Empty: done.")
    detail = serializers.CharField(read_only=True)
    article = serializers.CharField(read_only=True)


class LawQuestionSerializer(serializers.Serializer[Any]):
    """An ending that nobody asks for yet. Several numbers: by legal only."""

    employee_numbers = serializers.ListField(child=serializers.CharField(max_length=40), min_length=1, max_length=50)
    kind = serializers.ChoiceField(choices=[(kind.value, kind.value) for kind in ASKED_KINDS])
    ground = serializers.ChoiceField(choices=GroundName.choices)
    last_day = serializers.DateField()
    reason = serializers.CharField(max_length=4000, required=False, default="", allow_blank=True)
    pay_in_lieu = serializers.BooleanField(required=False, default=False)


class FoundSerializer(serializers.Serializer[Any]):
    code = serializers.CharField(read_only=True)
    gate = serializers.CharField(read_only=True)
    article = serializers.CharField(read_only=True)


class LawAnswerSerializer(serializers.Serializer[Any]):
    employee_number = serializers.CharField(source="employment.employee_number", read_only=True)
    verdict = serializers.CharField(read_only=True, help_text="PASS, WARN or BLOCK.")
    earliest_last_day = serializers.DateField(source="earliest", read_only=True)
    in_the_way = FoundSerializer(many=True, read_only=True)
    to_do = FoundSerializer(many=True, read_only=True)
