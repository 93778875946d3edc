"""What is in flight goes to named people: who is proposed, and what may happen to the plan and to its lines."""

from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from handover.rules.lifecycle import Move, move


class Via(StrEnum):
    """By what somebody was proposed."""

    SUCCESSOR = "successor"
    LINE_MANAGER = "line_manager"
    CHOSEN = "chosen"
    NOBODY = "nobody"


@dataclass(frozen=True, kw_only=True)
class Candidate:
    who: Hashable
    via: Via


NOBODY = Candidate(who=None, via=Via.NOBODY)


def propose(candidates: Sequence[Candidate], *, barred: Collection[Hashable] = ()) -> Candidate:
    """The first who may take it: the named successor, then the managers upwards. `barred`: whom the thing is about, and
    who leaves."""
    return next((one for one in candidates if one.who is not None and one.who not in barred), NOBODY)


class State(StrEnum):
    PROPOSED = "proposed"
    CONFIRMED = "confirmed"
    RUN = "run"


class LineState(StrEnum):
    """Waiting: it came after the review, so somebody says first who takes it."""

    PLANNED = "planned"
    WAITING = "waiting"
    DONE = "done"
    REFUSED = "refused"
    SETTLED = "settled"


PLAN: Mapping[str, Move] = {
    "confirm": move(State.CONFIRMED, State.PROPOSED),
    "run": move(State.RUN, State.CONFIRMED),
}
LINE: Mapping[str, Move] = {
    "choose": move(LineState.PLANNED, LineState.PLANNED, LineState.WAITING, LineState.REFUSED),
    "finish": move(LineState.DONE, LineState.PLANNED),
    "refuse": move(LineState.REFUSED, LineState.PLANNED),
    "settle": move(LineState.SETTLED, LineState.PLANNED),
}
OPEN = (LineState.PLANNED, LineState.WAITING, LineState.REFUSED)


class Place(StrEnum):
    """Where somebody stands in the handover of somebody else."""

    HEAD = "head"
    SUCCESSOR = "successor"
    WITNESS = "witness"
