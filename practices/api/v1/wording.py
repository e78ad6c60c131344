"""What is wrong with a value, in the language of whoever asks, in the place of Pydantic's English."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from practices.vocabulary import Label

WORDS: dict[str, Label] = {
    "missing": _("This is required."),
    "extra_forbidden": _("There is nothing of this name here."),
    "json_invalid": _("This is no JSON."),
    "int_parsing": _("A whole number is needed."),
    "int_parsing_size": _("This number is too large."),
    "int_type": _("A whole number is needed."),
    "int_from_float": _("A whole number is needed."),
    "bool_parsing": _("It is true or false."),
    "bool_type": _("It is true or false."),
    "string_type": _("A text is needed."),
    "string_too_long": _("At most %(max_length)s characters."),
    "string_too_short": _("At least %(min_length)s characters."),
    "string_pattern_mismatch": _("It does not have the form that is needed."),
    "string_unicode": _("It contains characters that cannot be stored."),
    "list_type": _("A list is needed."),
    "too_long": _("At most %(max_length)s entries."),
    "too_short": _("At least %(min_length)s entries."),
    "dict_type": _("An object is needed."),
    "model_type": _("An object is needed."),
    "model_attributes_type": _("An object is needed."),
    "literal_error": _("Known ones: %(expected)s."),
    "union_tag_invalid": _("Known ones: %(expected_tags)s."),
    "union_tag_not_found": _("It does not say of which type it is."),
    "none_required": _("Nothing but null is possible here."),
    "greater_than_equal": _("At least %(ge)s."),
    "less_than_equal": _("At most %(le)s."),
}
"""By Pydantic's type of the error, whose context fills in the limits."""


def words(error: Mapping[str, Any]) -> str:
    """What to tell of an error of Pydantic; its own words for those that are said by us."""
    text = WORDS.get(error["type"])
    return str(text) % (error.get("ctx") or {}) if text else error["msg"]
