"""How much of a review somebody reads. Peers stay unnamed to the person; whoever takes over reads of the work only."""

from dataclasses import dataclass
from enum import StrEnum


class Side(StrEnum):
    MANAGER = "manager"
    PEER = "peer"


class Reader(StrEnum):
    """In order of what they may read."""

    FULL = "full"  # holds the permission for this person
    PERSON = "person"  # whom it is about
    OTHER = "other"


@dataclass(frozen=True, kw_only=True)
class Shown:
    author: bool
    about_person: bool
    rating: bool


def shown_to(reader: Reader, *, side: Side) -> Shown:
    """What was said of the work is always shown."""
    return Shown(
        author=reader is Reader.FULL or side is Side.MANAGER,
        about_person=reader is not Reader.OTHER,
        rating=reader is not Reader.OTHER,
    )
