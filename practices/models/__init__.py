"""Models of the plugin, by what they hold."""

from .countries import CountryPage
from .indexes import PracticeIndexPage, TagIndexPage, ThemeIndexPage
from .pages import PracticePage
from .records import CodeCounter, PracticeContact, PracticeRecord, PracticeVersion
from .rows import PracticeChoice, PracticeEntity, PracticeReference
from .taxonomy import PracticeTag, Theme, ThemeText

__all__ = [
    "CodeCounter",
    "CountryPage",
    "PracticeChoice",
    "PracticeContact",
    "PracticeEntity",
    "PracticeIndexPage",
    "PracticePage",
    "PracticeRecord",
    "PracticeReference",
    "PracticeTag",
    "PracticeVersion",
    "TagIndexPage",
    "Theme",
    "ThemeIndexPage",
    "ThemeText",
]
