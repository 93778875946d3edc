"""The one file of a request."""

from typing import Any

from django.utils.translation import gettext as _
from rest_framework import serializers
from rest_framework.request import Request

from ehr.errors import Refused


class SentFileSerializer(serializers.Serializer[Any]):
    file = serializers.FileField()


def sent_file(request: Request) -> Any:
    upload = request.FILES.get("file")
    if upload is None:
        raise Refused("file_missing", _("Send the file as the part named file."), field="file")
    return upload
