"""Vectors in, results out. One that cannot be evaluated says why and stops no other."""

from collections.abc import Iterable
from dataclasses import fields, is_dataclass
from typing import Any

from ehr.lib.facts import plain
from offboarding.rules.compliance.tables import Tables
from offboarding.vectors.given import Given, Malformed
from offboarding.vectors.kinds import KINDS


def evaluate(vectors: Iterable[Any], *, tables: Tables) -> list[dict[str, Any]]:
    return [_result(vector, tables) for vector in vectors]


def _result(vector: Any, tables: Tables) -> dict[str, Any]:
    name = vector.get("id") if isinstance(vector, dict) else None
    try:
        return {"id": name, "output": written(_evaluated(vector, tables))}
    except (ValueError, LookupError, ArithmeticError) as fault:
        return {"id": name, "error": str(fault.args[0] if fault.args else fault)}


def _evaluated(vector: Any, tables: Tables) -> Any:
    given = Given(vector, "vector")
    kind = given.text("kind")
    if kind not in KINDS:
        raise Malformed(f"vector.kind must be one of {', '.join(KINDS)}, not {kind!r}")
    return KINDS[kind](Given(vector.get("input")), tables)


def written(value: Any) -> Any:
    """A result as JSON: money and years as strings, dates ISO 8601."""
    if is_dataclass(value):
        return {field.name: written(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple | list):
        return [written(item) for item in value]
    return plain(value)
