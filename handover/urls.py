from django.urls import URLPattern, URLResolver, path

from handover import views

app_name = "handover"
urlpatterns: list[URLPattern | URLResolver] = [
    path("handovers/", views.handovers, name="list"),
    path("handovers/confirmations/", views.confirmations, name="confirmations"),
    path("handovers/figures/", views.figures, name="figures"),
    path("handovers/deductions/", views.deductions, name="deductions"),
    path("handovers/deductions/<uuid:pk>/", views.deduction, name="deduction"),
    path("settings/handover-deduction/", views.deduction_rule, name="deduction_rule"),
    path("settings/handover-deduction/<uuid:pk>/ending/", views.deduction_rule_ending, name="deduction_rule_ending"),
    path("handovers/messages/", views.talks, name="talks"),
    path("handovers/region/", views.region, name="region"),
    path("handovers/reminders/", views.reminders, name="reminders"),
    path("handovers/tempo/", views.tempo, name="tempo"),
    path("handovers/takeovers/", views.takeovers, name="takeovers"),
    path("handovers/<uuid:pk>/takeover/", views.takeover, name="takeover"),
    path("handovers/<uuid:pk>/takeover/note/", views.takeover_note, name="takeover_note"),
    path("handovers/<uuid:pk>/takeover/question/", views.takeover_question, name="takeover_question"),
    path("handovers/<uuid:pk>/questions/", views.questions, name="questions"),
    path("handovers/<uuid:pk>/questions/<uuid:message_pk>/answer/", views.answer, name="answer"),
    path("handovers/<uuid:pk>/shadowing/", views.shadowing, name="shadowing"),
    path(
        "handovers/<uuid:pk>/shadowing/<uuid:session_pk>/completion/",
        views.shadowing_completion,
        name="shadowing_completion",
    ),
    path(
        "handovers/<uuid:pk>/shadowing/<uuid:session_pk>/cancellation/",
        views.shadowing_cancellation,
        name="shadowing_cancellation",
    ),
    path("handovers/<uuid:pk>/", views.detail, name="detail"),
    path("handovers/<uuid:pk>/items/", views.items, name="items"),
    path("handovers/<uuid:pk>/items/<uuid:item_pk>/", views.item, name="item"),
    path("handovers/<uuid:pk>/items/<uuid:item_pk>/submission/", views.submission, name="submission"),
    path("handovers/<uuid:pk>/items/<uuid:item_pk>/confirmation/", views.confirmation, name="confirmation"),
    path("handovers/<uuid:pk>/items/<uuid:item_pk>/files/<uuid:file_pk>/", views.file, name="file"),
    path(
        "handovers/<uuid:pk>/items/<uuid:item_pk>/files/<uuid:file_pk>/removal/",
        views.file_removal,
        name="file_removal",
    ),
    path("handovers/<uuid:pk>/items/<uuid:item_pk>/explanation/", views.explanation, name="explanation"),
    path("handovers/<uuid:pk>/items/<uuid:item_pk>/witness/", views.witnessing, name="witnessing"),
    path("handovers/<uuid:pk>/witness/", views.witness, name="witness"),
    path("handovers/<uuid:pk>/report/", views.report, name="report"),
    path("handovers/<uuid:pk>/omissions/", views.omissions, name="omissions"),
    path("handovers/<uuid:pk>/messages/", views.messages_, name="messages"),
    path("handovers/<uuid:pk>/messages/new/", views.news, name="news"),
    path("handovers/<uuid:pk>/messages/files/<uuid:file_pk>/", views.message_file, name="message_file"),
    path("handovers/<uuid:pk>/messages/reading/", views.reading, name="reading"),
    path("handovers/<uuid:pk>/meeting/", views.meeting, name="meeting"),
    path("settings/meetings/", views.meeting_place, name="meeting_place"),
    path("handovers/<uuid:pk>/confirmations/", views.bulk_confirmation, name="bulk_confirmation"),
    path("handovers/<uuid:pk>/completeness/", views.completeness, name="completeness"),
    path("handovers/<uuid:pk>/sign-off/", views.sign_off, name="sign_off"),
    path("settings/handover-templates/", views.templates, name="templates"),
    path("settings/handover-templates/<uuid:pk>/", views.template, name="template"),
    path("settings/handover-templates/<uuid:pk>/draft/", views.draft, name="template_draft"),
    path("settings/handover-templates/<uuid:pk>/draft/discard/", views.template_discard, name="template_discard"),
    path("settings/handover-templates/<uuid:pk>/items/", views.template_items, name="template_items"),
    path("settings/handover-templates/<uuid:pk>/items/<slug:key>/", views.template_item, name="template_item"),
    path(
        "settings/handover-templates/<uuid:pk>/items/<slug:key>/removal/",
        views.template_item_removal,
        name="template_item_removal",
    ),
    path(
        "settings/handover-templates/<uuid:pk>/items/<slug:key>/fields/", views.template_fields, name="template_fields"
    ),
    path("settings/handover-templates/<uuid:pk>/review/", views.template_review, name="template_review"),
    path(
        "settings/handover-templates/<uuid:pk>/review/return/", views.template_taking_back, name="template_taking_back"
    ),
    path("settings/handover-templates/<uuid:pk>/publication/", views.template_publication, name="template_publication"),
]
