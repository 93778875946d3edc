"""The editor of dated figures: who enters one asks, a second person confirms."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ehr import access, clock
from ehr.access import requires
from ehr.errors import Refused
from ehr.once import once

from .. import operations as ops
from ..models import ReferenceRow, ReferenceTable
from ..permissions import Permission
from ..queries import reference_page as queries
from ..reference_forms import ReviewForm, RowFilter, RowForm, SourceForm, initial_of, table_of
from ..words import finding_words


@require_GET
@requires(Permission.VIEW_REFERENCE)
def reference(request: HttpRequest) -> HttpResponse:
    return _list(request)


@require_http_methods(["GET", "POST"])
@requires(Permission.EDIT_REFERENCE)
@once
def new_row(request: HttpRequest, table: str) -> HttpResponse:
    """An empty row of this table, or with ?like= a copy of one to correct."""
    if table not in ReferenceTable.values:
        return redirect("offboarding:reference")
    like = ReferenceRow.objects.visible_to(request.user).filter(table=table, key=request.GET.get("like", "")).first()
    form, at = RowForm(request.POST or None, table=table, initial=initial_of(like) if like else None), clock.now()
    if request.method == "POST" and form.attempt(lambda said: ops.enter_row(said=form.said, by=request.user, at=at)):
        messages.success(request, _("Entered. It holds once a second person has confirmed it."))
        return redirect(form.result)
    context = {"form": form, "table": table, "title": ReferenceTable(table).label}
    return render(request, "offboarding/reference_new.html", context, status=422 if request.method == "POST" else 200)


@require_GET
@requires(Permission.VIEW_REFERENCE)
def row(request: HttpRequest, pk: Any) -> HttpResponse:
    return row_page(request, row_or_404(request, pk))


@require_POST
@requires(Permission.EDIT_REFERENCE)
@once
def review(request: HttpRequest, pk: Any) -> HttpResponse:
    found = row_or_404(request, pk)
    ops.ask_reference(row=found, by=request.user, at=clock.now())
    messages.success(request, _("A second person has been asked to confirm it."))
    return redirect(found)


@require_POST
@requires(Permission.CONFIRM_REFERENCE)
@once
def confirmation(request: HttpRequest, pk: Any) -> HttpResponse:
    found, form, at = row_or_404(request, pk), ReviewForm(request.POST), clock.now()

    def decide(said: dict[str, Any]) -> None:
        if said["decision"] == "confirm":
            ops.confirm_references(rows=[found], by=request.user, at=at)
        else:
            ops.return_reference(row=found, reason=said["reason"], by=request.user, at=at)

    if not form.attempt(decide):
        return row_page(request, found, form=form)
    messages.success(request, _("Noted."))
    return redirect(found)


@require_POST
@requires(Permission.CONFIRM_REFERENCE)
@once
def confirmations(request: HttpRequest) -> HttpResponse:
    """Several at once: all of them or none, and one pass over the exits."""
    try:
        ops.confirm_references(rows=_chosen(request), by=request.user, at=clock.now())
    except Refused as refused:
        return _list(request, problem=refused.detail, status=422)
    messages.success(request, _("Confirmed. The running exits are being gone through."))
    return redirect("offboarding:reference")


@require_POST
@requires(Permission.EDIT_REFERENCE)
@once
def removal(request: HttpRequest, pk: Any) -> HttpResponse:
    ops.discard_reference(row=row_or_404(request, pk), by=request.user, at=clock.now())
    messages.success(request, _("The draft is gone."))
    return redirect("offboarding:reference")


def _chosen(request: HttpRequest) -> list[ReferenceRow]:
    """What somebody else decided meanwhile is told, not passed over."""
    keys = set(request.POST.getlist("row"))
    rows = list(ReferenceRow.objects.visible_to(request.user).waiting().filter(key__in=keys))
    if not rows or len(rows) != len(keys):
        raise Refused("B_REF_CHOSEN", finding_words("B_REF_CHOSEN"))
    return rows


def row_or_404(request: HttpRequest, pk: Any) -> ReferenceRow:
    people = ("entered_by", "asked_by", "confirmed_by", "replaces")
    return get_object_or_404(ReferenceRow.objects.visible_to(request.user).select_related(*people), pk=pk)


def row_page(
    request: HttpRequest, found: ReferenceRow, *, form: ReviewForm | None = None, source: SourceForm | None = None
) -> HttpResponse:
    user = request.user
    is_first = user.pk in (found.entered_by_id, found.asked_by_id)
    context = {
        "row": found,
        "form": form or ReviewForm(),
        "may_edit": access.has(user, Permission.EDIT_REFERENCE),
        "may_confirm": access.has(user, Permission.CONFIRM_REFERENCE) and not is_first,
        "newer": found.replaced_by.first(),
        "files": found.files.select_related("uploaded_by").order_by("id"),
        "source": source or SourceForm(),
    }
    return render(request, "offboarding/reference_row.html", context, status=422 if form or source else 200)


def _list(request: HttpRequest, *, status: int = 200, **more: Any) -> HttpResponse:
    table, user = table_of(request.GET.get("table", "")), request.user
    chosen = RowFilter(request.GET)
    found = chosen.of(ReferenceRow.objects.visible_to(user), table).order_by("city", "-effective_from", "-id")
    rows = list(found[: queries.SHOWN])
    context = {
        "table": table,
        "tabs": queries.tables_of(user, table),
        "filter": chosen,
        "rows": rows,
        "runs": queries.runs_of(user),
        "unconfirmed": queries.unconfirmed_count(user),
        "may_edit": access.has(user, Permission.EDIT_REFERENCE),
        "may_confirm": access.has(user, Permission.CONFIRM_REFERENCE) and any(row.is_waiting for row in rows),
    }
    return render(request, "offboarding/reference.html", context | more, status=status)
