"""What readers of a sheet must know of its text: another language, a translation, out of date."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from practices.dates import day
from practices.models import PracticeVersion
from practices.presentation import Card
from practices.translation.sections import item_of

from .sheet import Notice


def notices(
    card: Card, version: PracticeVersion | None, outdated: list[str], languages: dict[str, str]
) -> list[Notice]:
    """The notices of a practice, in the active language.

    `version` is the last publication of the text that is shown, `outdated` are the keys of its
    sections that the original has changed since, `languages` names languages by code.
    """
    return list(_notices(card, version, outdated, languages))


def _notices(
    card: Card, version: PracticeVersion | None, outdated: list[str], languages: dict[str, str]
) -> Iterator[Notice]:
    practice, original = card.practice, card.practice.locale.language_code
    language = {"language": languages.get(original, original)}
    if card.is_foreign:
        text = _("It is shown in the language of its country: %(language)s.") % language
        yield Notice(kind="foreign", title=_("This practice is not translated yet."), text=text)
    elif card.version is not practice:
        text = _(
            "Translation. The original is in %(language)s; shared facts such as names of entities "
            "are as in the original."
        )
        is_machine = version is not None and version.from_machine
        title = _("Reviewed machine translation") if is_machine else ""
        yield Notice(kind="translation", title=title, text=text % language)
    if outdated and version:
        since = _("Since %(date)s it says something else in:") % {
            "date": day(version.outdated_since)
        }
        items = dict.fromkeys(map(item_of, outdated))
        names = "; ".join(f"{item.number} {item.label}" for item in items)
        title = _("The original has changed since this translation was made.")
        yield Notice(kind="outdated", title=title, text=f"{since} {names}.")
    record = getattr(practice, "record", None)
    if record and not record.in_force:
        title = _("This practice is no longer in force.")
        yield Notice(kind="archived", title=title, text="")
