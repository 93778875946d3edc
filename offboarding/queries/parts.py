"""Rows of a case as parts of its progress, for the case page, the board and 我的离职."""

from collections.abc import Iterable
from datetime import datetime

from ..models import Step, StepState, Track
from ..rules import progress
from ..rules.progress import Part, Progress


def parts_of(steps: Iterable[Step], tracks: Iterable[Track], *, handover: tuple[int, int] = (0, 0)) -> list[Part]:
    return [*(_of_step(step) for step in steps), *(_of_track(track, handover) for track in tracks)]


def measure(
    steps: Iterable[Step], tracks: Iterable[Track], *, at: datetime, handover: tuple[int, int] = (0, 0)
) -> Progress:
    return progress.measure(parts_of(steps, tracks, handover=handover), at=at)


def _of_step(step: Step) -> Part:
    state = "waiting" if step.state == StepState.WAITING else str(step.state)
    return Part(key=f"step:{step.position}", state=state, due_at=step.due_at)


def _of_track(track: Track, handover: tuple[int, int]) -> Part:
    done, total = handover if track.kind == "handover" else (0, 1)
    return Part(
        key=track.kind, state=track.state, is_required=track.required, due_at=track.due_at, done=done, total=total or 1
    )
