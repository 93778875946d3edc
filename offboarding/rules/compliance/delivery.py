"""When a paper has arrived, and what proves it: CC 137; 劳办发〔1995〕179号 (compliance 6.3)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

PUBLIC = "public"
PUBLIC_NOTICE_DAYS = 30
TWO_WAYS = ("LCL39_", "LCL40_", "LCL41_")
PROOFS: dict[str, tuple[str, ...]] = {
    "in_person": ("signed_receipt",),
    "refused": ("refusal_record", "video"),
    "ems": ("waybill_naming_the_paper", "postal_tracking"),
    "email": ("headers", "server_receipt", "attachment_hash"),
    "messenger": ("screenshot", "export_with_identity"),
    "portal": ("login_identity", "open_event"),
    PUBLIC: ("failed_direct_service", "failed_postal_service", "publication"),
}


@dataclass(frozen=True, kw_only=True)
class Service:
    method: str
    day: date
    """Of the signature, the entry into the receiver's system, or the publication."""
    proofs: frozenset[str]

    @property
    def missing(self) -> tuple[str, ...]:
        return tuple(proof for proof in PROOFS[self.method] if proof not in self.proofs)

    @property
    def delivered(self) -> date | None:
        """A public notice counts after thirty days, and only where the other ways failed."""
        if self.method != PUBLIC:
            return self.day
        return None if self.missing else self.day + timedelta(days=PUBLIC_NOTICE_DAYS)


def delivered(services: Sequence[Service]) -> date | None:
    """Effect comes with the first arrival."""
    return min((day for service in services if (day := service.delivered) is not None), default=None)


def codes(services: Sequence[Service], *, ground: str) -> tuple[str, ...]:
    """No arrival stops the effect; one way alone, or a proof in part, is weak for an ending by the employer."""
    if delivered(services) is None:
        return ("B_NO_SERVICE_PROOF",)
    complete = {service.method for service in services if not service.missing}
    wanted = 2 if ground.startswith(TWO_WAYS) else 1
    return ("W_WEAK_PROOF",) if len(complete) < wanted else ()
