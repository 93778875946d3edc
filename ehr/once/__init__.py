"""`@once` on a view that writes, `{% once %}` in its form: a double click has one effect and one answer."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from ehr.errors import WrongState

FIELD = "once"

View = TypeVar("View", bound=Callable[..., HttpResponse])


def once(view: View) -> View:
    """The view runs in one transaction. A second submit of the same form waits for the first and gets its answer."""

    @wraps(view)
    def remembered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        from ehr.once.memory import OtherBody, fingerprint, remember

        key = request.POST.get(FIELD, "") if request.method == "POST" else ""
        if not key:
            return view(request, *args, **kwargs)
        try:
            return remember(
                actor=actor_of(request),
                key=f"web:{key[:100]}",
                fingerprint=fingerprint("POST", request.path),
                work=lambda: view(request, *args, **kwargs),
                wait=True,
            )
        except OtherBody:
            raise WrongState(_("This form was sent before, from another page. Please open the page again.")) from None

    return cast(View, remembered)


def actor_of(request: HttpRequest) -> str:
    user = getattr(request, "user", None)
    return str(user.pk) if user is not None and user.is_authenticated else f"session:{request.session.session_key}"
