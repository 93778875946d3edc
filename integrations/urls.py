from django.urls import URLPattern, URLResolver, path

from integrations.views import cases, connections, effects, receivers

app_name = "integrations"
urlpatterns: list[URLPattern | URLResolver] = [
    path("connections/", connections.listing, name="connections"),
    path("connections/new/<slug:connector>/", connections.add, name="connection_new"),
    path("connections/<uuid:pk>/", connections.detail, name="connection"),
    path("connections/<uuid:pk>/switch/", connections.switch, name="connection_switch"),
    path("connections/<uuid:pk>/export-basis/", connections.export_basis, name="connection_export_basis"),
    path("connections/<uuid:pk>/probes/", connections.probe, name="connection_probes"),
    path("connections/<uuid:pk>/probes/<uuid:probe>/", connections.probe_result, name="connection_probe"),
    path("effects/", effects.listing, name="effects"),
    path("effects/<uuid:pk>/", effects.detail, name="effect"),
    path("effects/<uuid:pk>/redrives/", effects.redrive, name="effect_redrives"),
    path("effects/<uuid:pk>/settlement/", effects.settle, name="effect_settlement"),
    path("effects/<uuid:pk>/reversals/", effects.revert, name="effect_reversals"),
    path("cases/<uuid:pk>/effects/", cases.panel, name="case_effects"),
    path("demo/receivers/", receivers.page, name="receivers"),
    path("demo/letters/", receivers.letters, name="letters"),
]
