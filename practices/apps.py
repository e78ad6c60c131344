from django.apps import AppConfig, apps
from django.core.checks import register as register_check
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

NEEDED = (
    "wagtail_localize",
    "wagtail.contrib.routable_page",
    "wagtail_modeladmin",
    "django_tasks",
)
"""Apps without which the plugin's models or admin cannot even be read."""


class PracticesConfig(AppConfig):
    name = "practices"
    verbose_name = _("Good practices")
    default_auto_field = "django.db.models.BigAutoField"

    def import_models(self) -> None:
        """As Django's. Raises ImproperlyConfigured where an app is missing, before models fail."""
        if missing := [name for name in NEEDED if not self._is_listed(name)]:
            lines = ", ".join(f'"{name}"' for name in missing)
            raise ImproperlyConfigured(f"practices: add to INSTALLED_APPS: {lines}")
        super().import_models()

    @staticmethod
    def _is_listed(name: str) -> bool:
        return any(config.name == name for config in apps.app_configs.values())

    def ready(self) -> None:
        from . import catalogue, changes, checks, private, publication, tagging
        from .api.facts import read_through_original
        from .api.strict import refuse_unknown_fields
        from .blocks import empty_sections
        from .files import checks as file_checks
        from .files import protection, uses
        from .hosting import register as register_hosting
        from .kinds import check_kinds, practice_model, practice_models
        from .mail import receivers
        from .models import (
            CountryPage,
            PracticeIndexPage,
            PublicationIndexPage,
            PublicationPage,
            TagIndexPage,
            ThemeIndexPage,
        )
        from .moderation import handlers
        from .oai import headers
        from .people import mails as people_mails
        from .previews import handlers as preview_handlers
        from .publications import handlers as publication_handlers
        from .tokens import terms
        from .translation import handlers as translation_handlers
        from .webhooks import changes as webhook_changes

        publication.connect()
        catalogue.connect()
        changes.connect()
        headers.connect()
        uses.connect()
        protection.connect()
        file_checks.register()
        handlers.connect()
        translation_handlers.connect()
        publication_handlers.connect()
        receivers.connect()
        private.connect()
        tagging.connect()
        people_mails.connect()
        terms.connect()
        webhook_changes.connect()
        preview_handlers.connect()
        checks.register()
        register_hosting()
        register_check(check_kinds)
        # A new draft needs its title alone, as in the admin: no theme yet, all sections empty.
        sections = [{"type": key, "value": value} for key, value in empty_sections()]
        for practice in practice_models():
            refuse_unknown_fields(practice, themes=[], sections=sections)
            read_through_original(practice, practice.shared_names())
        # Where the host site derives a page type, new practices are of that type.
        CountryPage.subpage_types = [practice_model()._meta.label]
        lists = (PracticeIndexPage, ThemeIndexPage, TagIndexPage, PublicationIndexPage)
        for model in (CountryPage, *lists, PublicationPage):
            refuse_unknown_fields(model)
