from datetime import date

import pytest

from offboarding.rules import tracks
from offboarding.rules.kinds import Kind
from offboarding.rules.tracks import Need, TrackKind

# kind × track, by hand: r = required, o = optional, - = none
TABLE = """
                    resignation forced mutual dismissal layoff expiry retirement other pre
handover            r           r      r      r         r      r      r          o     r
oa_tasks            o           o      o      o         o      o      o          o     -
settlement          r           r      r      r         r      r      r          r     r
accounts            r           r      r      r         r      r      r          r     r
business_systems    o           o      o      o         o      o      o          o     o
assets              r           r      r      r         r      r      r          r     r
documents           r           r      r      r         r      r      r          r     -
social_insurance    r           r      r      r         r      r      r          r     -
non_compete         o           o      o      o         o      o      -          -     o
union_notice        -           -      -      r         r      -      -          -     -
"""
NEEDS = {"r": Need.REQUIRED, "o": Need.OPTIONAL, "-": Need.NONE}
ROWS = [line.split() for line in TABLE.strip().splitlines()[1:]]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_every_kind_needs_what_the_table_says(row) -> None:
    track, *needs = row

    for kind, need in zip(Kind, needs, strict=True):
        assert tracks.NEEDS[kind][TrackKind(track)] == NEEDS[need], kind


def test_every_track_is_in_the_table() -> None:
    assert {row[0] for row in ROWS} == {track.value for track in TrackKind}


@pytest.mark.parametrize(
    ("track", "due"),
    [
        ("handover", date(2026, 11, 24)),
        ("accounts", date(2026, 11, 24)),
        ("settlement", date(2026, 11, 25)),
        ("documents", date(2026, 11, 25)),
        ("social_insurance", date(2026, 12, 10)),  # LCL 50: fifteen days
        ("union_notice", None),
    ],
)
def test_it_is_due_on_the_day_of_its_anchor(track, due) -> None:
    found = tracks.due_date(track, last_working_date=date(2026, 11, 24), termination_date=date(2026, 11, 25))

    assert found == due


def test_only_what_the_leaver_would_notice_is_held_back() -> None:
    held = {track.value for track in TrackKind if tracks.is_held(track, quiet=True)}

    assert held == {"handover", "assets", "oa_tasks"}
    assert not any(tracks.is_held(track, quiet=False) for track in TrackKind)


@pytest.mark.parametrize("free", ["certificate", "final_wages", "file_transfer", "insurance_transfer"])
def test_what_the_law_frees_waits_for_nothing(free) -> None:
    assert free in tracks.FREE_BY_LAW
    assert free not in {wait.allows for wait in tracks.WAITS}


def test_severance_waits_for_the_handover_and_says_why() -> None:
    [wait] = [wait for wait in tracks.WAITS if wait.allows == "severance_payment"]

    assert (wait.needs, wait.because) == ("handover", "LCL 50(2)")
