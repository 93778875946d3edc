"""Reads for the pages of papers and for the public check."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from ehr import access
from ehr.documents.models import Document, DocumentState, SigningIdentity
from ehr.documents.permissions import Permission
from ehr.lib.masking import mask_name
from ehr.paging import page_of

STAGES = {
    "waiting": (DocumentState.WAITING,),
    "issued": (DocumentState.ISSUED,),
    "void": (DocumentState.REVOKED, DocumentState.SUPERSEDED),
}


@dataclass(frozen=True, kw_only=True)
class Listed:
    stage: str
    rows: list[Document]
    tabs: list[dict[str, Any]]
    next: str
    may_release: bool
    may_manage: bool


def list_of(user: Any, *, stage: str, cursor: str) -> Listed:
    visible = Document.objects.visible_to(user)
    counts = dict(visible.order_by().values_list("state").annotate(n=Count("pk")))
    may_release = access.has(user, Permission.RELEASE_DOCUMENTS)
    stage = stage if stage in STAGES else _first_stage(counts)
    page = page_of(visible.filter(state__in=STAGES[stage]).defer("context"), order=["-id"], cursor=cursor)
    return Listed(
        stage=stage,
        rows=page.rows,
        tabs=_tabs(stage, counts),
        next=f"?stage={stage}&after={page.next}" if page.next else "",
        may_release=may_release,
        may_manage=access.has(user, Permission.MANAGE_RELEASES),
    )


def own_papers(user: Any) -> list[Document]:
    mine = Document.objects.visible_to(user).filter(holder=user, state=DocumentState.ISSUED)
    return list(mine.defer("context").order_by("-id")[:50])


@dataclass(frozen=True, kw_only=True)
class Detail:
    document: Document
    facts: list[tuple[str, Any]]
    may_release: bool
    may_revoke: bool
    identity: SigningIdentity | None


def detail_of(user: Any, document: Document) -> Detail:
    return Detail(
        document=document,
        facts=_facts(document),
        may_release="release" in document.actions and _holds(user, Permission.RELEASE_DOCUMENTS, document),
        may_revoke="revoke" in document.actions and _holds(user, Permission.REVOKE_DOCUMENTS, document),
        identity=SigningIdentity.objects.filter(entity=document.entity, in_force=True).first(),
    )


def signing_identities() -> Any:
    return SigningIdentity.objects.filter(in_force=True).select_related("entity").order_by("entity__name")


def not_issued_words() -> str:
    return _("This paper is not issued, so there is no file yet.")


# --- The public check -------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Answer:
    tone: str
    icon: str
    title: str
    text: str
    at: datetime
    code: str = ""
    is_known: bool = False
    file_sha256: str = ""
    facts: list[tuple[str, Any]] = field(default_factory=list)


def answer_for(code: str, *, at: datetime) -> Answer:
    document = Document.objects.filter(verify_code=code).select_related("entity").first() if code else None
    return _known(document, at=at) if document else unknown(at=at)


def unknown(*, at: datetime) -> Answer:
    text = _("The code is wrong, or the paper is not one of ours.")
    return Answer(tone="idle", icon="help-circle", title=_("Nothing found"), text=text, at=at)


def too_often(*, at: datetime) -> Answer:
    text = _("Ten checks a minute are possible. Please wait a moment.")
    return Answer(tone="warn", icon="clock", title=_("Too many checks"), text=text, at=at)


def _known(document: Document, *, at: datetime) -> Answer:
    tone, icon, title, text = _verdict(document.state)
    return Answer(
        tone=tone,
        icon=icon,
        title=title,
        text=text,
        at=at,
        code=document.grouped_code,
        is_known=True,
        file_sha256=document.file_sha256 if document.state == DocumentState.ISSUED else "",
        facts=[
            (_("Paper"), document.title),
            (_("Number"), document.number),
            (_("Issued by"), document.issuer),
            (pgettext("whose paper", "Name"), mask_name(document.holder_name)),
            (_("Date of issue"), document.issued_at),
        ],
    )


def _verdict(state: str) -> tuple[str, str, str, str]:
    return {
        DocumentState.ISSUED: (
            "ok",
            "circle-check",
            _("Genuine and in force"),
            _("It was neither replaced nor revoked."),
        ),
        DocumentState.SUPERSEDED: (
            "warn",
            "refresh-alert",
            _("Replaced by a newer one"),
            _("This is an older edition and no longer counts."),
        ),
        DocumentState.REVOKED: ("bad", "file-alert", _("Revoked"), _("This paper no longer counts.")),
        DocumentState.WAITING: ("idle", "clock", _("Not in force yet"), _("This is a draft; it has not been issued.")),
    }[DocumentState(state)]


def _holds(user: Any, permission: Permission, document: Document) -> bool:
    is_own = document.holder_id == user.pk
    return not is_own and Document.objects.visible_to(user, permission).filter(pk=document.pk).exists()


def _first_stage(counts: dict[str, int]) -> str:
    return "waiting" if counts.get(DocumentState.WAITING) else "issued"


def _tabs(stage: str, counts: dict[str, int]) -> list[dict[str, Any]]:
    words = {"waiting": _("Waiting for the seal"), "issued": _("Issued"), "void": _("Revoked or replaced")}
    return [
        {
            "label": words[name],
            "href": f"{reverse('documents:list')}?stage={name}",
            "count": sum(counts.get(state, 0) for state in states),
            "current": name == stage,
        }
        for name, states in STAGES.items()
    ]


def _facts(document: Document) -> list[tuple[str, Any]]:
    return [
        (_("Number"), document.number),
        (_("For"), document.holder_name),
        (_("Issued by"), document.issuer),
        (_("Edition"), document.edition),
        (_("Check code"), document.grouped_code),
        (_("Fingerprint of the text"), document.content_sha256[:16]),
        (_("Fingerprint of the file"), document.file_sha256[:16]),
    ]
