"""Exits about the subject or about somebody in the other business unit: one in process, one to acknowledge, one requested."""

from datetime import timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any

from ehr.identity.models import User
from offboarding import operations as ops
from offboarding.models import Approval, Case, Evidence, Obligation, ReferenceRow, ServiceFile, Track
from offboarding.operations.after_exit import begin_non_compete, open_after_exit
from offboarding.rules.pay_inputs import PayInputs
from tests.access.cast import a_user
from tests.access.world import World
from tests.factories.offboarding import a_resignation, approved, decide, pending, proven, served
from tests.factories.reference import an_average


def _filed(world: World, side: str) -> Case:
    case = a_resignation(world.cast, world.at, who=world.about(side))
    return Case.objects.for_page().get(pk=case.pk)


def _requested(world: World, side: str) -> Case:
    case = ops.request_ending(
        kind="dismissal",
        employment=world.cast.employment[world.about(side)],
        ground="LCL39_2",
        reason="连续旷工三天",
        requested_last_working_date=world.at.date() + timedelta(days=30),
        by=world.user["group_hr"],
        at=world.at,
    )
    proven(case, world.at)
    ops.submit_case(case=case, by=world.user["group_hr"], at=world.at)
    return case


def _asked(world: World, side: str) -> Case:
    """Own: the head is asked. Other: somebody there who is no actor, so that nobody of the matrix may decide it."""
    case = _filed(world, side)
    if side == "other":
        colleague = User.objects.filter(username="supply.head").first() or a_user("supply.head")
        Approval.objects.filter(pk=pending(case).pk).update(approver=colleague)
    return case


def exit_batch(world: World, side: str) -> dict[str, Any]:
    """About somebody who is on it alone."""
    question = ops.Question(
        kind="dismissal", ground="LCL39_2", last_day=world.at.date() + timedelta(days=30), reason="连续旷工三天"
    )
    people = [world.cast.employment[world.about(side)]]
    batch = ops.open_batch(employments=people, question=question, by=world.user["group_hr"], at=world.at)
    return {"pk": batch.pk}


def exit_case(world: World, side: str) -> dict[str, Any]:
    return {"pk": approved(_filed(world, side), world.at).pk}


def exit_case_kind(world: World, side: str) -> dict[str, Any]:
    return exit_case(world, side) | {"kind": "retention_notice"}


def exit_case_paper(world: World, side: str) -> dict[str, Any]:
    """Sealed and in force."""
    where = exit_case(world, side)
    case = Case.objects.for_page().get(pk=where["pk"])
    case.employment.person.id_number = "310101199001011234"
    case.employment.person.save()
    given = {"papers_kept": "三年", "contact_kept": "一年", "privacy_contact": "人力资源部"}
    by = world.user["group_hr"]
    made = ops.issue_paper(case=case, kind="retention_notice", given=given, by=by, at=world.at)
    made.release(by=world.user["document_clerk"], at=world.at)
    return where | {"document_pk": made.pk}


def letter_case(world: World, side: str) -> dict[str, Any]:
    scan = ops.Scan(name="辞职信.pdf", size=8, content=BytesIO(b"%PDF-1.7"))
    employment = world.cast.employment[world.about(side)]
    by, at = world.user["group_hr"], world.at
    said = {"employment": employment, "kind": "resignation", "received_on": at.date(), "scan": scan}
    return {"pk": ops.record_letter(by=by, at=at, **said).pk}


def outside_letter_case(world: World, side: str) -> dict[str, Any]:
    """Returned, and of somebody who has no account."""
    case = Case.objects.get(pk=letter_case(world, side)["pk"])
    decide(case, world.at, "return", comment="请补充")
    person = case.employment.person
    person.user = None
    person.save()
    return {"pk": case.pk}


def forced_case(world: World, side: str) -> dict[str, Any]:
    who = world.about(side)
    case = a_resignation(world.cast, world.at, who=who, kind="forced_resignation", items=["LCL38_2"])
    return {"pk": case.pk}


def filed_case(world: World, side: str) -> dict[str, Any]:
    return {"pk": _asked(world, side).pk}


def requested_case(world: World, side: str) -> dict[str, Any]:
    return {"pk": _requested(world, side).pk}


def wizard_step(world: World, side: str) -> dict[str, Any]:
    return requested_case(world, side) | {"step": "facts"}


def exit_evidence(world: World, side: str) -> dict[str, Any]:
    case = requested_case(world, side)
    return case | {"file_pk": Evidence.objects.filter(case=case["pk"]).latest("id").pk}


def exit_pack(world: World, side: str) -> dict[str, Any]:
    """Asked for by one of those who may: the others may ask for their own."""
    case = Case.objects.for_page().get(pk=exit_case(world, side)["pk"])
    return {"pk": case.pk, "pack_pk": ops.ask_pack(case=case, by=world.user["group_hr"], at=world.at).pk}


def _served(world: World, side: str) -> ServiceFile:
    """With the union told and the paper received; whoever may looks at its proof."""
    by = world.user["group_hr"]
    case = approved(_requested(world, side), world.at)
    track = Track.objects.select_related("case__employment__person", "case__unit").get(case=case, kind="union_notice")
    ops.finish_track(track=track, note="工会已书面回复", by=by, at=world.at)
    return served(Case.objects.for_page().get(pk=case.pk), world.cast, world.at, by=by).files.get()


def exit_with_notice(world: World, side: str) -> dict[str, Any]:
    """Only such an exit has anything to serve."""
    return {"pk": _served(world, side).service.case_id}


