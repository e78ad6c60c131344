"""Models of the plugin, by what they hold."""

from .indexes import PracticeIndexPage, TagIndexPage, ThemeIndexPage
from .pages import CountryPage, PracticePage
from .records import CodeCounter, PracticeContact, PracticeRecord, PracticeVersion
from .rows import (
    AssociatedEntity,
    ParticipatingEntity,
    PracticeCategory,
    PracticeDocumentation,
    PracticeLevel,
    PracticeNeed,
    PracticeReference,
    PracticeSuccessCriterion,
)
from .taxonomy import PracticeTag, Theme, ThemeText

__all__ = [
    "AssociatedEntity",
    "CodeCounter",
    "CountryPage",
    "ParticipatingEntity",
    "PracticeCategory",
    "PracticeContact",
    "PracticeDocumentation",
    "PracticeIndexPage",
    "PracticeLevel",
    "PracticeNeed",
    "PracticePage",
    "PracticeRecord",
    "PracticeReference",
    "PracticeSuccessCriterion",
    "PracticeTag",
    "PracticeVersion",
    "TagIndexPage",
    "Theme",
    "ThemeIndexPage",
    "ThemeText",
]
