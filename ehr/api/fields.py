from collections.abc import Callable
from typing import Any

from rest_framework import serializers


class Masked(serializers.Field):  # type: ignore[type-arg]  # not generic at run time
    """A sensitive value, always masked; unmasking is an own resource with an own event."""

    def __init__(self, mask: Callable[[str], str], **kwargs: Any) -> None:
        self.mask = mask
        super().__init__(read_only=True, **kwargs)

    def to_representation(self, value: Any) -> str:
        return self.mask(str(value)) if value else ""
