"""Everything in flight goes to named people in one reviewed action: looked up, proposed, confirmed, moved at the set time."""

from datetime import datetime, time
from typing import TYPE_CHECKING, Any
from uuid import UUID

import structlog
from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from ehr import access, notices, record
from ehr.clock import LEGAL_ZONE
from ehr.errors import Refused, WrongState
from employees.queries import manager_of
from handover import events, movers
from handover.models import Handover, Transfer, TransferLine
from handover.models.choices import LineState, State, TransferState
from handover.permissions import Permission
from handover.rules import transfer as rules
from handover.rules.transfer import Candidate, Via

if TYPE_CHECKING:
    from ehr.identity.models import User

log = structlog.get_logger(__name__)
END_OF_BUSINESS = time(18)
MANAGERS = 3
REVIEWABLE = (State.HELD, State.OPEN, State.COMPLETE, State.SIGNED)


@transaction.atomic
def propose_transfer(*, handover: Handover, by: "User", at: datetime) -> Transfer:
    """What is in flight now, each with who could take it. Again until it is confirmed: what is new comes on, what is
    gone goes, another successor is proposed, and what somebody chose stays."""
    handover = _mine(handover, by)
    if handover.state not in REVIEWABLE:
        raise WrongState(_("This handover is not in a state that allows this."), allowed=handover.actions)
    plan, _is_new = Transfer.objects.get_or_create(
        handover=handover,
        defaults={"runs_at": runs_at(handover), "proposed_by": by, "proposed_at": at},
    )
    if plan.state != TransferState.PROPOSED:
        raise WrongState(_("This plan is not in a state that allows this."), allowed=plan.actions)
    found = _found(plan, LineState.PLANNED)
    there = {(row.mover, row.ref) for row in found}
    chosen = [row.pk for row in plan.lines.filter(via=Via.CHOSEN) if (row.mover, row.ref) in there]
    plan.lines.exclude(pk__in=chosen).delete()
    TransferLine.objects.bulk_create(found, ignore_conflicts=True)
    fact = events.TransferProposed(**plan.facts(), lines=len(found))
    record.emit(fact, subject=handover, by=by, at=at)
    return plan


@transaction.atomic
def confirm_transfer(*, plan: Transfer, by: "User", at: datetime) -> None:
    """The review of the whole. Nothing moves before its time, and nothing without somebody to take it."""
    _mine(plan.handover, by)
    if plan.lines.filter(to=None).exists():
        raise Refused("somebody_missing", _("Choose somebody for every line first."), field="to")
    plan.confirm(by=by, at=at)


@transaction.atomic
def choose_taker(*, line: TransferLine, to: "User", by: "User", at: datetime) -> None:
    """Somebody else takes it; once the plan has run, at once."""
    handover = _mine(line.transfer.handover, by)
    plan = Transfer.objects.select_for_update().get(pk=line.transfer_id)  # it may be running just now
    if not to.has_full_access or to == handover.leaver:
        raise Refused("may_not_take", _("This person can't take anything over."), field="to")
    line.choose(to=to, by=by, at=at)
    if plan.state == TransferState.RUN:
        move_line(line.pk, by=by, at=at)


def run_transfers(*, at: datetime) -> int:
    """The clock's work. Each line moves in a transaction of its own, together with its result: after a crash the lines
    that are left go on, and none goes twice. Returns how many lines ended."""
    ended = 0
    for pk in Transfer.objects.due(at).values_list("pk", flat=True):
        try:
            ended += _run(pk, at=at)
        except Exception:
            log.exception("transfer.failed", transfer_id=str(pk))
    return ended


@transaction.atomic
def move_line(pk: UUID, *, by: "User | None", at: datetime) -> bool:
    """Whoever is at it already has it: the others pass it by."""
    rows = TransferLine.objects.select_for_update(of=("self",), skip_locked=True).filter(state=LineState.PLANNED)
    joined = rows.select_related("to", "transfer__handover__leaver", "transfer__confirmed_by")
    line = joined.filter(pk=pk).first()
    if line is None:
        return False
    action, answer = _tried(line, by or line.transfer.confirmed_by, at)
    line.end(action, answer=answer, by=by, at=at)
    return True


