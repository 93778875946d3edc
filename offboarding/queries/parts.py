"""Rows of a case as parts of its progress, for the case page, the board and 我的离职."""

from collections.abc import Iterable
from datetime import datetime

from handover.standing import Standing

from ..models import Step, StepState, Track
from ..rules import progress
from ..rules.progress import Part, Progress

NO_LIST = Standing()


def parts_of(steps: Iterable[Step], tracks: Iterable[Track], *, handover: Standing = NO_LIST) -> list[Part]:
    return [*(_of_step(step) for step in steps), *(_of_track(track, handover) for track in tracks)]


def measure(steps: Iterable[Step], tracks: Iterable[Track], *, at: datetime, handover: Standing = NO_LIST) -> Progress:
    return progress.measure(parts_of(steps, tracks, handover=handover), at=at)


def _of_step(step: Step) -> Part:
    state = "waiting" if step.state == StepState.WAITING else str(step.state)
    return Part(key=f"step:{step.position}", state=state, due_at=step.due_at)


def _of_track(track: Track, handover: Standing) -> Part:
    if track.kind == "handover":
        return _of_handover(track, handover)
    return Part(key=track.kind, state=track.state, is_required=track.required, due_at=track.due_at)


def _of_handover(track: Track, handover: Standing) -> Part:
    """Red as soon as one of its duties is: an item that nobody confirms within its time, not only the last day."""
    due_at = min(track.due_at, handover.late[0].due_at) if handover.late else track.due_at
    return Part(
        key=track.kind,
        state=track.state,
        is_required=track.required,
        due_at=due_at,
        done=handover.done,
        total=handover.total or 1,
    )
