from collections.abc import Callable
from typing import Any, TypeVar

View = TypeVar("View", bound=Callable[..., Any])


def narrow_door(view: View) -> View:
    """This view may also be opened by people who left. Put it outermost; every other view is 404 for them."""
    view.narrow_door = True  # type: ignore[attr-defined]
    return view
