from django.utils.translation import gettext_lazy as _

from integrations.connectors.protocol import Action, ConfigField, FieldKind, Manifest

SEND = "send_mail"

MANIFEST = Manifest(
    code="smtp",
    version="1.0",
    label=_("E-mail"),
    summary=_("Sends notices; one message at most, never twice"),
    icon="mail",
    rate=10.0,
    burst=50.0,
    fields=(
        ConfigField(name="host", label=_("Mail server")),
        ConfigField(name="port", label=_("Port"), kind=FieldKind.NUMBER, default=465),
        ConfigField(
            name="security",
            label=_("Encryption"),
            kind=FieldKind.CHOICE,
            default="tls",
            choices=(
                ("tls", _("TLS from the start")),
                ("starttls", "STARTTLS"),
                ("none", _("None, inside our own network only")),
            ),
        ),
        ConfigField(name="sender", label=_("Sender")),
        ConfigField(
            name="copies_to",
            label=_("Copy of each approved exit to"),
            required=False,
            help=_("For example the access desk"),
        ),
        ConfigField(name="username", label=_("User name"), required=False),
        ConfigField(name="password", label=_("Password"), kind=FieldKind.SECRET, required=False),
    ),
    actions=(
        Action(
            code=SEND,
            label=_("Send an e-mail"),
            is_revertible=False,
            personal_data=(_("E-mail address"), _("Text of the notice")),
        ),
    ),
)
