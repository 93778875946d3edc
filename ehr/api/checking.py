"""What is sent, read by a serializer. A field it does not know is refused: misspelt it would be lost in silence."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from rest_framework import serializers
from rest_framework.request import Request


def checked(serializer: type[Any], request: Request, *about: Any, **options: Any) -> dict[str, Any]:
    """`about` and `options` go to the serializer."""
    return dict(understood(serializer, request, *about, **options).validated_data)


def understood(serializer: type[Any], request: Request, *about: Any, **options: Any) -> Any:
    """The serializer itself, for those that answer more than its fields."""
    asked = serializer(*about, data=request.data, **options)
    asked.is_valid(raise_exception=True)
    _refuse_unknown(asked, request.data)
    return asked


class StrictSerializer(serializers.Serializer[Any]):
    """Of the rows within what is sent, each of which answers for itself."""

    def to_internal_value(self, data: Any) -> Any:
        _refuse_unknown(self, data)
        return super().to_internal_value(data)


def _refuse_unknown(asked: Any, sent: Any) -> None:
    known = [name for name, field in asked.fields.items() if not field.read_only]
    if isinstance(sent, Mapping) and (unknown := [name for name in sent if name not in asked.fields]):
        words = _("There is no such field. Those that can be sent: %(known)s") % {"known": ", ".join(known)}
        raise serializers.ValidationError(dict.fromkeys(unknown, [words]))