def exit_service(world: World, side: str) -> dict[str, Any]:
    row = _served(world, side)
    return {"pk": row.service.case_id, "service_pk": row.service_id}


def exit_service_file(world: World, side: str) -> dict[str, Any]:
    row = _served(world, side)
    return {"pk": row.service.case_id, "service_pk": row.service_id, "file_pk": row.pk}


def exit_approval(world: World, side: str) -> dict[str, Any]:
    case = _asked(world, side)
    return {"pk": case.pk, "approval_pk": pending(case).pk}


def exit_track(world: World, side: str) -> dict[str, Any]:
    return exit_case(world, side) | {"kind": "settlement"}


def exit_proof(world: World, side: str) -> dict[str, Any]:
    where = exit_track(world, side)
    track = Track.objects.select_related("case__employment__person").get(case=where["pk"], kind="settlement")
    content = BytesIO(b"%PDF-1.7 a receipt")
    row = ops.add_proof(track=track, name="回单.pdf", size=18, content=content, by=world.user["group_hr"], at=world.at)
    return where | {"file_pk": row.pk}


def settlement(world: World, side: str) -> dict[str, Any]:
    """Calculated by nobody of the matrix, so that the second person is not the question here."""
    case = Case.objects.for_page().get(pk=exit_case(world, side)["pk"])
    clerk = User.objects.filter(username="pay.clerk").first() or a_user("pay.clerk")
    ops.calculate_settlement(case=case, inputs=PayInputs(), by=clerk, at=world.at)
    return {"pk": case.pk}


def settlement_version(world: World, side: str) -> dict[str, Any]:
    return settlement(world, side) | {"nth": 1}


def settlement_payment(world: World, side: str) -> dict[str, Any]:
    return settlement(world, side) | {"when": "last_day"}


def chain(world: World, side: str) -> dict[str, Any]:
    found = ops.ensure_default_chain("dismissal")
    found.open_draft(by=world.user["admin"], at=world.at)
    return {"pk": found.pk}


def chain_step(world: World, side: str) -> dict[str, Any]:
    return chain(world, side) | {"position": 2}


def reference_table(world: World, side: str) -> dict[str, Any]:
    return {"table": "average_wages"}


def reference_file(world: World, side: str) -> dict[str, Any]:
    return {"form": "csv"}


def reference_row(world: World, side: str) -> dict[str, Any]:
    """Entered by nobody of the matrix, so that the second person is not the question here."""
    clerk = User.objects.filter(username="figures.clerk").first() or a_user("figures.clerk")
    return {"pk": an_average("13000", by=clerk, at=world.at).pk}


def reference_source(world: World, side: str) -> dict[str, Any]:
    where = reference_row(world, side)
    row = ReferenceRow.objects.get(pk=where["pk"])
    content = b"%PDF-1.7 notice"
    file = ops.add_source(
        row=row, name="notice.pdf", size=len(content), content=BytesIO(content), by=world.user["group_hr"], at=world.at
    )
    return where | {"file_pk": file.pk}


def reference_run(world: World, side: str) -> dict[str, Any]:
    return {"pk": ops.ask_recount(keys=[], by=None, at=world.at).pk}


def _left(world: World, side: str) -> Case:
    """An exit with what is still owed after it."""
    case = Case.objects.for_page().get(pk=exit_case(world, side)["pk"])
    open_after_exit(case, at=world.at)
    return case


def exit_after(world: World, side: str) -> dict[str, Any]:
    return {"pk": _left(world, side).pk}


def exit_obligation(world: World, side: str) -> dict[str, Any]:
    case = _left(world, side)
    return {"pk": case.pk, "obligation_pk": case.obligations.get(kind="contact_review").pk}


def exit_obligation_file(world: World, side: str) -> dict[str, Any]:
    where = exit_obligation(world, side)
    duty = Obligation.objects.for_work().get(pk=where["obligation_pk"])
    content, by = BytesIO(b"%PDF-1.7 a receipt"), world.user["group_hr"]
    row = ops.add_obligation_proof(obligation=duty, name="回单.pdf", size=18, content=content, by=by, at=world.at)
    return where | {"file_pk": row.pk}


def exit_non_compete(world: World, side: str) -> dict[str, Any]:
    """In force since the end of the employment."""
    case = _left(world, side)
    clause = ops.Clause(basis="confidentiality", months=6, monthly=Decimal(9000), reason="双方已书面确认")
    ops.activate_non_compete(case=case, clause=clause, by=world.user["group_hr"], at=world.at)
    begin_non_compete(case, at=world.at)
    return {"pk": case.pk}


def exit_declaration(world: World, side: str) -> dict[str, Any]:
    """Asked for already."""
    where = exit_non_compete(world, side)
    duty = Obligation.objects.get(case=where["pk"], kind="non_compete_declaration", nth=1)
    duty.mark_asked(at=world.at)
    return {"obligation_pk": duty.pk}


def exit_dispute(world: World, side: str) -> dict[str, Any]:
    case = _left(world, side)
    facts = ops.DisputeFacts(about="wages", body="arbitration", filed_date=world.at.date() - timedelta(days=2))
    row = ops.record_dispute(case=case, facts=facts, by=world.user["group_hr"], at=world.at)
    return {"pk": case.pk, "nth": row.nth}


def exit_dispute_list(world: World, side: str) -> dict[str, Any]:
    return {"pk": exit_dispute(world, side)["pk"]}
