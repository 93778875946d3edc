"""Plays the plot through the product's own verbs, day by day: what stands in the demo is what people would have done."""

from __future__ import annotations

from base64 import b64decode
from collections import defaultdict
from contextlib import suppress
from datetime import datetime, timedelta
from io import BytesIO
from typing import TYPE_CHECKING

from demo.plot import NOTICE, Ends, Exit
from demo.stage import Deed, Stage
from ehr import deadlines, documents
from ehr.errors import WrongState
from ehr.identity import signing
from ehr.identity.models import User
from handover.models import Handover, HandoverItem
from handover.operations import (
    attach_file,
    confirm_item,
    confirm_many,
    return_item,
    sign_handover,
    state_complete,
    submit_item,
)
from offboarding import operations as work
from offboarding.models import Approval, Case
from offboarding.operations import Choice
from offboarding.rules.compliance.evidence import checklist
from offboarding.rules.compliance.open_ended import REFUSED
from offboarding.rules.kinds import Starter, rule

if TYPE_CHECKING:
    from employees.models import Employment

PHOTO = b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==")
PAPERS = {
    "E_RULEBOOK": "员工手册第五章", "E_RULE_DEMOCRATIC": "职工代表大会纪要", "E_RULE_PUBLICITY": "员工手册签收单",
    "E_MISCONDUCT_FACTS": "盘点差异与书面警告", "E_JOB_STANDARD": "岗位说明书", "E_APPRAISAL_1": "第一次考核",
    "E_TRAINING": "培训记录", "E_APPRAISAL_2": "第二次考核", "E_CONTRACT": "劳动合同", "E_EXPIRY_NOTICE": "期满通知",
    "E_RENEWAL_OFFER": "续订意向书", "E_RENEWAL_REFUSAL": "不再续订的说明",
}  # fmt: skip
CLERKS = {
    "settlement": "qin.ruogu",
    "assets": "liang.shanyue",
    "documents": "bai.lu",
    "social_insurance": "shen.guanfu",
    "accounts": "fang.jibai",
    "union_notice": "shen.guanfu",
}
ANSWERS = {
    "progress": "已完成八成", "counterpart": "客户方项目经理", "next_step": "下周三前确认排期", "place": "共享盘/部门/交接",
    "remark": "目录已按年份整理", "system": "客户管理系统", "account": "按工号登录", "contact": "对方采购负责人",
    "status": "合作正常，按季度对账", "special_requests": "发票需提前三天寄出", "whereabouts": "工位抽屉", "condition": "完好",
}  # fmt: skip


def play(cast_of_plot: list[tuple[Exit, Employment]], *, now: datetime) -> None:
    """Every deed at its own time, oldest first, with the clock's work at ten each morning."""
    stage = Stage(now)
    for exit_, employment in cast_of_plot:
        act = Act(stage, exit_, employment)
        stage.later(act.filed, 9, act.begin)
    stage.run()
    deadlines.sweep(at=now)


