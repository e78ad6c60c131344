"""Models of the plugin, by what they hold."""

from .catalogue import CatalogueEntry, CatalogueFact, CatalogueText, CatalogueValue
from .changes import CollectionChange
from .countries import CountryPage
from .factsheets import CompilationJob, FailedSheet
from .files import FileHold, FileUse
from .harvest import HarvestHeader, HarvestSet
from .indexes import PracticeIndexPage, TagIndexPage, ThemeIndexPage
from .mail import MailPreference, PendingNotice, QueuedMail
from .moderation import ModerationEvent, ModerationStatus
from .pages import PracticePage
from .publications import (
    PublicationChoice,
    PublicationEdition,
    PublicationFile,
    PublicationIndexPage,
    PublicationPage,
)
from .records import (
    CodeCounter,
    ContactAccess,
    PracticeContact,
    PracticeRecord,
    PracticeVersion,
)
from .rows import PracticeChoice, PracticeEntity, PracticeReference
from .searches import FailedSearch
from .tags import MergedTag
from .tasks import ApprovalTask, EndorsementTask
from .taxonomy import PracticeTag, Theme, ThemeText
from .tokens import TokenTerm
from .translations import MachineJob, SectionTranslation
from .webhooks import PublicChange, Webhook, WebhookDelivery, WebhookEvent

__all__ = [
    "ApprovalTask",
    "CatalogueEntry",
    "CatalogueFact",
    "CatalogueText",
    "CatalogueValue",
    "CodeCounter",
    "CollectionChange",
    "CompilationJob",
    "ContactAccess",
    "CountryPage",
    "EndorsementTask",
    "FailedSearch",
    "FailedSheet",
    "FileHold",
    "FileUse",
    "HarvestHeader",
    "HarvestSet",
    "MachineJob",
    "MailPreference",
    "MergedTag",
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
    "PublicChange",
    "PublicationChoice",
    "PublicationEdition",
    "PublicationFile",
    "PublicationIndexPage",
    "PublicationPage",
    "QueuedMail",
    "SectionTranslation",
    "TagIndexPage",
    "Theme",
    "ThemeIndexPage",
    "ThemeText",
    "TokenTerm",
    "Webhook",
    "WebhookDelivery",
    "WebhookEvent",
]
