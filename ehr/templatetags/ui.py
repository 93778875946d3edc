"""Components in templates: {% icon %}, {% ui %} for a part without content, {% uiwrap %} for a part around content."""

from functools import lru_cache
from typing import Any

from django import template
from django.forms import BoundField
from django.template import Engine
from django.template.base import FilterExpression, NodeList, Parser, Token, token_kwargs
from django.template.context import Context
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from ehr import access, form_fields
from ehr.record.requests import current_request_id
from ehr.shell import Shell, brand, build_shell

register = template.Library()

HANDED_DOWN = ("request", "csrf_token")
TONE_ICONS = {
    "ok": "circle-check",
    "plan": "progress",
    "warn": "clock-exclamation",
    "bad": "alert-triangle",
    "idle": "circle-dashed",
}
NOTE_ICONS = {"ok": "circle-check", "warn": "alert-triangle", "bad": "alert-circle"}


@register.simple_tag
def icon(name: str, label: str = "", css: str = "") -> SafeString:
    """A drawing of the sprite: decoration, unless it has a label."""
    if not name:
        return SafeString()
    if not label:
        return _decoration(name, css)
    return format_html(
        '<svg class="{}" role="img" aria-label="{}"><use href="{}"></use></svg>', _classes(css), label, _drawing(name)
    )


@lru_cache(maxsize=1000)
def _decoration(name: str, css: str) -> SafeString:
    """Kept: there are some hundred names, and each page draws dozens of them."""
    return format_html('<svg class="{}" aria-hidden="true"><use href="{}"></use></svg>', _classes(css), _drawing(name))


def _drawing(name: str) -> str:
    return f"{static('vendor/icons.svg')}#{name}"


def _classes(css: str) -> str:
    return f"ui-icon {css}".strip()


@register.filter
def tone_icon(tone: str) -> str:
    return TONE_ICONS.get(tone, TONE_ICONS["idle"])


@register.filter
def note_icon(tone: str) -> str:
    return NOTE_ICONS.get(tone, "info-circle")


# --- Components -------------------------------------------------------------------------------------------

PURE = frozenset({"avatar", "chip", "mark", "ring"})
"""Say only what they are given: the same values give the same drawing, so it is kept. A board draws hundreds."""
PLAIN = frozenset({str, SafeString, int, type(None)})


@lru_cache(maxsize=4096)
def _pure(name: str, language: str | None, given: tuple[tuple[str, Any, type], ...]) -> SafeString:
    """The types belong to the key: a text that is safe equals one that is not, and only one of them is escaped."""
    part = Engine.get_default().get_template(f"components/{name}.html")
    return part.render(Context({key: value for key, value, _ in given}))


class ComponentNode(template.Node):
    def __init__(self, name: FilterExpression, values: dict[str, FilterExpression], nodelist: NodeList) -> None:
        self.name = name
        self.values = values
        self.nodelist = nodelist

    def render(self, context: Context) -> SafeString:
        name = self.name.resolve(context)
        if name in PURE and not self.nodelist:
            given = tuple((key, value.resolve(context)) for key, value in self.values.items())
            if all(type(value) in PLAIN for _, value in given):
                return _pure(name, get_language(), tuple((key, value, type(value)) for key, value in given))
        values: dict[str, Any] = {key: context[key] for key in HANDED_DOWN if key in context}
        values |= {key: value.resolve(context) for key, value in self.values.items()}
        values["slot"] = self.nodelist.render(context)
        engine = context.template.engine  # type: ignore[union-attr]
        part = engine.get_template(f"components/{name}.html")
        return part.render(context.new(values))


def _parse(parser: Parser, token: Token, nodelist: NodeList) -> ComponentNode:
    tag, name, *rest = token.split_contents()
    values = token_kwargs(rest, parser)
    if rest:
        raise template.TemplateSyntaxError(f"{tag} takes name=value pairs only, not {rest[0]}")
    return ComponentNode(parser.compile_filter(name), values, nodelist)


@register.tag
def ui(parser: Parser, token: Token) -> ComponentNode:
    """{% ui "chip" tone="ok" text=word %} renders templates/components/chip.html with these values only."""
    return _parse(parser, token, NodeList())


@register.tag
def uiwrap(parser: Parser, token: Token) -> ComponentNode:
    """{% uiwrap "note" tone="warn" %}…{% enduiwrap %}: the content arrives as {{ slot }}."""
    nodelist = parser.parse(("enduiwrap",))
    parser.delete_first_token()
    return _parse(parser, token, nodelist)


# --- Forms ------------------------------------------------------------------------------------------------


@register.inclusion_tag("components/field.html")
def field(bound: BoundField, label: str = "", hint: str | None = None, compact: bool = False) -> dict[str, Any]:
    """A bound field with label, help, error and the right control."""
    return form_fields.parts(bound, label=label, hint=hint) | {"compact": compact}


@register.filter
def control(bound: BoundField) -> SafeString:
    """The bare control of a field, for rows of a table."""
    return form_fields.control(bound)


@register.filter
def choices(bound: BoundField) -> list[Any]:
    return form_fields.choices(bound)


# --- Page -------------------------------------------------------------------------------------------------


@register.simple_tag(takes_context=True)
def shell(context: Context) -> Shell:
    """Navigation, counters, brand and person for base.html: the role grants and one statement."""
    return build_shell(context["request"])


@register.simple_tag
def brand_name() -> str:
    return brand()


@register.filter
def message_tone(level: str) -> str:
    return "bad" if level in ("error", "warning") else "ok"


@register.filter
def may(user: Any, permission: str) -> bool:
    """Held for anything at all: whether a link to a list leads somewhere."""
    return access.has(user, permission)


@register.simple_tag
def request_id() -> str:
    return current_request_id()
