"""Shapes of the API: what goes in, what comes out. Times carry their offset, dates are civil, money is text."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from ehr.documents import Document
from ehr.identity.models import User

from . import may
from .models import (
    Approval,
    Case,
    CaseKind,
    Delegation,
    ForcedItemName,
    GroundName,
    Retention,
    RetentionMeasure,
    RetentionOutcome,
    Step,
    Track,
    TrackFile,
)
from .permissions import Permission
from .timeline import decision_word


class DatesSerializer(serializers.Serializer[Any]):
    filed_date = serializers.DateField(read_only=True)
    requested_last_working_date = serializers.DateField(read_only=True)
    last_working_date = serializers.DateField(required=False)
    termination_date = serializers.DateField(required=False)
    paid_until_date = serializers.DateField(required=False)


class ShiftSerializer(serializers.Serializer[Any]):
    what = serializers.CharField()
    before = serializers.CharField(help_text="A date, or an instant.")
    after = serializers.CharField()


class ShiftsSerializer(serializers.Serializer[Any]):
    dates = DatesSerializer()
    moves = ShiftSerializer(many=True)


class TrackSerializer(serializers.ModelSerializer[Track]):
    owner = serializers.CharField(source="owner.username", default=None, read_only=True)

    class Meta:
        model = Track
        fields = ["id", "kind", "required", "state", "owner", "role", "due_at", "note", "moved_at"]


class ApprovalSerializer(serializers.ModelSerializer[Approval]):
    approver = serializers.CharField(source="approver.username", default=None, read_only=True)
    decided_by = serializers.CharField(source="decided_by.username", default=None, read_only=True)

    class Meta:
        model = Approval
        fields = ["id", "approver", "role", "state", "countersign", "decided_by", "decided_at"]


class StepSerializer(serializers.ModelSerializer[Step]):
    title = serializers.CharField(source="chain_step.title", read_only=True)
    resolver = serializers.CharField(source="chain_step.resolver", read_only=True)
    allowed = serializers.ListField(source="chain_step.allowed", read_only=True)
    approvals = ApprovalSerializer(many=True, read_only=True)

    class Meta:
        model = Step
        fields = [
            "id",
            "round",
            "position",
            "title",
            "resolver",
            "state",
            "allowed",
            "opened_at",
            "due_at",
            "approvals",
        ]


class CaseRowSerializer(serializers.ModelSerializer[Case]):
    employee_number = serializers.CharField(source="employment.employee_number", read_only=True)
    name = serializers.CharField(source="employment.person.name", read_only=True)
    unit = serializers.CharField(source="unit.code", read_only=True)
    dates = DatesSerializer(source="*", read_only=True)

    class Meta:
        model = Case
        fields = [
            "id",
            "number",
            "kind",
            "ground",
            "state",
            "employee_number",
            "name",
            "unit",
            "quiet",
            "overridden",
            "letter_received_on",
            "dates",
        ]


class CaseSerializer(CaseRowSerializer):
    items = serializers.SerializerMethodField(help_text="Of LCL 38, for whom the law's part of the case is open.")
    actions = serializers.SerializerMethodField()
    tracks = serializers.SerializerMethodField()
    steps = serializers.SerializerMethodField()
    successor = serializers.CharField(source="successor.username", default=None, read_only=True)
    chain_version = serializers.IntegerField(source="chain_version.number", default=None, read_only=True)

    class Meta(CaseRowSerializer.Meta):
        fields = [
            *CaseRowSerializer.Meta.fields,
            "items", "actions", "filed_at", "told_at", "approved_at", "employment_ended_at", "finished_at", "successor",
            "chain_version", "steps", "tracks",
        ]  # fmt: skip

    @property
    def user(self) -> Any:
        return self.context["request"].user

    def get_items(self, case: Case) -> list[str]:
        own = case.employment.person.user_id == self.user.pk
        return list(case.forced_items) if own or may.may_read_law(self.user, case) else []

    def get_actions(self, case: Case) -> list[str]:
        is_asked = Approval.objects.waiting_for(self.user).filter(step__case=case).exists()
        return may.actions(self.user, case, is_asked=is_asked)

    def get_tracks(self, case: Case) -> Any:
        return TrackSerializer(tracks_shown(self.user, case), many=True).data

    def get_steps(self, case: Case) -> Any:
        rows = case.steps.select_related("chain_step").prefetch_related("approvals__approver", "approvals__decided_by")
        return StepSerializer(rows.order_by("round", "position"), many=True).data


def tracks_shown(user: Any, case: Case) -> Any:
    """A clerk sees the own track only; the leaver none of those that are held."""
    rows = Track.objects.filter(case=case).select_related("owner").order_by("due_at", "kind")
    if case.employment.person.user_id == user.pk:
        return rows.exclude(state="held")
    if may.may(user, Permission.VIEW_CASE, case):
        return rows
    return rows.filter(pk__in=Track.objects.worked_by(user).values("pk"))


class EventSerializer(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    kind = serializers.CharField()
    at = serializers.DateTimeField()
    actor = serializers.CharField(source="actor.username", default=None)
    on_behalf_of = serializers.CharField(source="on_behalf_of.username", default=None)
    payload = serializers.SerializerMethodField()

    def get_payload(self, event: Any) -> dict[str, Any]:
        """What the law found is read at the findings, by those who may know of a protection (decisions 12)."""
        return {name: value for name, value in event.payload.items() if name not in ("code", "codes")}


class CaseDocumentSerializer(serializers.ModelSerializer[Document]):
    class Meta:
        model = Document
        fields = ["id", "kind", "number", "state"]


class ColleagueField(serializers.SlugRelatedField[User]):
    """A login name of somebody who works here."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(slug_field="username", queryset=User.objects.with_full_access(), **kwargs)


