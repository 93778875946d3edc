"""What runs in parallel once an exit is approved, and the few things that may wait for another (decisions 10)."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from offboarding.rules.kinds import Kind


class TrackKind(StrEnum):
    HANDOVER = "handover"
    OA_TASKS = "oa_tasks"
    SETTLEMENT = "settlement"
    ACCOUNTS = "accounts"
    BUSINESS_SYSTEMS = "business_systems"
    ASSETS = "assets"
    DOCUMENTS = "documents"
    SOCIAL_INSURANCE = "social_insurance"
    NON_COMPETE = "non_compete"
    UNION_NOTICE = "union_notice"


class Need(StrEnum):
    REQUIRED = "required"
    OPTIONAL = "optional"
    NONE = "none"


class Anchor(StrEnum):
    APPROVAL = "approval"
    LAST_WORKING = "last_working"
    TERMINATION = "termination"


@dataclass(frozen=True, kw_only=True)
class Due:
    """working_days counts after approval in the unit's calendar; days counts calendar days after the other anchors."""

    anchor: Anchor
    days: int = 0
    working_days: int = 0


@dataclass(frozen=True, kw_only=True)
class TrackRule:
    role: str
    due: Due
    leaver_facing: bool = False
    automatic: bool = False
    """Moved by connected systems; a clerk only sees the exceptions."""
    article: str = ""


RULES: dict[TrackKind, TrackRule] = {
    TrackKind.HANDOVER: TrackRule(role="head", due=Due(anchor=Anchor.LAST_WORKING), leaver_facing=True),
    TrackKind.OA_TASKS: TrackRule(role="it", due=Due(anchor=Anchor.LAST_WORKING), automatic=True, leaver_facing=True),
    TrackKind.SETTLEMENT: TrackRule(role="finance", due=Due(anchor=Anchor.TERMINATION), article="WPR 9"),
    TrackKind.ACCOUNTS: TrackRule(role="it", due=Due(anchor=Anchor.LAST_WORKING), automatic=True),
    TrackKind.BUSINESS_SYSTEMS: TrackRule(role="it", due=Due(anchor=Anchor.LAST_WORKING), automatic=True),
    TrackKind.ASSETS: TrackRule(role="asset_clerk", due=Due(anchor=Anchor.LAST_WORKING), leaver_facing=True),
    TrackKind.DOCUMENTS: TrackRule(role="document_clerk", due=Due(anchor=Anchor.TERMINATION), article="LCL 50"),
    TrackKind.SOCIAL_INSURANCE: TrackRule(role="hrbp", due=Due(anchor=Anchor.TERMINATION, days=15), article="LCL 50"),
    TrackKind.NON_COMPETE: TrackRule(role="hr_legal", due=Due(anchor=Anchor.LAST_WORKING), article="LCL 23"),
    TrackKind.UNION_NOTICE: TrackRule(
        role="hr_manager", due=Due(anchor=Anchor.APPROVAL, working_days=2), article="LCL 43"
    ),
}

REQUIRED, OPTIONAL, NONE = Need.REQUIRED, Need.OPTIONAL, Need.NONE
_EVERY_EXIT = {
    TrackKind.HANDOVER: REQUIRED,
    TrackKind.OA_TASKS: OPTIONAL,
    TrackKind.SETTLEMENT: REQUIRED,
    TrackKind.ACCOUNTS: REQUIRED,
    TrackKind.BUSINESS_SYSTEMS: OPTIONAL,
    TrackKind.ASSETS: REQUIRED,
    TrackKind.DOCUMENTS: REQUIRED,
    TrackKind.SOCIAL_INSURANCE: REQUIRED,
    TrackKind.NON_COMPETE: OPTIONAL,
    TrackKind.UNION_NOTICE: NONE,
}

NEEDS: dict[Kind, dict[TrackKind, Need]] = {
    Kind.RESIGNATION: _EVERY_EXIT,
    Kind.FORCED_RESIGNATION: _EVERY_EXIT,
    Kind.MUTUAL_AGREEMENT: _EVERY_EXIT,
    Kind.DISMISSAL: _EVERY_EXIT | {TrackKind.UNION_NOTICE: REQUIRED},
    Kind.LAYOFF: _EVERY_EXIT | {TrackKind.UNION_NOTICE: REQUIRED},
    Kind.EXPIRY: _EVERY_EXIT,
    Kind.RETIREMENT: _EVERY_EXIT | {TrackKind.NON_COMPETE: NONE},
    Kind.OTHER_ENDING: _EVERY_EXIT | {TrackKind.HANDOVER: OPTIONAL, TrackKind.NON_COMPETE: NONE},
    Kind.PRE_OFFBOARDING: _EVERY_EXIT
    | {TrackKind.DOCUMENTS: NONE, TrackKind.SOCIAL_INSURANCE: NONE, TrackKind.OA_TASKS: NONE},
}


def plan(kind: str) -> dict[TrackKind, Need]:
    return {track: need for track, need in NEEDS[Kind(kind)].items() if need is not Need.NONE}


def is_held(track: str, *, quiet: bool) -> bool:
    return quiet and RULES[TrackKind(track)].leaver_facing


def due_date(track: str, *, last_working_date: date, termination_date: date) -> date | None:
    """The civil day a track is due; None when it counts from approval in working days."""
    due = RULES[TrackKind(track)].due
    if due.anchor is Anchor.APPROVAL:
        return None
    base = last_working_date if due.anchor is Anchor.LAST_WORKING else termination_date
    return base + timedelta(days=due.days)


@dataclass(frozen=True, kw_only=True)
class Wait:
    """`allows` waits for `needs`, because the law says so."""

    needs: str
    allows: str
    because: str


FREE_BY_LAW: dict[str, str] = {
    "certificate": "LCL 50, 89",
    "final_wages": "WPR 9",
    "file_transfer": "LCL 50, 84",
    "insurance_transfer": "LCL 50",
}
"""What never waits for a handover or anything else. Nothing but `WAITS` holds anything back, and nobody configures that."""

WAITS: tuple[Wait, ...] = (
    Wait(needs="handover", allows="severance_payment", because="LCL 50(2)"),
    Wait(needs="union_notice", allows="termination_notice", because="LCL 43"),
    Wait(needs="service_proof", allows="employment_end", because="CC 137"),
)
