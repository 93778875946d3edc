from django.urls import path

from .views import accounts, facts, imports, numbering, people, protections

app_name = "employees"
urlpatterns = [
    path("employees/", people.employees, name="list"),
    path("employees/<uuid:pk>/", people.profile, name="profile"),
    path("employees/<uuid:pk>/looks/", people.look, name="look"),
    path("employees/<uuid:pk>/facts/", facts.facts, name="facts"),
    path("employees/<uuid:pk>/facts/pay/", facts.pay, name="pay"),
    path("employees/<uuid:pk>/facts/ending/removal/", facts.ending_removal, name="ending_removal"),
    path("employees/<uuid:pk>/facts/contracts/", facts.contracts, name="contracts"),
    path("employees/<uuid:pk>/facts/contracts/<uuid:contract_pk>/", facts.contract, name="contract"),
    path("employees/<uuid:pk>/facts/prior-service/", facts.prior_service, name="prior_service"),
    path(
        "employees/<uuid:pk>/facts/prior-service/<uuid:segment_pk>/removal/",
        facts.prior_service_removal,
        name="prior_service_removal",
    ),
    path("employees/<uuid:pk>/protections/", protections.protections, name="protections"),
    path("employees/<uuid:pk>/protections/<uuid:row_pk>/ending/", protections.ending, name="protection_ending"),
    path(
        "employees/<uuid:pk>/protections/<uuid:row_pk>/correction/",
        protections.correction,
        name="protection_correction",
    ),
    path("me/file/", people.own_file, name="own_file"),
    path("imports/", imports.imports, name="imports"),
    path("imports/<uuid:pk>/", imports.import_run, name="import"),
    path("imports/<uuid:pk>/progress/", imports.progress, name="import_progress"),
    path("imports/<uuid:pk>/mapping/", imports.mapping, name="import_mapping"),
    path("imports/<uuid:pk>/writing/", imports.writing, name="import_writing"),
    path("imports/<uuid:pk>/report/", imports.report, name="import_report"),
    path("settings/accounts/", accounts.accounts, name="accounts"),
    path("settings/accounts/openings/", accounts.openings, name="account_openings"),
    path("settings/accounts/openings/<uuid:pk>/", accounts.run, name="account_run"),
    path("settings/accounts/<uuid:pk>/locking/", accounts.locking, name="account_locking"),
    path("settings/accounts/<uuid:pk>/unlocking/", accounts.unlocking, name="account_unlocking"),
    path("settings/accounts/<uuid:pk>/letters/", accounts.letters, name="account_letters"),
    path("settings/numbering/", numbering.numbering, name="numbering"),
]
