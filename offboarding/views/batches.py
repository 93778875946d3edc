"""Endings of several people at once: name them, look what would come of it, open the cases, send them."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ehr import access, clock
from ehr.access import requires
from ehr.once import once
from ehr.paging import page_of

from .. import operations as ops
from ..batch_forms import BatchEvidenceForm, BatchForm
from ..batch_pages import batch_shown, rehearsal_shown
from ..models import Batch
from ..permissions import Permission
from ..queries.batches import batch_page, batches, lines_to_work_on, people_found, people_of
from ..rules.kinds import rule
from .doors import back_to


@require_GET
@requires(Permission.VIEW_REASON)
def batch_list(request: HttpRequest) -> HttpResponse:
    page = page_of(batches(request.user), order=["-id"], cursor=request.GET.get("after", ""))
    return render(request, "offboarding/batches.html", {"batches": page.rows, "next": page.next})


@require_http_methods(["GET", "POST"])
@requires(Permission.MANAGE_CASE)
@once
def new_batch(request: HttpRequest) -> HttpResponse:
    """POST: look at the list first; with `open` in the form the cases are begun, all of them or none."""
    form, opens = BatchForm(request.POST or None), "open" in request.POST
    deed = _open if opens else _rehearse
    is_done = request.method == "POST" and form.attempt(lambda said: deed(request, said))
    if is_done and opens:
        messages.success(request, _("Opened. Nothing reaches anybody before it is decided."))
        return redirect(form.result.url)
    q = request.GET.get("q", "").strip()[:60]
    context = {"form": form, "q": q, "people": people_found(request.user, q), "picked": request.POST.getlist("picked")}
    context |= {"report": rehearsal_shown(form.result), "said": form.cleaned_data} if is_done else {}
    status = 422 if request.method == "POST" and not is_done else 200
    return render(request, "offboarding/batch_new.html", context, status=status)


@require_GET
@requires(Permission.VIEW_REASON)
def batch(request: HttpRequest, pk: Any) -> HttpResponse:
    found = get_object_or_404(Batch.objects.visible_to(request.user).select_related("opened_by"), pk=pk)
    return _page(request, found, BatchEvidenceForm(ground=found.ground))


@require_POST
@requires(Permission.MANAGE_CASE)
@once
def evidence(request: HttpRequest, pk: Any) -> HttpResponse:
    found = _to_work_on(request, pk)
    form = BatchEvidenceForm(request.POST, request.FILES, ground=found.ground)
    if form.attempt(lambda said: _keep(request, found, said)):
        added = ngettext("Added to %(n)s case.", "Added to %(n)s cases.", form.result) % {"n": form.result}
        messages.success(request, added)
        return back_to(request, found.url)
    return _page(request, found, form)


@require_POST
@requires(Permission.MANAGE_CASE)
@once
def check(request: HttpRequest, pk: Any) -> HttpResponse:
    found = _to_work_on(request, pk)
    ops.check_batch(batch=found, at=clock.now())
    return back_to(request, found.url)


@require_POST
@requires(Permission.MANAGE_CASE)
@once
def submission(request: HttpRequest, pk: Any) -> HttpResponse:
    """Each for itself: what is refused stays a draft, and its line says why."""
    found, at = _to_work_on(request, pk), clock.now()
    tried = ops.submit_batch(lines=lines_to_work_on(request.user, found), by=request.user, at=at)
    sent = sum(1 for line in tried if not line.code)
    words = _("%(sent)s sent, %(refused)s refused.") % {"sent": sent, "refused": len(tried) - sent}
    (messages.success if sent == len(tried) else messages.warning)(request, words)
    return back_to(request, found.url)


def _page(request: HttpRequest, found: Batch, form: BatchEvidenceForm) -> HttpResponse:
    page = batch_page(request.user, found)
    can_work = access.has(request.user, Permission.MANAGE_CASE)
    asks = rule(found.kind).asks_law and can_work
    context = {"batch": found, "form": form if asks else None, "can_work": can_work, **batch_shown(page)}
    return render(request, "offboarding/batch.html", context, status=422 if form.errors else 200)


def _to_work_on(request: HttpRequest, pk: Any) -> Batch:
    return get_object_or_404(Batch.objects.visible_to(request.user, Permission.MANAGE_CASE), pk=pk)


def _asked(request: HttpRequest, said: dict[str, Any]) -> dict[str, Any]:
    numbers = said["numbers"].split()
    people = people_of(request.user, numbers)
    ops.refuse_unknown(numbers, people, field="numbers")
    question = ops.Question(**{name: value for name, value in said.items() if name != "numbers"})
    return {"employments": people, "question": question, "by": request.user, "at": clock.now()}


def _rehearse(request: HttpRequest, said: dict[str, Any]) -> ops.Rehearsal:
    return ops.rehearse_batch(**_asked(request, said))


def _open(request: HttpRequest, said: dict[str, Any]) -> Batch:
    return ops.open_batch(**_asked(request, said))


def _keep(request: HttpRequest, found: Batch, said: dict[str, Any]) -> int:
    upload, lines = said.pop("file"), lines_to_work_on(request.user, found)
    return ops.add_batch_evidence(
        batch=found,
        lines=lines,
        name=upload.name,
        size=upload.size,
        content=upload,
        by=request.user,
        at=clock.now(),
        **said,
    )
