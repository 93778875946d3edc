from __future__ import annotations

from datetime import datetime
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Q

from ehr import access

from ..permissions import Permission
from ..rules.kinds import Kind
from ..rules.lifecycle import LIVE

SCOPE = {
    "own": "employment__person__user",
    "reports": "employment__line_manager__person__user",
    "unit": "unit__path",
}


class CaseQuerySet(models.QuerySet["Case"]):  # type: ignore[name-defined]  # noqa: F821
    """Every list and detail starts at visible_to; the two quiet rules stand nowhere else."""

    def visible_to(self, user: Any, permission: str = Permission.VIEW_CASE) -> CaseQuerySet:
        reached = access.scope(user, permission, **SCOPE)
        if permission == Permission.VIEW_CASE:
            reached |= _taking_part(user)
        if permission == Permission.DECIDE_APPROVAL:
            reached |= _asked(user)
        return self._open_to(user, reached)

    def reached_by(self, user: Any) -> CaseQuerySet:
        """Of `visible_to` what roles alone open. To ask who takes part as well costs four times as much."""
        return self._open_to(user, access.scope(user, Permission.VIEW_CASE, **SCOPE))

    def _open_to(self, user: Any, reached: Q) -> CaseQuerySet:
        return self.filter(reached).unknown_to_the_leaver(user).confidential_for(user)

    def unknown_to_the_leaver(self, user: Any) -> CaseQuerySet:
        """Nothing shows before the person was told, whatever other roles the person holds (decisions 6)."""
        secret = Q(quiet=True, told_at=None) | Q(kind=Kind.PRE_OFFBOARDING)
        return self.exclude(secret & Q(employment__person__user=user.pk))

    def confidential_for(self, user: Any) -> CaseQuerySet:
        open_to = access.scope(user, Permission.VIEW_CONFIDENTIAL, unit="unit__path")
        return self.filter(~Q(kind=Kind.PRE_OFFBOARDING) | open_to | Q(started_by=user.pk))

    def live(self) -> CaseQuerySet:
        return self.filter(state__in=LIVE)

    def ending_by(self, at: datetime) -> CaseQuerySet:
        """Approved cases whose termination date is over: employment ends at 24:00 of that day."""
        from ehr.clock import LEGAL_ZONE

        today = at.astimezone(LEGAL_ZONE).date()
        return self.filter(state="approved", employment_ended_at=None, termination_date__lt=today)

    def for_rows(self) -> CaseQuerySet:
        """What a line of a list says. With the eight tables of a page, planning took longer than all the rest."""
        return self.select_related("employment__person", "unit")

    def for_work(self) -> CaseQuerySet:
        """What an operation asks a case about: the person leaving, the unit, who filed it."""
        return self.select_related("employment__person__user", "unit", "started_by")

    def for_page(self) -> CaseQuerySet:
        return self.select_related(
            "employment__person__user", "employment__line_manager__person", "unit", "successor", "started_by"
        )


def _asked(user: Any) -> Q:
    approvals = apps.get_model("offboarding.Approval").objects.waiting_for(user)
    return Q(pk__in=approvals.values("step__case"))


def _taking_part(user: Any) -> Q:
    """Who was asked to decide keeps seeing the case; so does who has a track of it, and who started it."""
    approvals = apps.get_model("offboarding.Approval").objects.of(user)
    tracks = apps.get_model("offboarding.Track").objects.worked_by(user)
    return Q(pk__in=approvals.values("step__case")) | Q(pk__in=tracks.values("case")) | Q(started_by=user.pk)
