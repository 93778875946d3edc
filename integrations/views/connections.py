from typing import Any

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ehr import access, clock
from ehr.once import once
from integrations.connectors.protocol import FieldKind
from integrations.connectors.registry import connectors
from integrations.forms import ConnectionForm, DryRunForm, ExportBasisForm
from integrations.models import Connection, Probe
from integrations.operations import probing
from integrations.permissions import Permission
from integrations.queries import last_day_of, with_today

UNPROCESSABLE = 422


@require_GET
@access.requires(Permission.VIEW_CONNECTION)
def listing(request: HttpRequest) -> HttpResponse:
    midnight = clock.now().astimezone(clock.LEGAL_ZONE).replace(hour=0, minute=0, second=0, microsecond=0)
    visible = Connection.objects.visible_to(request.user).select_related("unit")
    rows = list(with_today(visible, since=midnight).order_by("unit__path", "name"))
    troubled = [row for row in rows if row.condition == "down" or row.failed_now]
    context = {
        "rows": rows,
        "troubled": troubled,
        "connectors": [plug.manifest for plug in connectors().values()],
        "can_change": access.has(request.user, Permission.CHANGE_CONNECTION),
    }
    return render(request, "integrations/connections.html", context)


@require_http_methods(["GET", "POST"])
@access.requires(Permission.CHANGE_CONNECTION)
@once
def add(request: HttpRequest, connector: str) -> HttpResponse:
    if connector not in connectors():
        raise Http404
    manifest = connectors()[connector].manifest
    form = ConnectionForm(request.POST or None, manifest=manifest)
    if form.is_valid() and (connection := _set_up(form, connector, request)):
        messages.success(request, _("Saved. Test it before the first exit needs it."))
        return redirect(connection.url)
    status = UNPROCESSABLE if request.method == "POST" else 200
    return render(request, "integrations/connection_new.html", {"form": form, "manifest": manifest}, status=status)


@require_http_methods(["GET", "POST"])
@access.requires(Permission.VIEW_CONNECTION)
@once
def detail(request: HttpRequest, pk: Any) -> HttpResponse:
    visible = Connection.objects.visible_to(request.user).select_related("unit", "data_key", "export_recorded_by")
    connection = get_object_or_404(visible, pk=pk)
    if request.method == "POST":
        access.check(request.user, Permission.CHANGE_CONNECTION, connection)
    form = ConnectionForm(request.POST or None, manifest=connection.manifest, connection=connection)
    if form.is_valid() and _change(form, connection, request):
        messages.success(request, _("Saved."))
        return redirect(connection.url)
    status = UNPROCESSABLE if request.method == "POST" else 200
    return render(request, "integrations/connection.html", _shown(request, connection, form), status=status)


@require_POST
@access.requires(Permission.CHANGE_CONNECTION)
@once
def switch(request: HttpRequest, pk: Any) -> HttpResponse:
    connection = get_object_or_404(Connection.objects.visible_to(request.user, Permission.CHANGE_CONNECTION), pk=pk)
    connection.switch(enabled=request.POST.get("enabled") == "on", by=request.user, at=clock.now())
    return redirect(connection.url)


@require_POST
@access.requires(Permission.CHANGE_CONNECTION)
@once
def export_basis(request: HttpRequest, pk: Any) -> HttpResponse:
    """On what basis personal data may go abroad; only of a system that is there."""
    reached = Connection.objects.visible_to(request.user, Permission.CHANGE_CONNECTION)
    connection = get_object_or_404(reached.select_related("unit", "data_key"), pk=pk)
    if not connection.manifest.exports_abroad:
        raise Http404
    form = ExportBasisForm(request.POST)
    if form.is_valid():
        connection.record_export_basis(**form.cleaned_data, by=_me(request), at=clock.now())
        messages.success(request, _("Recorded. The connection can be switched on."))
        return redirect(connection.url)
    page = _shown(request, connection, ConnectionForm(None, manifest=connection.manifest, connection=connection))
    return render(request, "integrations/connection.html", page | {"export_form": form}, status=UNPROCESSABLE)


