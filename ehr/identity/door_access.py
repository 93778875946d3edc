from collections.abc import Callable
from typing import Any, TypeVar

from django.urls import Resolver404, resolve

View = TypeVar("View", bound=Callable[..., Any])


def narrow_door(view: View) -> View:
    """This view may also be opened by people who left. Put it outermost; every other view is 404 for them."""
    view.narrow_door = True  # type: ignore[attr-defined]
    return view


def is_behind_door(url: str) -> bool:
    try:
        view = resolve(url.partition("?")[0]).func
    except Resolver404:
        return False
    return bool(getattr(view, "narrow_door", False))
