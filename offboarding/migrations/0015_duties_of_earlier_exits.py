"""Exits that ended before: what was done says so, and the duties that were not kept then are opened.

The days are counted here as the rules counted them then; a migration asks no code that may change.
"""

from datetime import date, timedelta

from django.db import migrations
from django.utils import timezone

LAYOFF = "LCL41_"
ASKED_AHEAD = timedelta(days=30)


def fill(apps, schema_editor):
    Obligation, Case = (apps.get_model("offboarding", name) for name in ("Obligation", "Case"))
    Obligation.objects.exclude(done_at=None).update(outcome="done")
    Obligation.objects.filter(kind="file_transfer").update(role="hrbp")
    today = timezone.localdate()
    ended = Case.objects.exclude(employment_ended_at=None).exclude(termination_date=None)
    for case in ended.only("kind", "ground", "termination_date").iterator():
        rows = [Obligation(case=case, **fields) for fields in duties(case, today)]
        Obligation.objects.bulk_create([*rows, _transfer(apps, case)], ignore_conflicts=True)


def duties(case, today):
    """A review whose day has passed is asked for now: nothing is late on the day it begins."""
    last = case.termination_date
    review = max(after_years(last, 1), today + ASKED_AHEAD)
    yield {
        "kind": "contact_review",
        "article": "PIPL 19, 47",
        "role": "hrbp",
        "due_date": review,
        "ask_date": review - ASKED_AHEAD,
    }
    yield {"kind": "retention", "article": "LCL 50(3)", "due_date": after_years(last, 2)}
    if case.kind == "layoff" or case.ground.startswith(LAYOFF):
        yield {"kind": "rehire_priority", "article": "LCL 41", "role": "hrbp", "due_date": half_a_year(last)}


def _transfer(apps, case):
    """By its track, where there is one: the exit may have ended and never been closed. The fifteenth day is the law's."""
    row = apps.get_model("offboarding", "Obligation")(
        case=case,
        kind="file_transfer",
        article="LCL 50(1)",
        role="hrbp",
        due_date=case.termination_date + timedelta(days=15),
        ask_date=case.termination_date,
    )
    tracks = apps.get_model("offboarding", "Track").objects.filter(case=case, kind="social_insurance")
    row.track = tracks.exclude(state="cancelled").first()
    if row.track and row.track.state == "done":
        row.done_at, row.done_by_id, row.outcome = row.track.moved_at, row.track.moved_by_id, "done"
    return row


def after_years(day, years):
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


def half_a_year(last):
    """The last day of the six months that begin on the day after."""
    first = last + timedelta(days=1)
    year, month = divmod(first.year * 12 + first.month + 5, 12)
    try:
        return date(year, month + 1, first.day) - timedelta(days=1)
    except ValueError:
        year, month = divmod(year * 12 + month + 1, 12)
        return date(year, month + 1, 1) - timedelta(days=1)


class Migration(migrations.Migration):
    dependencies = [("offboarding", "0014_obligations_with_owners")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
