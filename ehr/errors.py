"""What can be wrong with a request, said once; web and API turn these into their own words."""

from collections.abc import Iterable


class WrongState(Exception):
    """The thing is not in a state that allows this. HTTP 409, with what is allowed instead."""

    def __init__(self, detail: str, *, allowed: Iterable[str] = ()) -> None:
        super().__init__(detail)
        self.detail = detail
        self.allowed = tuple(allowed)


class Refused(Exception):
    """A rule says no. HTTP 422, with the code of the rule and the article it rests on."""

    def __init__(self, code: str, detail: str, *, article: str = "", field: str | None = None) -> None:
        super().__init__(detail)
        self.code = code
        self.detail = detail
        self.article = article
        self.field = field


class Forbidden(Exception):
    """Visible, but not allowed. HTTP 403."""
