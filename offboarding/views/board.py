from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from ehr import clock
from ehr.access import requires

from ..models import CaseKind
from ..permissions import Permission
from ..queries import board as queries
from ..queries import columns
from ..queries.board import TABS, Filters

TAB_WORDS = {
    "waiting": _("Waiting for decisions"),
    "process": _("In process"),
    "left": _("Left"),
    "stopped": _("Stopped"),
    "drafts": _("Drafts"),
}


@require_GET
@requires(Permission.VIEW_BOARD)
def board(request: HttpRequest) -> HttpResponse:
    if request.GET.get("view") == "columns":
        return _columns(request)
    filters = Filters.of(request.GET)
    at = clock.now()
    page = queries.board(request.user, filters, at=at)
    context = {"page": page, "filters": filters, "tabs": _tabs(request, filters, page), "kinds": CaseKind.choices}
    context |= {"next": _address(request, cursor=page.next) if page.next else "", "page_at": at}
    template = "offboarding/_board_rows.html" if request.headers.get("HX-Request") else "offboarding/board.html"
    return render(request, template, context)


def _columns(request: HttpRequest) -> HttpResponse:
    filters = Filters.of(request.GET)
    at = clock.now()
    context = {"columns": columns.columns(request.user, filters, at=at), "filters": filters, "page_at": at}
    return render(request, "offboarding/columns.html", context)


def _tabs(request: HttpRequest, filters: Filters, page: queries.Board) -> list[dict[str, object]]:
    return [
        {
            "label": TAB_WORDS[key],
            "href": _address(request, tab=key, cursor=""),
            "count": page.counts[key],
            "current": key == filters.tab,
        }
        for key in TABS
        if key != "drafts" or page.counts[key]
    ]


def _address(request: HttpRequest, **changes: str) -> str:
    query = {key: value for key, value in {**request.GET.dict(), **changes}.items() if value}
    return f"?{urlencode(query)}"
