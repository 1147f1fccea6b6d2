"""How figures are written."""

from __future__ import annotations

from django import template
from django.contrib.humanize.templatetags.humanize import intcomma
from django.template.defaultfilters import floatformat
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from stats.exports.dataset import HIDDEN

register = template.Library()
MINUS = "\u2212"


@register.filter
def count(value: int | None) -> str | SafeString:
    """A count with its thousands apart, or the mark of one that is not told with the words for screen readers."""
    if value is None:
        return format_html(
            '<span class="soft"><span aria-hidden="true">{}</span><span class="hidden">{}</span></span>',
            HIDDEN,
            _("not told"),
        )
    return str(intcomma(value))


@register.filter
def decimal(value: float | None) -> str:
    """With one decimal; a dash where there is nothing to tell."""
    return "–" if value is None else str(floatformat(value, "1g"))


@register.filter
def signed(value: float | None) -> str:
    """A difference with its sign, whole or with one decimal; a dash where there is none."""
    if value is None:
        return "–"
    size = str(intcomma(abs(value))) if isinstance(value, int) else str(floatformat(abs(value), "1g"))
    return f"{'+' if value > 0 else MINUS if value < 0 else '±'}{size}"