class Act:
    """One exit on the stage. Each deed plans the next ones."""

    def __init__(self, stage: Stage, exit_: Exit, employment: Employment) -> None:
        self.stage, self.exit, self.employment = stage, exit_, employment
        self.filed = stage.today - timedelta(days=exit_.days_ago)
        self.leaver = employment.person.user
        self.hr = self.stage.staff("shen.guanfu")
        self.case: Case

    # --- filing -------------------------------------------------------------------------------------------
    def begin(self, at: datetime) -> None:
        self.case = self._start(at)
        if self.exit.ends is Ends.DRAFT:
            return
        if self.exit.kind not in ("resignation", "forced_resignation"):
            self._prove(at)
            work.submit_case(case=self.case, by=self.case.started_by, at=at)
        after = {
            Ends.WAITING: None, Ends.HALF_WAY: self.sign, Ends.RETURNED: self.send_back, Ends.REJECTED: self.reject,
            Ends.CANCELLED: self.cancel, Ends.WITHDRAWN: self.take_back, Ends.RETAINED: self.stay,
        }.get(self.exit.ends, self.sign_all)  # fmt: skip
        if after:
            self.next_day(after)

    def _start(self, at: datetime) -> Case:
        if self.exit.kind == "resignation":
            return work.file_resignation(
                employment=self.employment, requested_last_working_date=None, reason=self.exit.reason,
                typed_name=self.employment.person.name, code=self._signing_code(at), by=self.leaver, at=at,
            )  # fmt: skip
        if self.exit.kind == "pre_offboarding":
            day = self.stage.today + timedelta(days=60)
            return work.prepare_exit(
                employment=self.employment, expected_last_working_date=day, reason=self.exit.reason, by=self.hr, at=at
            )
        head = self.employment.unit.head
        by_manager = self.exit.kind == "dismissal" and head is not None
        return work.request_ending(
            kind=self.exit.kind, employment=self.employment, ground=self.exit.ground, reason=self.exit.reason,
            requested_last_working_date=self.filed + NOTICE, by=head if by_manager else self.hr,
            starter=Starter.MANAGER if by_manager else Starter.HR, at=at,
        )  # fmt: skip

    def _prove(self, at: datetime) -> None:
        """Every paper the ground must have, in the order the law wants: the last of them two days old."""
        if not rule(self.exit.kind).asks_law:
            return
        papers = [need.split("|")[0] for need, is_must in checklist(self.exit.ground) if is_must]
        papers += REFUSED if self.exit.kind == "expiry" else ()
        for age, paper in zip(range(2 * len(papers), 0, -2), papers, strict=True):
            dated = at.date() - timedelta(days=age)
            work.add_evidence(
                case=self.case, paper=paper, dated=dated, name=f"{PAPERS[paper]}.png", size=len(PHOTO),
                content=BytesIO(PHOTO), by=self.case.started_by, at=at,
            )  # fmt: skip

    def _signing_code(self, at: datetime) -> str:
        """Those of the past with a login; everybody else's letter was taken over from paper."""
        if self.leaver is None:
            return ""
        return signing.issue_code(user=self.leaver, act=work.SIGNS_NOTICE, at=at) or ""

    # --- approval -----------------------------------------------------------------------------------------
    def sign(self, at: datetime) -> None:
        asked = Approval.objects.pending().filter(step__case=self.case).select_related("approver").first()
        if asked is None:
            return
        notice = self.exit.kind == "resignation"
        choice = Choice(decision="acknowledge" if notice else "approve", comment="")
        work.decide(approval=asked, choice=choice, by=asked.approver or self.group_hr(), at=at)

    def sign_all(self, at: datetime) -> None:
        while Approval.objects.pending().filter(step__case=self.case).exists():
            self.sign(at)
        self.case = Case.objects.for_page().get(pk=self.case.pk)
        if self.exit.ends is not Ends.QUIET:
            self.next_day(self.tell if self.case.quiet else self.hand_in)

    def send_back(self, at: datetime) -> None:
        self._refuse("return", "最后工作日与项目上线冲突，请补充说明。", at)

    def reject(self, at: datetime) -> None:
        self._refuse("reject", "绩效材料不完整，先做改进计划。", at)

    def _refuse(self, decision: str, comment: str, at: datetime) -> None:
        asked = Approval.objects.pending().filter(step__case=self.case).select_related("approver").first()
        assert asked
        work.decide(
            approval=asked,
            choice=Choice(decision=decision, comment=comment),
            by=asked.approver or self.group_hr(),
            at=at,
        )

    def cancel(self, at: datetime) -> None:
        work.cancel_case(case=self.fresh(), reason="改为调岗。", by=self.hr, at=at)

    def take_back(self, at: datetime) -> None:
        work.withdraw(case=self.fresh(), reason="和家里商量后决定留下。", by=self.leaver, at=at)

    def stay(self, at: datetime) -> None:
        case = self.fresh()
        work.record_retention(
            case=case,
            measure="transfer",
            outcome="stays",
            note="调到离家近的门店。",
            by=self.employment.unit.head or self.hr,
            at=at,
        )
        work.accept_retention(case=self.fresh(), by=self.leaver, at=at)

    # --- in process ---------------------------------------------------------------------------------------
    def tell(self, at: datetime) -> None:
        case = self.fresh()
        notice = case.tracks.filter(kind="union_notice").first()
        if notice:
            work.finish_track(track=notice, note="工会已书面回复，无异议。", by=self.hr, at=at)
        self._issue_notice(at)
        work.record_service(
            case=self.fresh(), method="in_person", delivered_date=at.date(), proofs=[_receipt()], by=self.hr, at=at
        )
        self.next_day(self.hand_in)

    def _issue_notice(self, at: datetime) -> None:
        if self.exit.kind == "dismissal":
            paper = work.issue_notice(case=self.fresh(), by=self.hr, at=at)
            documents.release(paper, by=self.stage.staff("bai.lu"), at=at)

    def hand_in(self, at: datetime) -> None:
        handover = self.handover()
        if handover is None:
            return
        items = list(handover.items.in_order())
        share = {Ends.BEGUN: len(items) // 2, Ends.LATE: len(items) - 2}.get(self.exit.ends, len(items))
        for item in items[:share]:
            self._submit(item, at)
        if self.exit.ends is not Ends.LATE:
            self.next_day(self.confirm)

    def _submit(self, item: HandoverItem, at: datetime) -> None:
        if item.evidence_required:
            photo = BytesIO(PHOTO)
            attach_file(item=item, name="照片.png", size=len(PHOTO), content=photo, by=self.leaver, at=at)
        submit_item(item=item, fields=ANSWERS, text="", by=self.leaver, at=at)

    def confirm(self, at: datetime) -> None:
        handover = self.handover()
        assert handover
        state_complete(handover=handover, by=handover.head, at=at)
        self._confirm_all(handover, at)
        if self.exit.ends is Ends.BEGUN:
            self._return_one(handover, at)
        else:
            self.next_day(self.finish)

    def _confirm_all(self, handover: Handover, at: datetime) -> None:
        """As people do: what came with proof is looked at one by one, the rest goes in one stroke."""
        plain: dict[User, list[HandoverItem]] = defaultdict(list)
        for item in handover.items.waiting():
            by = self.confirmer(handover, item.confirmer)
            if item.evidence_required:
                confirm_item(item=item, by=by, at=at)
            else:
                plain[by].append(item)
        for by, items in plain.items():
            confirm_many(handover=handover, item_ids=[item.pk for item in items], by=by, at=at)

    def _return_one(self, handover: Handover, at: datetime) -> None:
        pending = handover.items.filter(state="pending").first()
        if pending and pending.confirmer == "head":
            self._submit(pending, at)
            return_item(item=pending, comment="绩效系统里进度只有一半，请补充最近一次沟通。", by=handover.head, at=at)

    def finish(self, at: datetime) -> None:
        handover = self.handover()
        assert handover
        sign_handover(handover=handover, by=handover.head, at=at)
        for track in self.fresh().tracks.open().filter(kind__in=CLERKS).order_by("kind"):
            if self.exit.ends is Ends.CLOSED or track.kind == "assets":
                with suppress(WrongState):  # its system did it a moment ago
                    work.finish_track(track=track, note="已办结。", by=self.stage.staff(CLERKS[track.kind]), at=at)

    # --- small questions ----------------------------------------------------------------------------------
    def next_day(self, deed: Deed) -> None:
        self.filed += timedelta(days=1)
        self.stage.later(self.filed, 11, deed)

    def fresh(self) -> Case:
        return Case.objects.for_page().get(pk=self.case.pk)

    def handover(self) -> Handover | None:
        return Handover.objects.for_page().filter(origin=self.case.ref).first()

    def group_hr(self) -> User:
        return self.stage.staff("lu.xingjian")

    def confirmer(self, handover: Handover, role: str) -> User:
        clerks = {"it": "fang.jibai", "asset_clerk": "liang.shanyue", "document_clerk": "bai.lu"}
        if role in clerks:
            return self.stage.staff(clerks[role])
        return (handover.successor or handover.head) if role == "successor" else handover.head


def _receipt() -> work.Proof:
    return work.Proof(proof="signed_receipt", name="送达回执.png", size=len(PHOTO), content=BytesIO(PHOTO))