def follow_dates(handover: Handover) -> None:
    """The last working day moved, and the time of the transfer with it."""
    Transfer.objects.filter(handover=handover).exclude(state=TransferState.RUN).update(runs_at=runs_at(handover))


def runs_at(handover: Handover) -> datetime:
    """18:00 of the last working day."""
    return datetime.combine(handover.last_working_date, END_OF_BUSINESS, LEGAL_ZONE)


def _run(pk: UUID, *, at: datetime) -> int:
    plan = Transfer.objects.select_related("handover__employment__person", "handover__leaver").get(pk=pk)
    TransferLine.objects.bulk_create(_found(plan, LineState.WAITING), ignore_conflicts=True)
    planned = plan.lines.filter(state=LineState.PLANNED).order_by("pk").values_list("pk", flat=True)
    ended = sum(move_line(line, by=None, at=at) for line in list(planned))
    with transaction.atomic():
        locked = Transfer.objects.select_for_update(of=("self",)).select_related("handover", "confirmed_by").get(pk=pk)
        if locked.state == TransferState.CONFIRMED and not locked.lines.filter(state=LineState.PLANNED).exists():
            locked.run(at=at)
            _tell(locked, at=at)
    return ended


def _tried(line: TransferLine, by: Any, at: datetime) -> tuple[str, str]:
    """What comes of it, and in which words. A refusal leaves nothing behind in the thing itself."""
    leaver, mover = line.transfer.handover.leaver, line.definition
    if mover is None or leaver is None or line.to is None:
        return "refuse", _in_house_language(_("Nobody knows how to move this any more."))
    passing = movers.Passing(ref=line.ref, before=leaver, to=line.to, by=by, at=at)
    try:
        with transaction.atomic(), override(settings.LANGUAGE_CODE):
            if not line.to.has_full_access:
                raise Refused("may_not_take", _("This person can't take anything over."))
            mover.move(passing)
    except movers.Settled as settled:
        return "settle", settled.detail
    except (Refused, WrongState) as refused:
        return "refuse", str(refused.detail)
    except Exception:
        log.exception("transfer.line_failed", line_id=str(line.pk))
        return "refuse", _in_house_language(_("It failed; the log says why. Try again."))
    return "finish", ""


def _in_house_language(text: Any) -> str:
    with override(settings.LANGUAGE_CODE):
        return str(text)


def _found(plan: Transfer, state: LineState) -> list[TransferLine]:
    handover, rows = plan.handover, []
    candidates = _candidates(handover)
    with override(settings.LANGUAGE_CODE):
        for mover, thing in movers.in_flight(handover):
            taker = rules.propose(candidates, barred={*thing.barred, handover.leaver_id})
            rows.append(
                TransferLine(
                    transfer=plan,
                    mover=mover.code,
                    ref=thing.ref,
                    title=thing.title[:200],
                    to_id=taker.who,
                    via=taker.via,
                    state=state,
                )
            )
    return rows


def _candidates(handover: Handover) -> list[Candidate]:
    named = [Candidate(who=handover.successor_id, via=Via.SUCCESSOR)] if handover.successor_id else []
    managers = (manager_of(handover.employment, level=level) for level in range(1, MANAGERS + 1))
    return [*named, *(Candidate(who=user.pk, via=Via.LINE_MANAGER) for user in managers if user)]


def _mine(handover: Handover, by: "User") -> Handover:
    row = Handover.objects.select_for_update(of=("self",)).for_page().get(pk=handover.pk)
    access.check(by, Permission.TRANSFER_WORK, row)
    access.refuse_self(by, row.leaver)
    return row


def _tell(plan: Transfer, *, at: datetime) -> None:
    left = plan.lines.exclude(state__in=[LineState.DONE, LineState.SETTLED]).count()
    notices.tell(
        [plan.confirmed_by],
        kind="handover.transfer_ran",
        params={"name": plan.handover.employment.person.name, "left": left},
        url=plan.get_absolute_url(),
        subject=plan.handover,
        at=at,
        urgent=left > 0,
    )
