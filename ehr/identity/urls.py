from django.urls import path

from ehr.identity.views import door, settings

app_name = "identity"
urlpatterns = [
    path("door/", door.door, name="door"),
    path("door/code/", door.code, name="door_code"),
    path("me/settings/", settings.page, name="settings"),
    path("me/settings/language/", settings.language, name="language"),
    path("me/settings/channels/", settings.channels, name="channels"),
    path("me/settings/contacts/", settings.contacts, name="contacts"),
    path("me/settings/contacts/<uuid:pk>/verification/", settings.contact_verification, name="verify_contact"),
    path("me/settings/tokens/<uuid:pk>/revocation/", settings.token_revocation, name="revoke_token"),
    path("me/settings/sessions/", settings.sign_out_everywhere, name="sign_out_everywhere"),
]
