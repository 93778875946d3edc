from django.urls import URLPattern, URLResolver, path

from integrations.api import callbacks, effects

urlpatterns: list[URLPattern | URLResolver] = [
    path("cases/<uuid:pk>/effects/", effects.CaseEffects.as_view(), name="api_case_effects"),
    path("effects/<uuid:pk>/redrives/", effects.Redrives.as_view(), name="api_effect_redrives"),
    path("connections/<slug:name>/callbacks/", callbacks.Callbacks.as_view(), name="api_connection_callbacks"),
]
