"""What happens in a handover. Ids and states; what was written or said stays on the item."""

from dataclasses import dataclass
from typing import ClassVar

from ehr.record import Fact


@dataclass(frozen=True, kw_only=True)
class HandoverFact(Fact):
    handover_id: str
    origin: str
    employment_id: str


@dataclass(frozen=True, kw_only=True)
class Opened(HandoverFact):
    kind: ClassVar[str] = "handover.handover.opened"
    items: int
    state: str


@dataclass(frozen=True, kw_only=True)
class Released(HandoverFact):
    kind: ClassVar[str] = "handover.handover.released"


@dataclass(frozen=True, kw_only=True)
class Completed(HandoverFact):
    """The head says the list is complete: nothing is missing from it."""

    kind: ClassVar[str] = "handover.handover.completed"
    items: int


@dataclass(frozen=True, kw_only=True)
class Returned(HandoverFact):
    kind: ClassVar[str] = "handover.handover.returned"
    comment_sha256: str


@dataclass(frozen=True, kw_only=True)
class Signed(HandoverFact):
    kind: ClassVar[str] = "handover.handover.signed"
    head_id: str
    document_id: str
    comment_sha256: str


@dataclass(frozen=True, kw_only=True)
class Cancelled(HandoverFact):
    kind: ClassVar[str] = "handover.handover.cancelled"


@dataclass(frozen=True, kw_only=True)
class HeadReplaced(HandoverFact):
    kind: ClassVar[str] = "handover.head.replaced"
    from_id: str
    to_id: str


@dataclass(frozen=True, kw_only=True)
class SuccessorNamed(HandoverFact):
    kind: ClassVar[str] = "handover.successor.named"
    successor_id: str


@dataclass(frozen=True, kw_only=True)
class DatesMoved(HandoverFact):
    kind: ClassVar[str] = "handover.handover.dates_moved"
    last_working_date: str


@dataclass(frozen=True, kw_only=True)
class ItemFact(HandoverFact):
    item_id: str


@dataclass(frozen=True, kw_only=True)
class ItemAdded(ItemFact):
    kind: ClassVar[str] = "handover.item.added"
    group: str


@dataclass(frozen=True, kw_only=True)
class ItemSubmitted(ItemFact):
    kind: ClassVar[str] = "handover.item.submitted"
    round: int
    content_sha256: str


@dataclass(frozen=True, kw_only=True)
class ItemConfirmed(ItemFact):
    kind: ClassVar[str] = "handover.item.confirmed"
    round: int
    comment_sha256: str


@dataclass(frozen=True, kw_only=True)
class ItemReturned(ItemFact):
    kind: ClassVar[str] = "handover.item.returned"
    round: int
    comment_sha256: str


@dataclass(frozen=True, kw_only=True)
class ConflictExplained(ItemFact):
    """The claim and a system differ; the leaver said why."""

    kind: ClassVar[str] = "handover.conflict.explained"
    round: int
    comment_sha256: str


@dataclass(frozen=True, kw_only=True)
class ItemWitnessed(ItemFact):
    kind: ClassVar[str] = "handover.item.witnessed"
    round: int


@dataclass(frozen=True, kw_only=True)
class WitnessNamed(HandoverFact):
    kind: ClassVar[str] = "handover.witness.named"
    witness_id: str


@dataclass(frozen=True, kw_only=True)
class MessageSent(HandoverFact):
    """That something was said, not what. `answers_id`: the question that this answers."""

    kind: ClassVar[str] = "handover.message.sent"
    message_id: str
    item_id: str
    text_sha256: str
    files: int
    message_kind: str = "text"
    answers_id: str = ""


@dataclass(frozen=True, kw_only=True)
class TakeoverNoted(HandoverFact):
    """The successor has looked through what they take over."""

    kind: ClassVar[str] = "handover.takeover.noted"


@dataclass(frozen=True, kw_only=True)
class ShadowingFact(HandoverFact):
    session_id: str
    on_date: str


@dataclass(frozen=True, kw_only=True)
class ShadowingPlanned(ShadowingFact):
    kind: ClassVar[str] = "handover.shadowing.planned"
    guide_id: str


