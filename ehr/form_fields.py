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
    own = widget.attrs.get("class", "")
    return bound.as_widget(attrs={"class": f"{css} {own}".strip(), **_kind_of_input(widget)})


def _kind_of_input(widget: forms.Widget) -> dict[str, Any]:
    if isinstance(widget, forms.DateInput):
        return {"type": "date"}
    if isinstance(widget, forms.Textarea) and widget.attrs.get("rows") in (None, "10"):
        return {"rows": 3}
    return {}


def parts(bound: BoundField, *, label: str = "", hint: str = "") -> dict[str, Any]:
    return {
        "bound": bound,
        "shape": shape(bound),
        "label": label or bound.label,
        "hint": hint or bound.help_text,
        "errors": bound.errors,
        "optional": not bound.field.required,
    }


def choices(bound: BoundField) -> list[Any]:
    """The single buttons of a group, each already carrying its class."""
    bound.field.widget.attrs["class"] = "ui-checkbox"
    return list(bound.subwidgets)
