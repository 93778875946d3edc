"""The cast of the demo, as the login page offers it."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse_lazy
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _

CAST: dict[str, Any] = {
    "zhou.yuanhang": _("Employee who leaves"),
    "gu.chengyan": _("Unit head"),
    "he.shuyao": _("Successor"),
    "song.zhiwei": _("HR business partner"),
    "shen.guanfu": _("HR manager"),
    "qin.ruogu": _("Finance"),
    "fang.jibai": _("IT"),
    "liang.shanyue": _("Asset clerk"),
    "bai.lu": _("Document clerk"),
    "meng.huaijin": _("General manager"),
    "xie.linchuan": _("HR legal"),
    "lu.xingjian": _("Group HR"),
    "jiang.wenyuan": _("Auditor"),
    "ji.yunshu": _("Administrator"),
    "tang.jingxing": _("Colleague of another business unit"),
}


@dataclass(frozen=True)
class Member:
    username: str
    name: str
    title: Any


def sign_in_page(request: HttpRequest) -> dict[str, Any]:
    """Context of the login page: `demo_cast`, empty outside the demo, and the way to the narrow door.

    Lazy, so that it costs nothing where it isn't shown.
    """
    return {"demo_cast": SimpleLazyObject(lambda: _members(request)), "door_url": reverse_lazy("identity:door")}


def _members(request: HttpRequest) -> list[Member]:
    from ehr.identity.models import User
    from ehr.identity.views.demo import is_open

    if not is_open(request):
        return []
    names = dict(User.objects.with_full_access().filter(username__in=CAST).values_list("username", "display_name"))
    return [Member(username, names[username], title) for username, title in CAST.items() if username in names]