class ItemsField(serializers.ListField):
    def __init__(self, **kwargs: Any) -> None:
        child = serializers.ChoiceField(choices=ForcedItemName.choices)
        super().__init__(child=child, required=False, allow_empty=True, max_length=len(ForcedItemName), **kwargs)


class NewCaseSerializer(serializers.Serializer[Any]):
    employee_number = serializers.CharField(max_length=40)
    kind = serializers.ChoiceField(choices=CaseKind.choices)
    ground = serializers.ChoiceField(choices=GroundName.choices, required=False)
    reason = serializers.CharField(max_length=4000, required=False, default="", allow_blank=True)
    items = ItemsField(help_text="Of LCL 38: what a forced resignation names, one at least.")
    requested_last_working_date = serializers.DateField(required=False, allow_null=True, default=None)
    typed_name = serializers.CharField(max_length=100, required=False, default="", help_text="Signs a resignation.")
    code = serializers.CharField(
        max_length=6, required=False, default="", help_text="Signs it too: from POST cases/signing-codes/."
    )
    pay_in_lieu = serializers.BooleanField(required=False, default=False)
    cost = serializers.DecimalField(max_digits=14, decimal_places=2, required=False, allow_null=True, default=None)


class SigningCodeSerializer(serializers.Serializer[Any]):
    """Where the code went, covered, and whether it is a new one or the one of less than a minute ago."""

    address = serializers.CharField(read_only=True)
    is_new = serializers.BooleanField(read_only=True)


class SubmissionSerializer(serializers.Serializer[Any]):
    kind = serializers.ChoiceField(
        choices=CaseKind.choices, required=False, help_text="Of a returned notice: resignation or forced_resignation."
    )
    items = ItemsField(help_text="Of LCL 38; replaces those of a forced resignation that was returned.")
    reason = serializers.CharField(max_length=4000, required=False, default="", allow_blank=True)
    requested_last_working_date = serializers.DateField(required=False, allow_null=True, default=None)


class ArrearsSerializer(serializers.Serializer[Any]):
    text = serializers.CharField(max_length=4000, help_text="What was found; kept encrypted.")


class DecisionSerializer(serializers.Serializer[Any]):
    decision = serializers.ChoiceField(
        choices=[
            (word, decision_word(word))
            for word in ("approve", "acknowledge", "reject", "return", "delegate", "add_approver")
        ]
    )
    comment = serializers.CharField(max_length=2000, required=False, default="", allow_blank=True)
    approval = serializers.UUIDField(required=False, help_text="Which one, when several wait for you.")
    to = ColleagueField(required=False, allow_null=True, default=None)
    successor = ColleagueField(required=False, allow_null=True, default=None)
    last_working_date = serializers.DateField(required=False, allow_null=True, default=None)


class DelegationSerializer(serializers.ModelSerializer[Delegation]):
    delegate = ColleagueField()

    class Meta:
        model = Delegation
        fields = ["id", "delegate", "from_date", "until_date"]
        read_only_fields = ["id"]


class NudgeSerializer(serializers.Serializer[Any]):
    people = serializers.IntegerField(
        read_only=True, help_text="How many were reminded; 0: they were a short while ago."
    )


class WithdrawalSerializer(serializers.Serializer[Any]):
    reason = serializers.CharField(max_length=2000, required=False, default="", allow_blank=True)
    signed_on = serializers.DateField(required=False, default=None, allow_null=True)
    consent = serializers.FileField(
        required=False, default=None, allow_null=True, help_text="The scan of the employee's consent, with its day."
    )
    accept_offer = serializers.BooleanField(required=False, default=False)
    answer = serializers.ChoiceField(choices=["agree", "refuse"], required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if (attrs["consent"] is None) != (attrs["signed_on"] is None):
            missing = "consent" if attrs["consent"] is None else "signed_on"
            raise serializers.ValidationError({missing: _("A consent counts by its day and its scan.")})
        return attrs


class RetentionSerializer(serializers.ModelSerializer[Retention]):
    measure = serializers.ChoiceField(choices=RetentionMeasure.choices)
    outcome = serializers.ChoiceField(
        choices=[choice for choice in RetentionOutcome.choices if choice[0] != RetentionOutcome.STAYED], default="open"
    )
    note = serializers.CharField(max_length=2000, required=False, default="", allow_blank=True, write_only=True)

    class Meta:
        model = Retention
        fields = ["id", "measure", "amount", "outcome", "note", "talked_at"]
        read_only_fields = ["id", "talked_at"]


class TrackFileSerializer(serializers.ModelSerializer[TrackFile]):
    uploaded_by = serializers.CharField(source="uploaded_by.username", read_only=True)

    class Meta:
        model = TrackFile
        fields = ["id", "name", "media_type", "size", "sha256", "uploaded_by", "uploaded_at"]


class TrackWorkSerializer(serializers.Serializer[Any]):
    action = serializers.ChoiceField(choices=["done", "begin", "fail", "return", "take"])
    note = serializers.CharField(max_length=500, required=False, default="", allow_blank=True)


class ReasonSerializer(serializers.Serializer[Any]):
    reason = serializers.CharField(max_length=2000)
