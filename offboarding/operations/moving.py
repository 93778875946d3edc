"""What somebody who leaves has open in the exits of others goes to whoever takes it over: signatures and tracks."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ehr import record
from ehr.errors import Refused
from handover import movers
from handover.movers import InFlight, Mover, Passing, Settled

from ..models import Approval, ApprovalState, Track
from . import asking, handing_on, planning, working

if TYPE_CHECKING:
    from handover.models import Handover


def register() -> None:
    movers.register(
        Mover(
            code="offboarding.approval",
            label=gettext_lazy("Signatures"),
            icon="signature",
            find=_signatures,
            move=_pass_signature,
            duties=(asking.KIND,),
        )
    )
    movers.register(
        Mover(
            code="offboarding.track",
            label=gettext_lazy("Parts of exits"),
            icon="checklist",
            find=_tracks,
            move=_pass_track,
            duties=(planning.KIND,),
        )
    )


def _signatures(handover: "Handover") -> Iterator[InFlight]:
    """By the number of the case: who reads the plan need not know of whose exit it is."""
    rows = Approval.objects.pending().filter(approver=handover.leaver_id).exclude(step__case__state="draft")
    joined = rows.select_related("step__chain_step", "step__case__employment__person")
    for row in joined.order_by("created_at", "pk") if handover.leaver_id else ():
        words = {"number": row.step.case.number, "step": row.step.title}
        title = _("Exit %(number)s, step “%(step)s”") % words
        yield InFlight(ref=record.ref(row), title=title, barred=frozenset(_barred(row)))


def _pass_signature(passing: Passing) -> None:
    """The case is locked first, as by whoever decides: of the two at once one wins, and the other sees it."""
    rows = Approval.objects.select_related(
        "step__chain_step", "step__case__employment__person__user", "step__case__unit"
    )
    approval = rows.get(pk=_pk(passing))
    case = approval.step.case
    case.hold()
    approval.refresh_from_db(fields=["state", "approver"])
    if approval.state != ApprovalState.PENDING or approval.approver_id != passing.before.pk:
        raise Settled(_("This step is already decided."))
    if passing.to.pk in _barred(approval):
        raise Refused("may_not_sign", _("This person can't be asked here."), field="to")
    handing_on.give(approval, approval.step, case, passing.to, by=passing.by, at=passing.at)


def _barred(approval: Approval) -> set[Any]:
    """Whose exit it is, and who was asked in this step already."""
    asked = approval.step.approvals.exclude(pk=approval.pk).values_list("approver", flat=True)
    return {approval.step.case.employment.person.user_id, *asked} - {None}


def _tracks(handover: "Handover") -> Iterator[InFlight]:
    rows = Track.objects.open().filter(owner=handover.leaver_id).select_related("case__employment__person")
    for row in rows.order_by("due_at", "pk") if handover.leaver_id else ():
        title = _("Exit %(number)s: %(track)s") % {"number": row.case.number, "track": row.get_kind_display()}
        yield InFlight(
            ref=record.ref(row), title=title, barred=frozenset({row.case.employment.person.user_id} - {None})
        )


def _pass_track(passing: Passing) -> None:
    track = Track.objects.select_related("case__employment__person", "case__unit").get(pk=_pk(passing))
    track.case.hold()
    track.refresh_from_db(fields=["state", "owner"])
    if not track.is_open or track.owner_id != passing.before.pk:
        raise Settled(_("It is done, or somebody else has it already."))
    if passing.to.pk == track.case.employment.person.user_id:
        raise Refused("own_exit", _("It is the exit of this person."), field="to")
    working.give_track(track, passing.to, by=passing.by, at=passing.at)


def _pk(passing: Passing) -> str:
    return passing.ref.rpartition(":")[2]
