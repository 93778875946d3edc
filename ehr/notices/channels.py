"""The ways out of the house besides the in-app inbox. Who can carry a message registers its channel at start."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from ehr.lib.registry import Registry


@dataclass(frozen=True, kw_only=True)
class Channel:
    """`send` takes a notice, the event that told of it and the time; it only writes down what has to go out.
    `is_ready`: somebody has set up who carries it."""

    code: str
    send: Callable[[Any, Any, Any], None]
    is_ready: Callable[[], bool]


_channels: Registry[str, Channel] = Registry()


def register_channel(channel: Channel) -> None:
    _channels.register(channel.code, channel)


def channel_of(code: str) -> Channel | None:
    return _channels.get(code)


def users_with(codes: Iterable[str]) -> set[Any]:
    """Who turned one of these channels on, as far as somebody carries it."""
    from ehr.notices.models import ChannelChoice

    ready = [code for code in codes if (channel := _channels.get(code)) and channel.is_ready()]
    if not ready:
        return set()
    return set(ChannelChoice.objects.filter(channel__in=ready, enabled=True).values_list("user", flat=True))
