from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PracticesConfig(AppConfig):
    name = "practices"
    verbose_name = _("Good practices")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import checks, private, publication
        from .api.strict import refuse_unknown_fields
        from .models import PracticePage

        publication.connect()
        private.connect()
        checks.register()
        refuse_unknown_fields(PracticePage)
