from rest_framework import serializers

from ehr.documents.models import Document


class DocumentSerializer(serializers.ModelSerializer[Document]):
    title = serializers.CharField(read_only=True)
    entity = serializers.CharField(source="entity.code", read_only=True)
    actions = serializers.ListField(child=serializers.CharField(), read_only=True)
    verify_url = serializers.SerializerMethodField()

    class Meta:
        model = Document
        fields = [
            "id", "kind", "title", "number", "entity", "subject", "holder_name", "state", "edition", "due_at",
            "issued_at", "revoked_at", "file_sha256", "actions", "verify_url",
        ]  # fmt: skip

    def get_verify_url(self, document: Document) -> str:
        from ehr.documents.rendering import verify_url

        return verify_url(document)


class RevocationSerializer(serializers.Serializer[None]):
    reason = serializers.CharField(max_length=500)