@require_POST
@access.requires(Permission.VIEW_CONNECTION)
@once
def probe(request: HttpRequest, pk: Any) -> HttpResponse:
    """Asked here, answered by a worker: no page ever waits for another system."""
    connection = get_object_or_404(Connection.objects.visible_to(request.user), pk=pk)
    case = None
    if request.POST.get("kind") == Probe.Kind.DRY_RUN:
        form = DryRunForm(request.POST, by=_me(request))
        if not form.is_valid():
            return _no_dry_run(request, connection, form)
        case = form.cleaned_data["number"]
    kind = Probe.Kind.DRY_RUN if case else Probe.Kind.HEALTH
    asked = probing.ask(connection, kind=kind, case=case, by=request.user, at=clock.now())
    if not request.headers.get("HX-Request"):
        return redirect(connection.url)
    return render(request, "integrations/_probe.html", {"probe": asked, "connection": connection})


def _no_dry_run(request: HttpRequest, connection: Connection, form: DryRunForm) -> HttpResponse:
    if request.headers.get("HX-Request"):
        context = {"dry_run": form, "connection": connection}
        answer = render(request, "integrations/_dry_run.html", context, status=UNPROCESSABLE)
        answer["HX-Retarget"] = "#dry-run"
        return answer
    page = _shown(request, connection, ConnectionForm(None, manifest=connection.manifest, connection=connection))
    return render(request, "integrations/connection.html", page | {"dry_run": form}, status=UNPROCESSABLE)


@require_GET
@access.requires(Permission.VIEW_CONNECTION)
def probe_result(request: HttpRequest, pk: Any, probe: Any) -> HttpResponse:
    connection = get_object_or_404(Connection.objects.visible_to(request.user), pk=pk)
    asked = get_object_or_404(connection.probes.filter(asked_by=request.user), pk=probe)
    if asked.done_at is None:
        return HttpResponse(status=204)
    return render(request, "integrations/_probe.html", {"probe": asked, "connection": connection})


def _set_up(form: ConnectionForm, connector: str, request: HttpRequest) -> Connection | None:
    try:
        with transaction.atomic():
            return Connection.set_up(
                connector=connector, secrets=form.secrets, by=_me(request), at=clock.now(), **form.plain
            )
    except IntegrityError:
        form.add_error("name", _("This unit has a connection of this name already."))
        return None


def _change(form: ConnectionForm, connection: Connection, request: HttpRequest) -> bool:
    try:
        with transaction.atomic():
            connection.change(fields=form.plain, secrets=form.secrets, by=_me(request), at=clock.now())
    except IntegrityError:
        form.add_error("name", _("This unit has a connection of this name already."))
        return False
    return True


def _shown(request: HttpRequest, connection: Connection, form: ConnectionForm) -> dict[str, Any]:
    secrets = [field for field in connection.manifest.fields if field.kind is FieldKind.SECRET]
    return {
        "connection": connection,
        "form": form,
        "dry_run": DryRunForm(by=_me(request)),
        "export_form": ExportBasisForm(),
        "can_change": access.has(request.user, Permission.CHANGE_CONNECTION),
        "secrets": [(field.label, connection.fingerprints.get(field.name)) for field in secrets],
        "actions": [(action, _delivery(connection, action.code)) for action in connection.manifest.actions],
        "probe": connection.probes.filter(asked_by=_me(request)).order_by("-id").first(),
        "day": last_day_of(connection, at=clock.now()),
        "waiting": connection.effects.waiting_for_human().count(),
    }


def _delivery(connection: Connection, action: str) -> str:
    return connection.plug.delivery(action, connection.config).value


def _me(request: HttpRequest) -> Any:
    return request.user
