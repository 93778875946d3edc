import secrets

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from ehr.once import FIELD

register = template.Library()


@register.simple_tag
def once() -> SafeString:
    """The hidden one-time token of a form whose view is `@once`."""
    return format_html('<input type="hidden" name="{}" value="{}">', FIELD, secrets.token_urlsafe(16))
