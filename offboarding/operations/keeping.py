"""The clock's work, case by case, each in its own transaction, safe to run at any time and twice."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any

import structlog
from django.db import transaction
from django.db.models import Count

from ehr.clock import LEGAL_ZONE

from ..models import Case, NonCompete, Obligation, ServiceProof
from ..rules.compliance.delivery import PUBLIC_NOTICE_DAYS
from ..rules.compliance.non_compete import UNPAID_MONTHS_TO_RESCIND
from ..rules.kinds import KINDS
from ..rules.obligations import DutyKind
from .after_exit import ask_duties, end_periods
from .approving import acknowledge_by_law
from .closing import close_if_finished, end_employment, issue_certificate
from .filing import acknowledge_due
from .handing_on import hand_on, overdue
from .non_compete_end import remind_of_end
from .non_compete_pay import mind_unpaid
from .rehiring import mind_hirings
from .serving import arrive

log = structlog.get_logger(__name__)
NOTICES = [kind.value for kind, rule in KINDS.items() if rule.is_notice]


def keep_clock(*, at: datetime) -> dict[str, int]:
    """What the calendar does by itself. A case that breaks is logged and never stops the others.

    One that is held is waited for: whoever carries an effect out looks at its case for a moment, often at the very
    moment at which the day comes, and a case passed over would wait for the next round.
    """
    return {
        "acknowledged": _each(_unanswered(at), _acknowledge, at),
        "handed_on": _each(overdue(at), lambda case, at: hand_on(case, at=at), at),
        "served": _each(_published(at), lambda case, at: _arrived(case, at=at), at),
        "certified": _each(_ending_today(at), lambda case, at: issue_certificate(case, at=at), at),
        "ended": _each(_over(at), lambda case, at: end_employment(case, at=at), at),
        "closed": _each(_ended(), _close, at),
        "asked": _each(_duties_due(at), _ask, at),
        "unpaid": _each(_perhaps_unpaid(at), lambda case, at: mind_unpaid(case, at=at), at),
        "reminded": _each(_near_their_end(at), lambda case, at: remind_of_end(case, at=at), at),
        "over": _each(_periods_over(at), _end_periods, at),
        "told_first": mind_hirings(at=at),
    }


def _each(cases: Iterable[Any], do: Callable[[Case, datetime], bool], at: datetime) -> int:
    done = 0
    for pk in cases:
        try:
            with transaction.atomic():
                case = Case.objects.for_page().select_for_update(of=("self",)).filter(pk=pk).first()
                done += bool(case and do(case, at))
        except Exception:
            log.exception("keep_clock.case_failed", case_id=str(pk))
    return done


def _unanswered(at: datetime) -> Iterable[Any]:
    """Filed yesterday or earlier; whether the time is really up is asked per case."""
    waiting = Case.objects.filter(kind__in=NOTICES, state__in=["in_approval", "returned"])
    return list(waiting.filter(filed_at__lt=at - timedelta(hours=12)).values_list("pk", flat=True))


def _acknowledge(case: Case, at: datetime) -> bool:
    if case.state not in ("in_approval", "returned") or at < acknowledge_due(case):
        return False
    acknowledge_by_law(case, at=at)
    return True


def _published(at: datetime) -> Iterable[Any]:
    ran_out = at.astimezone(LEGAL_ZONE).date() - timedelta(days=PUBLIC_NOTICE_DAYS)
    notices = ServiceProof.objects.published().filter(result_date__lte=ran_out, case__state="approved")
    return list(notices.values_list("case", flat=True))


def _arrived(case: Case, *, at: datetime) -> bool:
    notices = ServiceProof.objects.published().filter(case=case).select_related("by")
    done = 0
    for notice in notices:
        notice.case = case
        done += arrive(notice, at=at)
    return done > 0


def _ending_today(at: datetime) -> Iterable[Any]:
    """On the termination date, and later if the proof or the worker was late; once it is issued, never again."""
    from ehr.documents import Document

    today = at.astimezone(LEGAL_ZONE).date()
    due = Case.objects.filter(state="approved", termination_date__lte=today)
    refs = {f"offboarding.case:{pk}": pk for pk in due.values_list("pk", flat=True)}
    issued = set(Document.objects.filter(kind="certificate", subject__in=refs).values_list("subject", flat=True))
    return [pk for ref, pk in refs.items() if ref not in issued]


def _over(at: datetime) -> Iterable[Any]:
    return list(Case.objects.ending_by(at).values_list("pk", flat=True))


def _ended() -> Iterable[Any]:
    ended = Case.objects.filter(state="approved", employment_ended_at__isnull=False)
    return list(ended.values_list("pk", flat=True))


def _close(case: Case, at: datetime) -> bool:
    return close_if_finished(case, by=None, at=at)


def _duties_due(at: datetime) -> Iterable[Any]:
    rows = Obligation.objects.to_be_asked(at.astimezone(LEGAL_ZONE).date())
    return list(rows.order_by().values_list("case", flat=True).distinct())


def _ask(case: Case, at: datetime) -> bool:
    return ask_duties(case, at=at) > 0


def _perhaps_unpaid(at: datetime) -> Iterable[Any]:
    """Clauses in force of which legal was not told, with three months open whose day is over."""
    today = at.astimezone(LEGAL_ZONE).date()
    late = Obligation.objects.running().filter(kind=DutyKind.NON_COMPETE_PAY, due_date__lt=today)
    untold = late.filter(case__non_compete__state="active", case__non_compete__warned_at=None)
    counted = untold.order_by().values("case").annotate(n=Count("pk"))
    return list(counted.filter(n__gte=UNPAID_MONTHS_TO_RESCIND).values_list("case", flat=True))


def _near_their_end(at: datetime) -> Iterable[Any]:
    rows = NonCompete.objects.ending_soon(at.astimezone(LEGAL_ZONE).date())
    return list(rows.values_list("case", flat=True))


def _periods_over(at: datetime) -> Iterable[Any]:
    rows = Obligation.objects.run_out(at.astimezone(LEGAL_ZONE).date())
    return list(rows.order_by().values_list("case", flat=True).distinct())


def _end_periods(case: Case, at: datetime) -> bool:
    return end_periods(case, at=at) > 0
