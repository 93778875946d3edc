"""What this room and the rooms below it can move: work on record, duties, reports, and places in other handovers."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ehr import deadlines, record
from ehr.errors import Refused
from employees.models import Employment
from employees.queries import employment_of
from handover import movers, operations
from handover.models import Handover
from handover.models.choices import State
from handover.movers import InFlight, Mover, Passing, Settled
from handover.rules.transfer import Place
from performance.operations import pass_work
from performance.queries import open_work_of

if TYPE_CHECKING:
    from ehr.identity.models import User


def register() -> None:
    movers.register(
        Mover(code="performance.work", label=gettext_lazy("Work"), icon="briefcase", find=_work, move=_pass_work)
    )
    movers.register(
        Mover(code="employees.report", label=gettext_lazy("Reports"), icon="users", find=_reports, move=_pass_report)
    )
    movers.register(
        Mover(
            code="handover.place",
            label=gettext_lazy("Handovers of others"),
            icon="clipboard-list",
            find=_places,
            move=_pass_place,
            duties=("handover.",),
        )
    )
    movers.register(
        Mover(code="deadlines.duty", label=gettext_lazy("To-dos"), icon="checkbox", find=_duties, move=_pass_duty)
    )


# --- Work on record -----------------------------------------------------------------------------------------
def _work(handover: Handover) -> Iterator[InFlight]:
    work = open_work_of(handover.employment)
    for row in (*work.projects, *work.objectives, *work.tasks):
        yield InFlight(ref=record.ref(row), title=str(row))


def _pass_work(passing: Passing) -> None:
    before, to = _employed(passing.before), _employed(passing.to)
    if not pass_work(passing.ref, before=before, to=to, by=passing.by, at=passing.at):
        raise Settled(_("It is done, or somebody else has it already."))


# --- Reports ------------------------------------------------------------------------------------------------
def _reports(handover: Handover) -> Iterator[InFlight]:
    people = Employment.objects.current().filter(line_manager=handover.employment).select_related("person")
    for row in people.order_by("employee_number"):
        title = _("%(name)s (%(number)s)") % {"name": row.person.name, "number": row.employee_number}
        yield InFlight(ref=record.ref(row), title=title, barred=frozenset({row.person.user_id}))


def _pass_report(passing: Passing) -> None:
    rows = Employment.objects.current().select_for_update(of=("self",)).select_related("person")
    report = rows.filter(pk=_pk(passing), line_manager=_employed(passing.before)).first()
    if report is None:
        raise Settled(_("This person reports to somebody else by now, or has left."))
    report.report_to(manager=_employed(passing.to), by=passing.by, at=passing.at)


# --- Places in other handovers ------------------------------------------------------------------------------
PLACES = {
    Place.HEAD: gettext_lazy("head of %(what)s"),
    Place.SUCCESSOR: gettext_lazy("successor in %(what)s"),
    Place.WITNESS: gettext_lazy("witness of %(what)s"),
}
UNFINISHED = (State.HELD, State.OPEN, State.COMPLETE)


def _places(handover: Handover) -> Iterator[InFlight]:
    """Of one that is held nobody reads whose it is."""
    for place in Place if handover.leaver else ():
        rows = Handover.objects.filter(state__in=UNFINISHED, **{place: handover.leaver}).for_page()
        for row in rows.exclude(leaver=handover.leaver).order_by("pk"):
            name = row.employment.person.name
            what = _("a handover") if row.state == State.HELD else _("the handover of %(name)s") % {"name": name}
            title = str(PLACES[place]) % {"what": what}
            yield InFlight(ref=f"{place}:{row.pk}", title=title, barred=frozenset({row.leaver_id}))


def _pass_place(passing: Passing) -> None:
    place = Place(passing.ref.partition(":")[0])
    rows = Handover.objects.select_for_update(of=("self",)).for_page().filter(state__in=UNFINISHED)
    row = rows.filter(pk=_pk(passing), **{place: passing.before}).first()
    if row is None:
        raise Settled(_("This handover is over, or somebody else stands there by now."))
    operations.put_in_place(row, place, passing.to, by=passing.by, at=passing.at)


# --- Duties -------------------------------------------------------------------------------------------------
def _duties(handover: Handover) -> Iterable[InFlight]:
    """Apart from the leaver's own exit, and from what moves with the thing it is about."""
    own = (handover.origin, record.ref(handover))
    rows = deadlines.Deadline.objects.still_open().filter(owner=handover.leaver).exclude(subject__in=own)
    for row in rows.order_by("due_at", "pk") if handover.leaver else ():
        if not movers.moved_elsewhere(row.kind):
            group = row.definition.group or row.definition.code
            yield InFlight(ref=record.ref(row), title=str(group), barred=frozenset({row.kept_from_id} - {None}))


def _pass_duty(passing: Passing) -> None:
    rows = deadlines.Deadline.objects.still_open().select_for_update(of=("self",))
    duty = rows.filter(pk=_pk(passing), owner=passing.before).first()
    if duty is None:
        raise Settled(_("It is done, or somebody else has it already."))
    if duty.kept_from_id == passing.to.pk:
        raise Refused("is_about_them", _("It is about this person."))
    same = {"kind": duty.kind, "subject": duty.subject, "key": duty.key, "role": "", "unit": duty.unit}
    if deadlines.Deadline.objects.still_open().filter(owner=passing.to, **same).exists():
        raise Refused("has_it_too", _("This person has the same to-do already."))
    deadlines.hand_over(duty, to=passing.to, by=passing.by, at=passing.at)


def _pk(passing: Passing) -> str:
    return passing.ref.rpartition(":")[2]


def _employed(user: "User") -> Any:
    found = employment_of(user)
    if found is None or found.status == "left":
        raise Refused("not_employed", _("This person does not work here."))
    return found
