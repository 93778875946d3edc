"""Exits in every state, reached through the verbs only: `a_resignation(cast, at)`, `approved(case, cast, at)`."""

from datetime import date, datetime, timedelta
from io import BytesIO
from typing import Any

from ehr.deadlines.models import Deadline
from ehr.identity import signing
from ehr.identity.models import SigningCode
from offboarding import operations as ops
from offboarding.models import Approval, Case, Evidence, ServiceProof, Track
from offboarding.rules.compliance.delivery import PROOFS
from offboarding.rules.compliance.evidence import checklist


def a_resignation(cast: Any, at: datetime, who: str = "leaver", **fields: Any) -> Case:
    employment = cast.employment[who]
    employment.refresh_from_db()
    return a_resignation_of(employment, at, **fields)


def a_resignation_of(employment: Any, at: datetime, **fields: Any) -> Case:
    user = employment.person.user
    facts = {
        "requested_last_working_date": None,
        "reason": "准备读研",
        "typed_name": employment.person.name,
        "code": signing_code(user, at),
    } | fields
    return ops.file_resignation(employment=employment, by=user, at=at, **facts)


def signing_code(user: Any, at: datetime) -> str:
    """A fresh one, however short ago the last one was."""
    SigningCode.objects.filter(user=user).delete()
    return signing.issue_code(user=user, act=ops.SIGNS_NOTICE, at=at) or ""


def a_dismissal_draft(
    cast: Any, at: datetime, who: str = "leaver", *, without: tuple[str, ...] = (), **fields: Any
) -> Case:
    """With every paper its ground must have, but for some."""
    facts = {
        "kind": "dismissal",
        "ground": "LCL39_2",
        "reason": "连续旷工三天, 两次书面警告",
        "requested_last_working_date": at.date() + timedelta(days=30),
        "by": cast.head,
    } | fields
    return proven(ops.request_ending(employment=cast.employment[who], at=at, **facts), at, without=without)


def proven(case: Case, at: datetime, *, without: tuple[str, ...] = ()) -> Case:
    """Every paper that the ground must have, each dated a day after the one before; the last of them yesterday."""
    papers = [need.split("|")[0] for need, is_must in checklist(case.ground) if is_must]
    first = at.date() - timedelta(days=len(papers))
    for nth, paper in enumerate(papers):
        if paper not in without:
            add_paper(case, paper, at=at, dated=first + timedelta(days=nth))
    return case


def add_paper(case: Case, paper: str, *, at: datetime, dated: date) -> Evidence:
    content = b"%PDF-1.7 " + paper.encode()
    return ops.add_evidence(
        case=case,
        paper=paper,
        dated=dated,
        name=f"{paper}.pdf",
        size=len(content),
        content=BytesIO(content),
        by=case.started_by,
        at=at,
    )


def a_dismissal(cast: Any, at: datetime, **fields: Any) -> Case:
    case = a_dismissal_draft(cast, at, **fields)
    ops.submit_case(case=case, by=case.started_by, at=at)
    return case


def pending(case: Case) -> Approval:
    return Approval.objects.pending().filter(step__case=case).select_related("step__chain_step", "step__case").get()


def decide(case: Case, at: datetime, decision: str, **fields: Any) -> Approval:
    """By whoever is asked."""
    approval = pending(case)
    by = fields.pop("by", approval.approver)
    ops.decide(approval=approval, choice=ops.Choice(decision=decision, **fields), by=by, at=at)
    case.refresh_from_db()
    return approval


def approved(case: Case, at: datetime) -> Case:
    case.refresh_from_db()
    while case.state == "in_approval":
        decide(case, at, "acknowledge" if case.is_notice else "approve")
    return case


def workers(cast: Any) -> dict[str, Any]:
    return {
        "settlement": cast.finance,
        "accounts": cast.it,
        "oa_tasks": cast.it,
        "business_systems": cast.it,
        "assets": cast.asset_clerk,
        "social_insurance": cast.hrbp,
        "non_compete": cast.legal,
        "union_notice": cast.hr_manager,
        "documents": cast.document_clerk,
    }


def done(case: Case, cast: Any, at: datetime, *kinds: str) -> None:
    for kind in kinds:
        track = Track.objects.select_related("case__employment__person", "case__unit").get(case=case, kind=kind)
        if kind == "handover":
            ops.progress_track(case_id=case.pk, kind=kind, state="done", by=cast.head, at=at)
        elif kind == "non_compete":
            ops.note_no_clause(case=case, by=cast.legal, at=at)
        else:
            ops.finish_track(track=track, note="办结", by=workers(cast)[kind], at=at)
    case.refresh_from_db()


def served(case: Case, cast: Any, at: datetime, *, method: str = "in_person", **fields: Any) -> ServiceProof:
    """Received today, with every paper that proves it."""
    said = {"delivered_date": at.date(), "proofs": proofs_of(method), "by": cast.hr_manager} | fields
    return ops.record_service(case=case, method=method, at=at, **said)


def proofs_of(*names: str) -> list[ops.Proof]:
    """Of these proofs, or of everything that a method asks for."""
    wanted = [proof for name in names for proof in PROOFS.get(name, (name,))]
    return [_proof(name, b"%PDF-1.7 " + name.encode()) for name in wanted]


def _proof(name: str, content: bytes) -> ops.Proof:
    return ops.Proof(proof=name, name=f"{name}.pdf", size=len(content), content=BytesIO(content))


def a_consent(at: datetime, *, signed_on: date | None = None) -> ops.Consent:
    """Of the employee to taking an ending back, signed today."""
    content = b"%PDF-1.7 consent"
    scan = ops.Scan(name="consent.pdf", size=len(content), content=BytesIO(content))
    return ops.Consent(signed_on=signed_on or at.date(), scan=scan)


def duties_of(user: Any, kind: str = "") -> list[Deadline]:
    rows = Deadline.objects.waiting_for(user)
    return list(rows.filter(kind=kind) if kind else rows)


def on(day: date, hour: int = 10) -> datetime:
    """That hour of that day in Shanghai."""
    from datetime import time

    from ehr.clock import LEGAL_ZONE

    return datetime.combine(day, time(hour), LEGAL_ZONE)
