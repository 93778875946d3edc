from django.urls import URLPattern, URLResolver, path

from handover import api, api_deductions, api_region, api_takeover, api_talk, api_transfers

ITEM = "handovers/<uuid:pk>/items/<uuid:item_pk>"

urlpatterns: list[URLPattern | URLResolver] = [
    path("handovers/", api.Handovers.as_view(), name="api_handovers"),
    path("handovers/region/", api_region.Region.as_view(), name="api_handover_region"),
    path("handovers/reminders/", api_region.Reminders.as_view(), name="api_handover_reminders"),
    path("handovers/tempo/", api_region.Tempo.as_view(), name="api_handover_tempo"),
    path("handovers/<uuid:pk>/", api.HandoverDetail.as_view(), name="api_handover"),
    path("handovers/<uuid:pk>/items/", api.Items.as_view(), name="api_handover_items"),
    path("handovers/<uuid:pk>/sources/", api.Sources.as_view(), name="api_handover_sources"),
    path(f"{ITEM}/", api.Item.as_view(), name="api_handover_item"),
    path(f"{ITEM}/submission/", api.Submission.as_view(), name="api_handover_submission"),
    path(f"{ITEM}/confirmation/", api.Confirmation.as_view(), name="api_handover_confirmation"),
    path(f"{ITEM}/files/", api.Files.as_view(), name="api_handover_files"),
    path(f"{ITEM}/files/<uuid:file_pk>/", api.File.as_view(), name="api_handover_file"),
    path("handovers/<uuid:pk>/confirmations/", api.Confirmations.as_view(), name="api_handover_confirmations"),
    path("handovers/<uuid:pk>/completeness/", api.Completeness.as_view(), name="api_handover_completeness"),
    path("handovers/<uuid:pk>/sign-off/", api.SignOff.as_view(), name="api_handover_sign_off"),
    path(f"{ITEM}/explanation/", api_talk.Explanation.as_view(), name="api_handover_explanation"),
    path(f"{ITEM}/witness/", api_talk.Witnessing.as_view(), name="api_handover_witnessing"),
    path("handovers/<uuid:pk>/witness/", api_talk.Witness.as_view(), name="api_handover_witness"),
    path("handovers/<uuid:pk>/successor/", api_talk.Successor.as_view(), name="api_handover_successor"),
    path("handovers/<uuid:pk>/messages/", api_talk.Messages.as_view(), name="api_handover_messages"),
    path(
        "handovers/<uuid:pk>/messages/files/<uuid:file_pk>/",
        api_talk.MessageFiles.as_view(),
        name="api_handover_message_file",
    ),
    path("handovers/<uuid:pk>/transfer/", api_transfers.TransferPlan.as_view(), name="api_handover_transfer"),
    path(
        "handovers/<uuid:pk>/transfer/lines/<uuid:line_pk>/",
        api_transfers.TransferLineDetail.as_view(),
        name="api_handover_transfer_line",
    ),
    path(
        "handovers/<uuid:pk>/transfer/confirmation/",
        api_transfers.TransferConfirmation.as_view(),
        name="api_handover_transfer_confirmation",
    ),
    path("handover-deductions/", api_deductions.Deductions.as_view(), name="api_handover_deductions"),
    path("handover-deduction-rule/", api_deductions.DeductionRule.as_view(), name="api_handover_deduction_rule"),
    path("handovers/<uuid:pk>/takeover/", api_takeover.Takeover.as_view(), name="api_handover_takeover"),
    path("handovers/<uuid:pk>/takeover/note/", api_takeover.TakeoverNote.as_view(), name="api_handover_takeover_note"),
    path("handovers/<uuid:pk>/questions/", api_takeover.Questions.as_view(), name="api_handover_questions"),
    path(
        "handovers/<uuid:pk>/questions/<uuid:message_pk>/answer/",
        api_takeover.Answer.as_view(),
        name="api_handover_answer",
    ),
    path("handovers/<uuid:pk>/shadowing/", api_takeover.Shadowings.as_view(), name="api_handover_shadowing"),
    path(
        "handovers/<uuid:pk>/shadowing/<uuid:session_pk>/completion/",
        api_takeover.ShadowingCompletion.as_view(),
        name="api_handover_shadowing_completion",
    ),
    path(
        "handovers/<uuid:pk>/shadowing/<uuid:session_pk>/cancellation/",
        api_takeover.ShadowingCancellation.as_view(),
        name="api_handover_shadowing_cancellation",
    ),
    path("handovers/<uuid:pk>/report/", api_takeover.Report.as_view(), name="api_handover_report"),
    path("handovers/<uuid:pk>/omissions/", api_talk.Omissions.as_view(), name="api_handover_omissions"),
]
