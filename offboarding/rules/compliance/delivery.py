"""When a paper has arrived, what proves it, and which way comes next: CC 137; 劳办发〔1995〕179号 (compliance 6.3)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

IN_PERSON, REFUSED, EMS, EMAIL, PUBLIC = "in_person", "refused", "ems", "email", "public"
PUBLIC_NOTICE_DAYS = 30
TWO_WAYS = ("LCL39_", "LCL40_", "LCL41_")
PROOFS: dict[str, tuple[str, ...]] = {
    IN_PERSON: ("signed_receipt",),
    REFUSED: ("refusal_record", "video"),
    EMS: ("waybill_naming_the_paper", "postal_tracking"),
    EMAIL: ("headers", "server_receipt", "attachment_hash"),
    "messenger": ("screenshot", "export_with_identity"),
    "portal": ("login_identity", "open_event"),
    PUBLIC: ("failed_direct_service", "failed_postal_service", "publication"),
}
WAITING, DELIVERED, RETURNED, UNKNOWN = "waiting", "delivered", "returned", "unknown"
FAILED = (REFUSED, RETURNED, UNKNOWN)
ORDER = (IN_PERSON, EMS, EMAIL, PUBLIC)
DIRECT = (IN_PERSON, REFUSED)
NAMED_BY_THE_RECEIVER = (EMAIL, "messenger")
"""Arrives with the entry into a system, where the receiver has named that system (CC 137)."""
RESULT_DAYS = {IN_PERSON: 1, REFUSED: 1, EMS: 5, EMAIL: 2, "messenger": 2, "portal": 3, PUBLIC: 1}
"""Working days after which somebody has to say what came of it."""
NEXT_DAYS = 2
"""Working days to go the next way once one has failed."""


@dataclass(frozen=True, kw_only=True)
class Service:
    method: str
    day: date
    """Of the signature, the entry into the receiver's system, the return, or the publication."""
    proofs: frozenset[str]
    result: str = DELIVERED
    is_agreed: bool = True
    """Address or box were agreed on in writing."""

    @property
    def way(self) -> str:
        """Who will not sign face to face is served by the record of the refusal."""
        return REFUSED if (self.method, self.result) == (IN_PERSON, REFUSED) else self.method

    @property
    def missing(self) -> tuple[str, ...]:
        return tuple(proof for proof in PROOFS[self.way] if proof not in self.proofs)

    @property
    def is_complete(self) -> bool:
        return not self.missing and (self.is_agreed or self.method not in NAMED_BY_THE_RECEIVER)

    @property
    def delivered(self) -> date | None:
        """A public notice counts after thirty days, and only where the other ways failed."""
        if not self._is_shown or not self._has_arrived:
            return None
        if self.method != PUBLIC:
            return self.day
        return None if self.missing else self.day + timedelta(days=PUBLIC_NOTICE_DAYS)

    @property
    def has_failed(self) -> bool:
        return self.result in FAILED and not self._has_arrived

    @property
    def _is_shown(self) -> bool:
        """By at least one of the papers that this way asks for: a receipt does not show a refusal, nor a film a letter."""
        return not self.proofs.isdisjoint(PROOFS[self.way])

    @property
    def _has_arrived(self) -> bool:
        """What the post brings back from an agreed address has arrived on that day."""
        came_back = self.method == EMS and self.result in (REFUSED, RETURNED) and self.is_agreed
        written_down = self.way == REFUSED and self.result == REFUSED
        return self.result == DELIVERED or written_down or came_back


def delivered(services: Sequence[Service]) -> date | None:
    """Effect comes with the first arrival."""
    return min((day for service in services if (day := service.delivered) is not None), default=None)


def codes(services: Sequence[Service], *, ground: str) -> tuple[str, ...]:
    """No arrival stops the effect; one way alone, or a proof in part, is weak for an ending by the employer."""
    if delivered(services) is None:
        return ("B_NO_SERVICE_PROOF",)
    complete = {service.method for service in services if service.is_complete and service.delivered}
    wanted = 2 if ground.startswith(TWO_WAYS) else 1
    return ("W_WEAK_PROOF",) if len(complete) < wanted else ()


def is_half_proven(services: Sequence[Service]) -> bool:
    """It arrived, but no single way is proven as the law asks for it."""
    arrived = [service for service in services if service.delivered is not None]
    return bool(arrived) and not any(service.is_complete for service in arrived)


def failed_ways(services: Sequence[Service]) -> tuple[str, ...]:
    """What a public notice has to show: that nobody could be met and the post did not reach them either."""
    failed = [service for service in services if service.has_failed and service.proofs]
    met = ("failed_direct_service",) if any(service.method in DIRECT for service in failed) else ()
    sent = ("failed_postal_service",) if any(service.method == EMS for service in failed) else ()
    return met + sent


def next_way(services: Sequence[Service]) -> str | None:
    """The first way that was not tried; none while one is under way, has led there, or all were tried."""
    if delivered(services) is not None or any(service.result == WAITING for service in services):
        return None
    tried = {IN_PERSON if service.method in DIRECT else service.method for service in services}
    return next((way for way in ORDER if way not in tried), None)
