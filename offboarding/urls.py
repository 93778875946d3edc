from django.urls import path

from .views import approvals, board, case, chains, delegation, law, my_exit, settlement, sides, starting, tracks, wizard

app_name = "offboarding"

mine = [
    path("me/", my_exit.my_exit, name="my_exit"),
    path("me/resignation/", my_exit.resignation, name="resignation"),
    path("me/resignation/code/", my_exit.signing_code, name="signing_code"),
    path("door/exit/", my_exit.door_exit, name="door_exit"),
    path("me/amendment/", my_exit.amendment, name="amendment"),
    path("me/withdrawal/", my_exit.withdrawal, name="my_withdrawal"),
    path("me/retention/", my_exit.stay, name="stay"),
    path("me/delegations/", delegation.delegations, name="delegations"),
]
cases = [
    path("cases/", board.board, name="board"),
    path("cases/new/", starting.start, name="start"),
    path("cases/preparations/", starting.preparations, name="preparations"),
    path("cases/what-if/", law.what_if, name="what_if"),
    path("cases/<uuid:pk>/", case.case, name="case"),
    path("cases/<uuid:pk>/wizard/<slug:step>/", wizard.wizard, name="wizard"),
    path("cases/<uuid:pk>/submission/", wizard.submission, name="submission"),
    path("cases/<uuid:pk>/timeline/", case.timeline, name="timeline"),
    path("cases/<uuid:pk>/comments/", case.comments, name="comments"),
    path("cases/<uuid:pk>/nudge/", case.nudge, name="nudge"),
    path("cases/<uuid:pk>/approvals/<uuid:approval_pk>/", approvals.approval, name="approval"),
    path("cases/<uuid:pk>/tracks/<slug:kind>/", tracks.track, name="track"),
    path("cases/<uuid:pk>/tracks/<slug:kind>/files/<uuid:file_pk>/", tracks.track_file, name="track_file"),
    path("cases/<uuid:pk>/evidence/", law.evidence, name="evidence"),
    path("cases/<uuid:pk>/evidence/<uuid:file_pk>/", law.evidence_file, name="evidence_file"),
    path("cases/<uuid:pk>/findings/", law.findings, name="findings"),
    path("cases/<uuid:pk>/ending/", law.ending, name="ending"),
    path("cases/<uuid:pk>/settlement/", settlement.settlement, name="settlement"),
    path("cases/<uuid:pk>/settlement/versions/<int:nth>/", settlement.version, name="settlement_version"),
    path("cases/<uuid:pk>/settlement/submission/", settlement.submission, name="settlement_submission"),
    path("cases/<uuid:pk>/settlement/confirmation/", settlement.confirmation, name="settlement_confirmation"),
    path("cases/<uuid:pk>/settlement/payments/<slug:when>/", settlement.payment, name="settlement_payment"),
    path("cases/<uuid:pk>/settlement/judgement/", settlement.judgement, name="settlement_judgement"),
    path("cases/<uuid:pk>/settlement/pay-months/", settlement.pay_months, name="settlement_pay_months"),
    path("cases/<uuid:pk>/dates/", sides.dates, name="dates"),
    path("cases/<uuid:pk>/withdrawal/", sides.withdrawal, name="withdrawal"),
    path("cases/<uuid:pk>/withdrawal/answer/", sides.withdrawal_answer, name="withdrawal_answer"),
    path("cases/<uuid:pk>/retentions/", sides.retentions, name="retentions"),
    path("cases/<uuid:pk>/told/", sides.told, name="told"),
    path("cases/<uuid:pk>/notice/", sides.notice, name="notice"),
    path("cases/<uuid:pk>/service-proofs/", sides.service_proofs, name="service_proofs"),
    path("cases/<uuid:pk>/agreement/", sides.agreement, name="agreement"),
    path("cases/<uuid:pk>/cancellation/", sides.cancellation, name="cancellation"),
    path("cases/<uuid:pk>/conversion/", sides.conversion, name="conversion"),
    path("cases/<uuid:pk>/standing-down/", sides.standing_down, name="standing_down"),
]
editor = [
    path("settings/chains/", chains.chains, name="chains"),
    path("settings/chains/<uuid:pk>/", chains.chain, name="chain"),
    path("settings/chains/<uuid:pk>/draft/", chains.draft, name="chain_draft"),
    path("settings/chains/<uuid:pk>/draft/discard/", chains.discard, name="chain_discard"),
    path("settings/chains/<uuid:pk>/steps/new/<int:position>/", chains.new_step, name="chain_new_step"),
    path("settings/chains/<uuid:pk>/steps/<int:position>/", chains.step, name="chain_step"),
    path("settings/chains/<uuid:pk>/steps/<int:position>/removal/", chains.step_removal, name="chain_step_removal"),
    path("settings/chains/<uuid:pk>/steps/<int:position>/place/", chains.step_place, name="chain_step_place"),
    path("settings/chains/<uuid:pk>/review/", chains.review, name="chain_review"),
    path("settings/chains/<uuid:pk>/review/return/", chains.taking_back, name="chain_taking_back"),
    path("settings/chains/<uuid:pk>/publication/", chains.publication, name="chain_publication"),
]

urlpatterns = [*mine, *cases, *editor]
