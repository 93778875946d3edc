from django.urls import path

from .api import actions, cases, delegations, law, proofs, settlements

urlpatterns = [
    path("delegations/", delegations.Delegations.as_view(), name="api_delegations"),
    path("cases/", cases.Cases.as_view(), name="api_cases"),
    path("cases/signing-codes/", cases.SigningCodes.as_view(), name="api_signing_codes"),
    path("law-questions/", law.LawQuestions.as_view(), name="api_law_questions"),
    path("cases/many/", law.ManyCases.as_view(), name="api_cases_many"),
    path("cases/<uuid:pk>/findings/", law.Findings.as_view(), name="api_case_findings"),
    path("cases/<uuid:pk>/evidence/", law.EvidenceFiles.as_view(), name="api_case_evidence"),
    path("cases/<uuid:pk>/evidence/<uuid:file_pk>/", law.EvidenceFile.as_view(), name="api_case_evidence_file"),
    path("cases/<uuid:pk>/ending/", law.Ending.as_view(), name="api_case_ending"),
    path("cases/<uuid:pk>/", cases.CaseDetail.as_view(), name="api_case"),
    path("cases/<uuid:pk>/submission/", cases.Submission.as_view(), name="api_case_submission"),
    path("cases/<uuid:pk>/approvals/", actions.Approvals.as_view(), name="api_case_approvals"),
    path("cases/<uuid:pk>/withdrawal/", actions.Withdrawal.as_view(), name="api_case_withdrawal"),
    path("cases/<uuid:pk>/dates/", actions.Dates.as_view(), name="api_case_dates"),
    path("cases/<uuid:pk>/retentions/", actions.Retentions.as_view(), name="api_case_retentions"),
    path("cases/<uuid:pk>/timeline/", cases.Timeline.as_view(), name="api_case_timeline"),
    path("cases/<uuid:pk>/tracks/", cases.Tracks.as_view(), name="api_case_tracks"),
    path("cases/<uuid:pk>/tracks/<slug:kind>/", actions.TrackWork.as_view(), name="api_case_track"),
    path("cases/<uuid:pk>/tracks/<slug:kind>/files/", proofs.Proofs.as_view(), name="api_case_track_files"),
    path(
        "cases/<uuid:pk>/tracks/<slug:kind>/files/<uuid:file_pk>/",
        proofs.Proof.as_view(),
        name="api_case_track_file",
    ),
    path("cases/<uuid:pk>/settlement/", settlements.SettlementDetail.as_view(), name="api_settlement"),
    path(
        "cases/<uuid:pk>/settlement/submission/",
        settlements.SettlementSubmission.as_view(),
        name="api_settlement_submission",
    ),
    path(
        "cases/<uuid:pk>/settlement/confirmation/",
        settlements.SettlementConfirmation.as_view(),
        name="api_settlement_confirmation",
    ),
    path(
        "cases/<uuid:pk>/settlement/payments/",
        settlements.SettlementPayments.as_view(),
        name="api_settlement_payments",
    ),
    path("cases/<uuid:pk>/settlement/judgement/", settlements.Judgement.as_view(), name="api_settlement_judgement"),
    path("cases/<uuid:pk>/documents/", cases.Documents.as_view(), name="api_case_documents"),
    path("cases/<uuid:pk>/nudges/", actions.Nudges.as_view(), name="api_case_nudges"),
    path("cases/<uuid:pk>/told/", actions.Telling.as_view(), name="api_case_told"),
    path("cases/<uuid:pk>/notice/", actions.Notice.as_view(), name="api_case_notice"),
    path("cases/<uuid:pk>/service-proofs/", actions.ServiceProofs.as_view(), name="api_case_service_proofs"),
    path("cases/<uuid:pk>/agreement/", actions.Agreement.as_view(), name="api_case_agreement"),
    path("cases/<uuid:pk>/cancellation/", actions.Cancellation.as_view(), name="api_case_cancellation"),
]
