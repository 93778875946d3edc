"""The texts of papers over the API: the same verbs as the editor, and the same two people."""

from typing import Any
from uuid import UUID

import django_filters
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from ehr import clock
from ehr.api import ApiView, ListView, checked
from ehr.documents import texts as operations
from ehr.documents.kinds import texts
from ehr.documents.markup import LONGEST
from ehr.documents.models import PaperText
from ehr.documents.models.paper_text import problem_words
from ehr.documents.permissions import Permission
from ehr.units.models import LegalEntity

VERBS = {"GET": Permission.VIEW_TEXTS, "POST": Permission.EDIT_TEXTS}


class TextSerializer(serializers.ModelSerializer[PaperText]):
    entity = serializers.CharField(source="entity.code", default=None, read_only=True, help_text="Null: the group.")
    edited_by = serializers.CharField(source="edited_by.username", default=None, read_only=True)
    published_by = serializers.CharField(source="published_by.username", default=None, read_only=True)

    class Meta:
        model = PaperText
        fields = [
            "id", "kind", "variant", "title", "entity", "version", "state", "note", "edited_by", "published_by",
            "published_at",
        ]  # fmt: skip


class MergeFieldSerializer(serializers.Serializer[Any]):
    name = serializers.CharField(read_only=True)
    label = serializers.CharField(read_only=True)  # type: ignore[assignment]  # the name on the wire
    optional = serializers.BooleanField(read_only=True)


class WholeTextSerializer(TextSerializer):
    """With the words, what they may name, and what keeps them from being published."""

    fields_known = serializers.SerializerMethodField()
    problems = serializers.SerializerMethodField()
    body_sha256 = serializers.CharField(
        read_only=True, help_text="To be named as `read` by whoever writes or publishes."
    )

    class Meta(TextSerializer.Meta):
        fields = [*TextSerializer.Meta.fields, "body", "body_sha256", "fields_known", "problems"]

    @extend_schema_field(MergeFieldSerializer(many=True))
    def get_fields_known(self, row: PaperText) -> Any:
        return MergeFieldSerializer(row.spec.merge.values(), many=True).data

    def get_problems(self, row: PaperText) -> list[str]:
        return [problem_words(one, row.spec) for one in row.problems]


class DraftSerializer(serializers.Serializer[Any]):
    kind = serializers.CharField(max_length=40)
    variant = serializers.CharField(max_length=20, required=False, default="", allow_blank=True)
    entity: Any = serializers.SlugRelatedField(
        slug_field="code", queryset=LegalEntity.objects.all(), required=False, default=None, allow_null=True
    )

    def validate_kind(self, code: str) -> str:
        if code not in {kind.code for kind in texts()}:
            raise serializers.ValidationError("unknown")
        return code


class ReadSerializer(serializers.Serializer[Any]):
    read = serializers.RegexField(
        r"^[0-9a-f]{64}$", help_text="`body_sha256` of the words that were read; 409 if somebody wrote on since."
    )


class BodySerializer(ReadSerializer):
    body = serializers.CharField(max_length=LONGEST, trim_whitespace=False)


class NoteSerializer(serializers.Serializer[Any]):
    note = serializers.CharField(max_length=300)


class TextsFilter(django_filters.FilterSet):
    class Meta:
        model = PaperText
        fields = ["kind", "variant", "state"]


class PaperTexts(ListView):
    """GET every version; POST opens the draft of a text, or gives the one that is open."""

    permissions = VERBS
    serializer_class = TextSerializer
    filterset_class = TextsFilter

    def rows(self, user: Any) -> Any:
        return _rows(user).defer("body")

    @extend_schema(request=DraftSerializer, responses={201: WholeTextSerializer})
    def post(self, request: Request) -> Response:
        text = operations.open_draft(**checked(DraftSerializer, request), by=_by(request), at=clock.now())
        return Response(WholeTextSerializer(text).data, status.HTTP_201_CREATED)


class _TextView(ApiView):
    permission = Permission.EDIT_TEXTS

    def text(self, request: Request, pk: UUID) -> PaperText:
        row: PaperText = self.load(_rows(request.user), pk=pk)
        return row


class PaperTextDetail(_TextView):
    """PATCH writes a draft, mistakes and all; DELETE throws it away, or puts aside what a release offers."""

    permissions = {"GET": Permission.VIEW_TEXTS}

    @extend_schema(responses=WholeTextSerializer)
    def get(self, request: Request, pk: UUID) -> Response:
        return Response(WholeTextSerializer(self.text(request, pk)).data)

    @extend_schema(request=BodySerializer, responses=WholeTextSerializer)
    def patch(self, request: Request, pk: UUID) -> Response:
        text = self.text(request, pk)
        operations.write(text=text, by=_by(request), at=clock.now(), **checked(BodySerializer, request))
        return Response(WholeTextSerializer(text).data)

    @extend_schema(responses={204: None})
    def delete(self, request: Request, pk: UUID) -> Response:
        operations.discard(text=self.text(request, pk), by=_by(request), at=clock.now())
        return Response(status=status.HTTP_204_NO_CONTENT)


class PaperTextReview(_TextView):
    """POST asks a second person to publish it; DELETE takes it back to go on writing."""

    @extend_schema(request=NoteSerializer, responses=TextSerializer)
    def post(self, request: Request, pk: UUID) -> Response:
        text = self.text(request, pk)
        operations.ask_review(text=text, by=_by(request), at=clock.now(), **checked(NoteSerializer, request))
        return Response(TextSerializer(text).data)

    @extend_schema(responses=TextSerializer)
    def delete(self, request: Request, pk: UUID) -> Response:
        text = self.text(request, pk)
        operations.take_back(text=text, by=_by(request), at=clock.now())
        return Response(TextSerializer(text).data)


class PaperTextPublication(_TextView):
    """By another person than the one who wrote it."""

    permission = Permission.PUBLISH_TEXTS

    @extend_schema(request=ReadSerializer, responses=TextSerializer)
    def post(self, request: Request, pk: UUID) -> Response:
        text = self.text(request, pk)
        operations.publish(text=text, by=_by(request), at=clock.now(), **checked(ReadSerializer, request))
        return Response(TextSerializer(text).data)


def _rows(user: Any) -> Any:
    return PaperText.objects.visible_to(user).select_related("entity", "edited_by", "published_by")


def _by(request: Request) -> Any:
    return request.user
