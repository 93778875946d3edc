from django.urls import path

from . import account_api, api, fact_api, protection_api

urlpatterns = [
    path("accounts/", account_api.AccountList.as_view(), name="api-accounts"),
    path("accounts/openings/<uuid:pk>/", account_api.AccountOpening.as_view(), name="api-account-opening"),
    path("accounts/<uuid:pk>/locking/", account_api.AccountLocking.as_view(), name="api-account-locking"),
    path("accounts/<uuid:pk>/unlocking/", account_api.AccountUnlocking.as_view(), name="api-account-unlocking"),
    path("accounts/<uuid:pk>/letters/", account_api.AccountLetters.as_view(), name="api-account-letters"),
    path("employees/", api.PersonList.as_view(), name="api-employees"),
    path("employees/<uuid:pk>/", api.PersonDetail.as_view(), name="api-employee"),
    path("employments/", api.EmploymentList.as_view(), name="api-employments"),
    path("employments/<uuid:pk>/", api.EmploymentDetail.as_view(), name="api-employment"),
    path("employments/<uuid:pk>/facts/", fact_api.EmploymentFacts.as_view(), name="api-employment-facts"),
    path("employments/<uuid:pk>/pay/", fact_api.EmploymentPay.as_view(), name="api-employment-pay"),
    path("employments/<uuid:pk>/ending/", fact_api.EmploymentEnding.as_view(), name="api-employment-ending"),
    path("employments/<uuid:pk>/contracts/", fact_api.EmploymentContracts.as_view(), name="api-employment-contracts"),
    path(
        "employments/<uuid:pk>/contracts/<uuid:contract_pk>/",
        fact_api.EmploymentContract.as_view(),
        name="api-employment-contract",
    ),
    path(
        "employments/<uuid:pk>/prior-segments/",
        fact_api.EmploymentPriorSegments.as_view(),
        name="api-employment-prior-segments",
    ),
    path(
        "employments/<uuid:pk>/prior-segments/<uuid:segment_pk>/",
        fact_api.EmploymentPriorSegment.as_view(),
        name="api-employment-prior-segment",
    ),
    path(
        "employments/<uuid:pk>/protections/",
        protection_api.ProtectionList.as_view(),
        name="api-protections",
    ),
    path(
        "employments/<uuid:pk>/protections/<uuid:row_pk>/ending/",
        protection_api.ProtectionEnding.as_view(),
        name="api-protection-ending",
    ),
    path(
        "employments/<uuid:pk>/protections/<uuid:row_pk>/correction/",
        protection_api.ProtectionCorrection.as_view(),
        name="api-protection-correction",
    ),
    path("signals/holdings/", api.HoldingSignals.as_view(), name="api-signals-holdings"),
    path("imports/", api.ImportList.as_view(), name="api-imports"),
    path("imports/<uuid:pk>/", api.ImportDetail.as_view(), name="api-import"),
    path("imports/<uuid:pk>/writing/", api.ImportWriting.as_view(), name="api-import-writing"),
]
