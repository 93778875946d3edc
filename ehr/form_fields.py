"""How each kind of form control is drawn. Django's ids and aria attributes are kept."""

from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.safestring import SafeString

CLASSES: list[tuple[type[forms.Widget], str]] = [
    (forms.CheckboxSelectMultiple, "ui-checkbox"),
    (forms.RadioSelect, "ui-checkbox"),
    (forms.CheckboxInput, "ui-checkbox"),
    (forms.Select, "ui-select ui-select--block"),
    (forms.FileInput, ""),
    (forms.Widget, "form-control"),
]


def shape(bound: BoundField) -> str:
    """choices | tick | file | line: the markup around the control."""
    widget = bound.field.widget
    if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        return "choices"
    if isinstance(widget, forms.CheckboxInput):
        return "tick"
    if isinstance(widget, forms.FileInput):
        return "file"
    return "line"


def control(bound: BoundField) -> SafeString:
    widget = bound.field.widget
    css = next(name for kind, name in CLASSES if isinstance(widget, kind))
    if widget.attrs.get("placeholder") == bound.label:
        del widget.attrs["placeholder"]  # it says no more than the label
    own = widget.attrs.get("class", "")
    classes = own if css in own else f"{css} {own}".strip()
    if isinstance(widget, forms.DateInput):
        widget.input_type, widget.format = "date", "%Y-%m-%d"  # the browser's own calendar wants ISO
    is_tall = isinstance(widget, forms.Textarea) and widget.attrs.get("rows") in (None, "10")
    return bound.as_widget(attrs={"class": classes, **({"rows": "3"} if is_tall else {})})


def parts(bound: BoundField, *, label: str = "", hint: str | None = None) -> dict[str, Any]:
    return {
        "bound": bound,
        "shape": shape(bound),
        "label": label or bound.label,
        "hint": bound.help_text if hint is None else hint,
        "errors": bound.errors,
        "optional": not bound.field.required,
    }


def choices(bound: BoundField) -> list[Any]:
    """The single buttons of a group, each already carrying its class."""
    bound.field.widget.attrs["class"] = "ui-checkbox"
    return list(bound.subwidgets)
