"""System checks: what the host site must have set for the plugin to keep its promises."""

from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.checks import CheckMessage, Error
from django.core.checks import register as register_check
from django.urls import get_resolver

from .figures.outlines import check_outlines


def check_tasks(**_kwargs: Any) -> list[CheckMessage]:
    """The index must be written after the transaction, not inside it."""
    backend = getattr(settings, "TASKS", {}).get("default", {}).get("BACKEND", "")
    if backend == "django_tasks.backends.immediate.ImmediateBackend" or not backend:
        return [
            Error(
                "Search would index practices before their tags and child rows are saved.",
                hint=(
                    'Add to the settings: TASKS = {"default": '
                    '{"BACKEND": "practices.tasks.OnCommitBackend"}}'
                ),
                id="practices.E001",
            )
        ]
    return []


def check_i18n(**_kwargs: Any) -> list[CheckMessage]:
    """Practices live in one tree for each language."""
    if getattr(settings, "WAGTAIL_I18N_ENABLED", False):
        return []
    return [
        Error(
            "Practices need a page tree for each language.",
            hint="Add to the settings: WAGTAIL_I18N_ENABLED = True",
            id="practices.E002",
        )
    ]


def check_translation_publishing(**_kwargs: Any) -> list[CheckMessage]:
    """wagtail-localize must not publish translations by itself."""
    if getattr(settings, "WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE", True):
        return [
            Error(
                "Translations of live pages would go live without moderation.",
                hint=("Add to the settings: WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = False"),
                id="practices.E003",
            )
        ]
    return []


def check_middleware(**_kwargs: Any) -> list[CheckMessage]:
    """People must be told why a practice was held back, and doors of Wagtail be closed."""
    if "practices.middleware.ModerationMiddleware" in settings.MIDDLEWARE:
        return []
    return [
        Error(
            "A practice held back by a bulk action or an approval would answer 500, and drafts of "
            "other countries would be listed.",
            hint=(
                "Add to MIDDLEWARE, after MessageMiddleware: "
                '"practices.middleware.ModerationMiddleware"'
            ),
            id="practices.E004",
        )
    ]


FINISH = "practices.moderation.finish.publish_approved"


def check_workflow(**_kwargs: Any) -> list[CheckMessage]:
    """What is published must be what was reviewed."""
    if getattr(settings, "WAGTAIL_FINISH_WORKFLOW_ACTION", "") == FINISH and getattr(
        settings, "WAGTAIL_WORKFLOW_REQUIRE_REAPPROVAL_ON_EDIT", False
    ):
        return []
    return [
        Error(
            "Approving a practice would publish another text than the one that was reviewed.",
            hint=(
                f'Add to the settings: WAGTAIL_FINISH_WORKFLOW_ACTION = "{FINISH}" and '
                "WAGTAIL_WORKFLOW_REQUIRE_REAPPROVAL_ON_EDIT = True"
            ),
            id="practices.E007",
        )
    ]


# These bring the routes of API v3 along when they get ready.
USERS_OF_API_V3 = (
    "wagtail.contrib.redirects",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.locales",
    "wagtail.snippets",
)


def check_order_of_apps(**_kwargs: Any) -> list[CheckMessage]:
    """API v3 must meet our schemas before its routes are made."""
    names = [config.name for config in apps.get_app_configs()]
    if "wagtail.api.v3" not in names:
        return []
    early = [name for name in names[: names.index("practices")] if name in USERS_OF_API_V3]
    if not early:
        return []
    return [
        Error(
            "API v3 would ignore fields that it cannot write instead of refusing them.",
            hint=f'Move "practices" in INSTALLED_APPS above "{early[0]}".',
            id="practices.E005",
        )
    ]


def check_api(**_kwargs: Any) -> list[CheckMessage]:
    """Where our API is mounted, its middleware must be there, and the scripts of its documents."""
    if not any(is_own_api(pattern) for pattern in get_resolver().url_patterns):
        return []
    found: list[CheckMessage] = []
    if "practices.api.middleware.ApiMiddleware" not in settings.MIDDLEWARE:
        found.append(
            Error(
                "The APIs would take bad tokens for nobody, and have no limits, caches or HEAD.",
                hint=(
                    "Add to MIDDLEWARE, below what sets the language: "
                    '"practices.api.middleware.ApiMiddleware"'
                ),
                id="practices.E012",
            )
        )
    if not apps.is_installed("ninja"):
        found.append(
            Error(
                "The documents of the API would load scripts from another host.",
                hint='Add to INSTALLED_APPS: "ninja"',
                id="practices.E013",
            )
        )
    return found


def is_own_api(pattern: Any) -> bool:
    """Whether a pattern of addresses is where `practices.api.v1` is mounted."""
    return getattr(pattern, "namespace", None) == "practices_v1"


def check_content_languages(**_kwargs: Any) -> list[CheckMessage]:
    """The plugin asks the settings which languages there are."""
    if getattr(settings, "WAGTAIL_CONTENT_LANGUAGES", None):
        return []
    return [
        Error(
            "The languages of the collection are not set.",
            hint="Add to the settings: WAGTAIL_CONTENT_LANGUAGES = LANGUAGES",
            id="practices.E006",
        )
    ]


OPTIONS_OF_TRANSLATORS = {
    "practices.translation.machine.LibreTranslate": "LIBRETRANSLATE_URL",
    "practices.translation.machine.DeepL": "AUTH_KEY",
}


def check_machine_translation(**_kwargs: Any) -> list[CheckMessage]:
    """A machine that translates needs to be told where it is, or its key."""
    translator = getattr(settings, "WAGTAILLOCALIZE_MACHINE_TRANSLATOR", None) or {}
    option = OPTIONS_OF_TRANSLATORS.get(translator.get("CLASS", ""))
    if option is None or translator.get("OPTIONS", {}).get(option):
        return []
    return [
        Error(
            "Every machine translation would fail.",
            hint=f"Add {option} to the OPTIONS of WAGTAILLOCALIZE_MACHINE_TRANSLATOR.",
            id="practices.E010",
        )
    ]


def register() -> None:
    """Register the checks; called once the app is ready."""
    for check in (
        check_tasks,
        check_i18n,
        check_translation_publishing,
        check_middleware,
        check_order_of_apps,
        check_content_languages,
        check_api,
        check_workflow,
        check_machine_translation,
        check_outlines,
    ):
        register_check(check)
