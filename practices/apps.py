from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PracticesConfig(AppConfig):
    name = "practices"
    verbose_name = _("Good practices")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import checks, private, publication, tagging
        from .api.facts import read_through_original
        from .api.strict import refuse_unknown_fields
        from .blocks import empty_sections
        from .files import checks as file_checks
        from .files import protection, uses
        from .mail import receivers
        from .models import (
            CountryPage,
            PracticeIndexPage,
            PracticePage,
            TagIndexPage,
            ThemeIndexPage,
        )
        from .moderation import handlers
        from .people import mails as people_mails
        from .translation import handlers as translation_handlers

        publication.connect()
        uses.connect()
        protection.connect()
        file_checks.register()
        handlers.connect()
        translation_handlers.connect()
        receivers.connect()
        private.connect()
        tagging.connect()
        people_mails.connect()
        checks.register()
        # A new draft needs its title alone, as in the admin: no theme yet, all sections empty.
        sections = [{"type": key, "value": value} for key, value in empty_sections()]
        refuse_unknown_fields(PracticePage, themes=[], sections=sections)
        read_through_original(PracticePage, PracticePage.shared_names())
        for model in (CountryPage, PracticeIndexPage, ThemeIndexPage, TagIndexPage):
            refuse_unknown_fields(model)
