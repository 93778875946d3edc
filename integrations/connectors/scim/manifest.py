from django.utils.translation import gettext_lazy as _

from integrations.connectors.protocol import Action, ConfigField, FieldKind, Manifest

DISABLE = "disable_account"

MANIFEST = Manifest(
    code="scim",
    version="1.0",
    label=_("SCIM 2.0 directory"),
    summary=_("Disables the account and takes it out of its groups"),
    icon="fingerprint",
    rate=20.0,
    burst=40.0,
    fields=(
        ConfigField(
            name="base_url",
            label=_("Address of the SCIM service"),
            kind=FieldKind.URL,
            help=_("For example https://id.example.com/scim/v2"),
        ),
        ConfigField(
            name="when",
            label=_("When"),
            kind=FieldKind.CHOICE,
            default="last_day",
            choices=(("last_day", _("On the last day, at the set hour")), ("at_once", _("At once after approval"))),
        ),
        ConfigField(
            name="missing_account",
            label=_("If the person has no account there"),
            kind=FieldKind.CHOICE,
            default="needs_human",
            choices=(("needs_human", _("A person looks at it")), ("not_needed", _("Nothing to do"))),
        ),
        ConfigField(name="token", label=_("Access token"), kind=FieldKind.SECRET),
    ),
    actions=(
        Action(
            code=DISABLE,
            label=_("Disable the account, leave all groups"),
            is_revertible=True,
            personal_data=(_("Employee number"), _("Login name")),
        ),
    ),
)
