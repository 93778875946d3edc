"""A workflow as one table. Buttons, API, permission check, tests and the diagram in the docs all read it."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property


class NotAllowed(Exception):
    """The table has no such move from here."""

    def __init__(self, action: str, state: str, allowed: Sequence[str]) -> None:
        super().__init__(f"{action} is not possible in state {state}")
        self.action, self.state, self.allowed = action, state, tuple(allowed)


@dataclass(frozen=True, kw_only=True)
class Transition:
    """guard is the name of a check that the model knows; an empty `to` means that the state stays."""

    action: str
    sources: frozenset[str]
    to: str = ""
    permission: str = ""
    guard: str = ""

    def target(self, state: str) -> str:
        return self.to or state


@dataclass(frozen=True)
class Lifecycle:
    """Each action appears once; an action with two results is two actions."""

    name: str
    start: str
    transitions: tuple[Transition, ...]

    def __post_init__(self) -> None:
        if len({t.action for t in self.transitions}) != len(self.transitions):
            raise ValueError(f"{self.name}: an action appears twice")

    @cached_property
    def _by_action(self) -> dict[str, Transition]:
        return {transition.action: transition for transition in self.transitions}

    def move(self, action: str, state: str) -> Transition:
        """The transition to take, or NotAllowed with what is possible instead."""
        transition = self._by_action.get(action)
        if transition is None or state not in transition.sources:
            raise NotAllowed(action, str(state), self.allowed(state))
        return transition

    def allows(self, action: str, state: str) -> bool:
        return action in self._by_action and state in self._by_action[action].sources

    def allowed(self, state: str) -> tuple[str, ...]:
        return tuple(t.action for t in self.transitions if state in t.sources)

    def permission(self, action: str) -> str:
        return self._by_action[action].permission

    @property
    def actions(self) -> tuple[str, ...]:
        return tuple(self._by_action)

    @property
    def states(self) -> tuple[str, ...]:
        seen = {self.start: None}
        for transition in self.transitions:
            seen |= dict.fromkeys(sorted(transition.sources)) | ({transition.to: None} if transition.to else {})
        return tuple(seen)

    @property
    def final_states(self) -> tuple[str, ...]:
        return tuple(state for state in self.states if not self.allowed(state))


def mermaid(lifecycle: Lifecycle) -> str:
    """The diagram of the documentation; a test compares it, so it can't go stale."""
    lines = ["stateDiagram-v2", f"    [*] --> {lifecycle.start}"]
    for transition in lifecycle.transitions:
        label = transition.action + (f" [{transition.guard}]" if transition.guard else "")
        lines += [f"    {s} --> {transition.target(s)}: {label}" for s in sorted(transition.sources)]
    lines += [f"    {state} --> [*]" for state in lifecycle.final_states]
    return "\n".join(lines) + "\n"
