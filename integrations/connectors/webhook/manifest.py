from django.utils.translation import gettext_lazy as _

from integrations.connectors.protocol import Action, ConfigField, FieldKind, Manifest

ANNOUNCE = "announce"
REMOVE_ACCESS = "remove_access"
SEND_SMS, SEND_IM = "send_sms", "send_im"
PAY = "pay"

MANIFEST = Manifest(
    code="webhook",
    version="1.0",
    label=_("Signed webhook"),
    summary=_("Tells any system that can receive a signed HTTP message"),
    icon="webhook",
    rate=20.0,
    burst=40.0,
    window=72 * 3600.0,
    fields=(
        ConfigField(name="url", label=_("Address"), kind=FieldKind.URL),
        ConfigField(
            name="sends",
            label=_("What is sent"),
            kind=FieldKind.CHOICES,
            default=[ANNOUNCE],
            choices=(
                (ANNOUNCE, _("News of the case, at once")),
                (REMOVE_ACCESS, _("Remove access, on the last day")),
                (SEND_SMS, _("SMS to people, by a gateway")),
                (SEND_IM, _("Instant messages to people, by a gateway")),
                (PAY, _("Confirmed settlements, to be paid")),
            ),
        ),
        ConfigField(
            name="receiver",
            label=_("What the receiver can do"),
            kind=FieldKind.CHOICE,
            default="honours_id",
            choices=(
                ("honours_id", _("It applies one id only once")),
                ("look_up", _("It answers GET ?effect=KEY")),
                ("neither", _("Neither: sent once, then a person decides")),
            ),
        ),
        ConfigField(
            name="track",
            label=_("Part of the exit"),
            kind=FieldKind.CHOICE,
            default="business_systems",
            choices=(("business_systems", _("Business systems")), ("accounts", _("Accounts")), ("assets", _("Assets"))),
        ),
        ConfigField(
            name="secret",
            label=_("Signing secret"),
            kind=FieldKind.SECRET,
            help=_("24 to 64 bytes in base64, with or without whsec_ in front"),
        ),
        ConfigField(
            name="previous_secret",
            label=_("Previous secret"),
            kind=FieldKind.SECRET,
            required=False,
            help=_("While the receiver changes over, both signatures are sent"),
        ),
    ),
    actions=(
        Action(
            code=ANNOUNCE, label=_("Tell about the exit"), is_revertible=False, personal_data=(_("Employee number"),)
        ),
        Action(
            code=REMOVE_ACCESS,
            label=_("Remove access, hand over to the successor"),
            is_revertible=True,
            personal_data=(_("Employee number"), _("Successor's number")),
        ),
        Action(code=SEND_SMS, label=_("Send an SMS"), is_revertible=False, personal_data=(_("Phone"),)),
        Action(code=SEND_IM, label=_("Send an instant message"), is_revertible=False, personal_data=(_("Login name"),)),
        Action(
            code=PAY,
            label=_("Hand over the confirmed settlement"),
            is_revertible=False,
            personal_data=(_("Employee number"), _("Pay of the exit")),
        ),
    ),
)
