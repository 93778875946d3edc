"""One object of a vector, read by name and type; a fault says where it is and what would be right."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any, TypeVar

E = TypeVar("E", bound=StrEnum)
T = TypeVar("T")

MOST = 10**12
"""More is no figure of one case; exact arithmetic on '1E+999999999' would never end."""
MOST_DECIMALS = 28


class Malformed(ValueError):
    pass


class Given:
    def __init__(self, values: Any, path: str = "input") -> None:
        if not isinstance(values, Mapping):
            raise Malformed(f"{path} must be an object")
        self.values, self.path = values, path

    def has(self, name: str) -> bool:
        return self.values.get(name) is not None

    def optional(self, name: str, read: Callable[[str], T]) -> T | None:
        return read(name) if self.has(name) else None

    def text(self, name: str) -> str:
        return str(self._value(name, str, "a string"))

    def flag(self, name: str, *, default: bool = False) -> bool:
        return bool(self._value(name, bool, "true or false")) if self.has(name) else default

    def whole(self, name: str, *, default: int | None = None) -> int:
        if default is not None and not self.has(name):
            return default
        number = self.amount(name)
        if number != int(number):
            raise self._fault(name, "a whole number, 0 or more")
        return int(number)

    def at_least_one(self, name: str, *, default: int | None = None) -> int:
        value = self.whole(name, default=default)
        if value == 0:
            raise self._fault(name, "1 or more")
        return value

    def amount(self, name: str) -> Decimal:
        """A decimal as a string, or a number of JSON; 0 or more."""
        return self._amount(name, self._value(name, (str, int, Decimal), "a decimal in a string"))

    def positive(self, name: str) -> Decimal:
        amount = self.amount(name)
        if not amount:
            raise self._fault(name, "a decimal above 0")
        return amount

    def amounts(self, name: str) -> list[Decimal]:
        values = self._list(name)
        if not values:
            raise self._fault(name, "a list with at least one amount")
        return [self._amount(f"{name}[{index}]", value) for index, value in enumerate(values)]

    def day(self, name: str) -> date:
        text = self.text(name)
        try:
            return date.fromisoformat(text)
        except ValueError:
            raise self._fault(name, "a date as YYYY-MM-DD") from None

    def instant(self, name: str) -> datetime:
        text = self.text(name)
        try:
            instant = datetime.fromisoformat(text)
        except ValueError:
            raise self._fault(name, "a time as YYYY-MM-DDThh:mm:ss+hh:mm") from None
        if instant.tzinfo is None:
            raise self._fault(name, "a time with its offset")
        return instant

    def choice(self, name: str, choices: type[E]) -> E:
        text = self.text(name)
        try:
            return choices(text)
        except ValueError:
            raise self._fault(name, f"one of {', '.join(choices)}") from None

    def one_of(self, name: str, choices: tuple[str, ...]) -> str:
        text = self.text(name)
        if text not in choices:
            raise self._fault(name, f"one of {', '.join(choices)}")
        return text

    def part(self, name: str) -> "Given":
        return Given(self._value(name, Mapping, "an object"), f"{self.path}.{name}")

    def parts(self, name: str) -> list["Given"]:
        """No list is an empty list."""
        items = self._list(name) if self.has(name) else []
        return [Given(item, f"{self.path}.{name}[{index}]") for index, item in enumerate(items)]

    def items(self, name: str) -> list[Any]:
        return self._list(name) if self.has(name) else []

    def _list(self, name: str) -> list[Any]:
        return list(self._value(name, list, "a list"))

    def _value(self, name: str, kinds: Any, expected: str) -> Any:
        if not self.has(name):
            raise Malformed(f"{self.path}.{name} is missing")
        value = self.values[name]
        if not isinstance(value, kinds):
            raise self._fault(name, expected)
        return value

    def _amount(self, name: str, value: Any) -> Decimal:
        try:
            amount = Decimal(str(value))
        except InvalidOperation:
            raise self._fault(name, "a decimal") from None
        if not amount.is_finite() or amount < 0 or isinstance(value, bool):
            raise self._fault(name, "a decimal, 0 or more")
        if amount > MOST or abs(int(amount.as_tuple().exponent)) > MOST_DECIMALS:
            raise self._fault(name, f"a decimal of {MOST} at most, with {MOST_DECIMALS} decimals at most")
        return amount

    def _fault(self, name: str, expected: str) -> Malformed:
        shown = self.values.get(name)
        return Malformed(f"{self.path}.{name} must be {expected}" + ("" if shown is None else f", not {shown!r}"))
