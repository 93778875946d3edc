"""What can be handed over: five groups, five kinds with their fields, and who confirms each kind."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

from handover.rules.progress import percent_of
from handover.rules.secrets import asks_for_secret, looks_secret


class Group(StrEnum):
    WORK = "work"
    KNOWLEDGE = "knowledge"
    ACCESS = "access"
    RELATIONS = "relations"
    PHYSICAL = "physical"


class Kind(StrEnum):
    WORK_ITEM = "work_item"
    DOCUMENT = "document"
    ACCOUNT = "account"
    RELATION = "relation"
    THING = "thing"


class Confirmer(StrEnum):
    HEAD = "head"
    SUCCESSOR = "successor"
    IT = "it"
    ASSET_CLERK = "asset_clerk"
    DOCUMENT_CLERK = "document_clerk"


class FieldType(StrEnum):
    """There is no type for a password, on purpose."""

    TEXT = "text"
    LONG = "long"
    PROGRESS = "progress"
    DATE = "date"
    NUMBER = "number"


@dataclass(frozen=True, kw_only=True)
class Field:
    """`label` only where a template added the field; those of the kinds have their words at the edge."""

    name: str
    type: FieldType = FieldType.TEXT
    required: bool = False
    label: str = ""

    @property
    def long(self) -> bool:
        return self.type is FieldType.LONG


@dataclass(frozen=True, kw_only=True)
class Problem:
    code: str
    field: str = ""


FIELDS: Mapping[Kind, tuple[Field, ...]] = {
    Kind.WORK_ITEM: (
        Field(name="progress", type=FieldType.PROGRESS, required=True),
        Field(name="counterpart"),
        Field(name="next_step", type=FieldType.LONG, required=True),
    ),
    Kind.DOCUMENT: (Field(name="place", required=True), Field(name="remark", type=FieldType.LONG)),
    Kind.ACCOUNT: (
        Field(name="system", required=True),
        Field(name="account", required=True),
        Field(name="remark", type=FieldType.LONG),
    ),
    Kind.RELATION: (
        Field(name="contact", required=True),
        Field(name="status", required=True),
        Field(name="special_requests", type=FieldType.LONG),
    ),
    Kind.THING: (Field(name="whereabouts", required=True), Field(name="condition")),
}

GROUP_OF: Mapping[Kind, Group] = {
    Kind.WORK_ITEM: Group.WORK,
    Kind.DOCUMENT: Group.KNOWLEDGE,
    Kind.ACCOUNT: Group.ACCESS,
    Kind.RELATION: Group.RELATIONS,
    Kind.THING: Group.PHYSICAL,
}

CONFIRMER_OF: Mapping[Kind, Confirmer] = {
    Kind.WORK_ITEM: Confirmer.HEAD,
    Kind.DOCUMENT: Confirmer.DOCUMENT_CLERK,
    Kind.ACCOUNT: Confirmer.IT,
    Kind.RELATION: Confirmer.SUCCESSOR,
    Kind.THING: Confirmer.ASSET_CLERK,
}

LONGEST_ANSWER = 4000
MOST_EXTRA_FIELDS = 8


def specs(kind: Kind, extra: Iterable[Field] = ()) -> tuple[Field, ...]:
    """The fields of the kind and those the template adds. An extra field with a known name only makes that required."""
    added = {field.name: field for field in extra}
    known = [replace(f, required=f.required or f.name in added) for f in FIELDS[kind]]
    return (*known, *(field for name, field in added.items() if name not in {f.name for f in known}))


def problems(fields: Iterable[Field], values: Mapping[str, str], *, text: str, nothing: bool) -> list[Problem]:
    """What keeps this answer from being handed in. `nothing`: the leaver says there is nothing of this sort."""
    if nothing:
        found = [] if text.strip() else [Problem(code="say_why_nothing", field="text")]
        return found + never({"text": text})
    found = [problem for field in fields if (problem := _of_field(field, values.get(field.name, "").strip()))]
    found.sort(key=lambda problem: problem.code != "missing")
    return found + never({**values, "text": text})


def known_fields(fields: Iterable[Field], values: Mapping[str, object]) -> dict[str, str]:
    return {field.name: str(values.get(field.name) or "").strip() for field in fields}


def as_field(row: Mapping[str, Any]) -> Field:
    return Field(
        name=row["name"],
        type=FieldType(row.get("type", FieldType.TEXT)),
        required=bool(row.get("required", False)),
        label=row.get("label", ""),
    )


def has_secret(text: str) -> bool:
    return looks_secret(text)


def problem_of_label(label: str) -> str:
    """The code of what is wrong with a field that a template wants to add, or ''."""
    if not label.strip():
        return "label_missing"
    return "asks_for_secret" if asks_for_secret(label) else ""


def _of_field(field: Field, value: str) -> Problem | None:
    if not value:
        return Problem(code="missing", field=field.name) if field.required else None
    return None if _READS[field.type](value) else Problem(code=f"not_a_{field.type.value}", field=field.name)


def never(written: Mapping[str, str]) -> list[Problem]:
    """What is not even kept for later."""
    found = [Problem(code="too_long", field=name) for name, value in written.items() if len(value) > LONGEST_ANSWER]
    return found + [Problem(code="secret", field=name) for name, value in written.items() if looks_secret(value)]


def _is_date(value: str) -> bool:
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True


def _is_number(value: str) -> bool:
    return value.replace(",", "").replace(".", "", 1).removeprefix("-").isdigit()


_READS: Mapping[FieldType, Callable[[str], bool]] = {
    FieldType.TEXT: lambda value: True,
    FieldType.LONG: lambda value: True,
    FieldType.PROGRESS: lambda value: percent_of(value) is not None,
    FieldType.DATE: _is_date,
    FieldType.NUMBER: _is_number,
}
