"""What is read only at the moment of sending. Pay stands in no effect, no preview and no attempt."""

from dataclasses import replace

from integrations.rules.planning import EffectSpec
from offboarding.queries.settlement_wire import settlement_facts


def filled(spec: EffectSpec) -> EffectSpec | None:
    """None: what was to be sent does not hold any more."""
    if spec.payload.get("reads") != "settlement":
        return spec
    facts = settlement_facts(spec.payload["data"]["settlement_id"])
    if facts is None:
        return None
    return replace(spec, payload=spec.payload | {"data": spec.payload["data"] | facts})
