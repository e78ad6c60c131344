"""Models of the plugin, by what they hold."""

from .countries import CountryPage
from .files import FileHold, FileUse
from .indexes import PracticeIndexPage, TagIndexPage, ThemeIndexPage
from .mail import MailPreference, PendingNotice, QueuedMail
from .moderation import ModerationEvent, ModerationStatus
from .pages import PracticePage
from .records import (
    CodeCounter,
    ContactAccess,
    PracticeContact,
    PracticeRecord,
    PracticeVersion,
)
from .rows import PracticeChoice, PracticeEntity, PracticeReference
from .tasks import ApprovalTask, EndorsementTask
from .taxonomy import PracticeTag, Theme, ThemeText
from .translations import MachineJob, SectionTranslation

__all__ = [
    "ApprovalTask",
    "CodeCounter",
    "ContactAccess",
    "CountryPage",
    "EndorsementTask",
    "FileHold",
    "FileUse",
    "MachineJob",
    "MailPreference",
    "ModerationEvent",
    "ModerationStatus",
    "PendingNotice",
    "PracticeChoice",
    "PracticeContact",
    "PracticeEntity",
    "PracticeIndexPage",
    "PracticePage",
    "PracticeRecord",
    "PracticeReference",
    "PracticeTag",
    "PracticeVersion",
    "QueuedMail",
    "SectionTranslation",
    "TagIndexPage",
    "Theme",
    "ThemeIndexPage",
    "ThemeText",
]
