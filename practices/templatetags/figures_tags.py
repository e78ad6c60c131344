"""Words of maps, matrices and charts."""

from django import template
from django.utils.translation import get_language, gettext, ngettext, override

from .practices_tags import number

register = template.Library()


@register.simple_tag
def name_and_count(name: str, count: int, language: str = "") -> str:
    """A name with its number of practices, for those who hear it: “Perú: 3 experiencias”.

    The whole is in the language of the name, since an attribute can only be in one.
    """
    with override(language or get_language()):
        if not count:
            return gettext("%(name)s: no practices yet") % {"name": name}
        text = ngettext("%(name)s: %(total)s practice", "%(name)s: %(total)s practices", count)
        return text % {"name": name, "total": number(count)}