@dataclass(frozen=True, kw_only=True)
class ShadowingMoved(ShadowingFact):
    kind: ClassVar[str] = "handover.shadowing.moved"


@dataclass(frozen=True, kw_only=True)
class ShadowingDone(ShadowingFact):
    kind: ClassVar[str] = "handover.shadowing.done"


@dataclass(frozen=True, kw_only=True)
class ShadowingCalledOff(ShadowingFact):
    kind: ClassVar[str] = "handover.shadowing.called_off"


@dataclass(frozen=True, kw_only=True)
class MeetingPlaceSet(Fact):
    kind: ClassVar[str] = "handover.meeting_place.set"
    host: str


@dataclass(frozen=True, kw_only=True)
class OmissionFiled(HandoverFact):
    kind: ClassVar[str] = "handover.omission.filed"
    omission_id: str
    item_id: str
    item_kind: str
    findings: list[str]


@dataclass(frozen=True, kw_only=True)
class TransferFact(HandoverFact):
    transfer_id: str


@dataclass(frozen=True, kw_only=True)
class TransferProposed(TransferFact):
    """Looked up what is in flight and who could take it."""

    kind: ClassVar[str] = "handover.transfer.proposed"
    lines: int


@dataclass(frozen=True, kw_only=True)
class TransferConfirmed(TransferFact):
    kind: ClassVar[str] = "handover.transfer.confirmed"
    lines: int


@dataclass(frozen=True, kw_only=True)
class TransferRan(TransferFact):
    """`left`: lines for which somebody else has to be chosen."""

    kind: ClassVar[str] = "handover.transfer.ran"
    left: int


@dataclass(frozen=True, kw_only=True)
class LineFact(TransferFact):
    line_id: str
    mover: str
    ref: str
    to_id: str


@dataclass(frozen=True, kw_only=True)
class LineChosen(LineFact):
    kind: ClassVar[str] = "handover.transfer.line_chosen"


@dataclass(frozen=True, kw_only=True)
class LineEnded(LineFact):
    """Moved, refused or settled meanwhile."""

    kind: ClassVar[str] = "handover.transfer.line_ended"
    outcome: str


@dataclass(frozen=True, kw_only=True)
class DeductionRuleSet(Fact):
    kind: ClassVar[str] = "handover.deduction_rule.set"
    rule_id: str
    most: str
    basis_sha256: str


@dataclass(frozen=True, kw_only=True)
class DeductionRuleEnded(Fact):
    kind: ClassVar[str] = "handover.deduction_rule.ended"
    rule_id: str


@dataclass(frozen=True, kw_only=True)
class Deducted(Fact):
    """From the result of a head; the figures stand in the row, the line in the performance records."""

    kind: ClassVar[str] = "handover.deduction.recorded"
    deduction_id: str
    rule_id: str
    employment_id: str
    scorecard_id: str
    adjustment_id: str


@dataclass(frozen=True, kw_only=True)
class FileAttached(ItemFact):
    kind: ClassVar[str] = "handover.file.attached"
    file_id: str
    sha256: str
    size: int


@dataclass(frozen=True, kw_only=True)
class FileRemoved(ItemFact):
    kind: ClassVar[str] = "handover.file.removed"
    file_id: str
    sha256: str


@dataclass(frozen=True, kw_only=True)
class PeopleReminded(HandoverFact):
    """HR asked again everybody this handover waits for; `people` who had not been reminded that day."""

    kind: ClassVar[str] = "handover.people.reminded"
    people: int


@dataclass(frozen=True, kw_only=True)
class ReportAsked(HandoverFact):
    kind: ClassVar[str] = "handover.report.asked"
    document_id: str


@dataclass(frozen=True, kw_only=True)
class TemplateFact(Fact):
    template_id: str
    job_family: str
    unit_id: str
    version: int


@dataclass(frozen=True, kw_only=True)
class TemplateEdited(TemplateFact):
    kind: ClassVar[str] = "handover.template.edited"
    change: str


@dataclass(frozen=True, kw_only=True)
class TemplatePublished(TemplateFact):
    kind: ClassVar[str] = "handover.template.published"
