"""What can be handed over: five groups, five kinds with their fields, and who confirms each kind."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


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


@dataclass(frozen=True, kw_only=True)
class Field:
    name: str
    required: bool = False
    long: bool = False


@dataclass(frozen=True, kw_only=True)
class Problem:
    code: str
    field: str = ""


FIELDS: Mapping[Kind, tuple[Field, ...]] = {
    Kind.WORK_ITEM: (
        Field(name="progress", required=True),
        Field(name="counterpart"),
        Field(name="next_step", required=True, long=True),
    ),
    Kind.DOCUMENT: (Field(name="place", required=True), Field(name="remark", long=True)),
    Kind.ACCOUNT: (
        Field(name="system", required=True),
        Field(name="account", required=True),
        Field(name="remark", long=True),
    ),
    Kind.RELATION: (
        Field(name="contact", required=True),
        Field(name="status", required=True),
        Field(name="special_requests", long=True),
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
# A handover names systems and accounts, never what opens them.
_SECRET = re.compile(r"(密码|口令|passw(or)?d|passwd|pwd|secret|api[ _-]?key)\s*(是|为|[:：=])\s*\S+", re.IGNORECASE)


def problems(kind: Kind, values: Mapping[str, str], *, text: str, nothing: bool) -> list[Problem]:
    """What keeps this answer from being handed in. `nothing`: the leaver says there is nothing of this sort."""
    if nothing:
        return [] if text.strip() else [Problem(code="say_why_nothing", field="text")]
    found = [
        Problem(code="missing", field=f.name) for f in FIELDS[kind] if f.required and not values.get(f.name, "").strip()
    ]
    written = {**values, "text": text}
    found += [Problem(code="too_long", field=name) for name, value in written.items() if len(value) > LONGEST_ANSWER]
    return found + [Problem(code="secret", field=name) for name, value in written.items() if _SECRET.search(value)]


def known_fields(kind: Kind, values: Mapping[str, object]) -> dict[str, str]:
    return {field.name: str(values.get(field.name) or "").strip() for field in FIELDS[kind]}
