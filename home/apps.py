from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HomeConfig(AppConfig):
    name = "home"
    verbose_name = _("Site")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from practices.api.strict import refuse_unknown_fields
        from practices.models import (
            PracticeIndexPage,
            PublicationIndexPage,
            TagIndexPage,
            ThemeIndexPage,
        )

        from .admin_labels import label_forms
        from .models import ContentPage, HomePage

        # The plugin leaves open who holds its indexes; on this site only the home page does.
        for index in (PracticeIndexPage, ThemeIndexPage, TagIndexPage, PublicationIndexPage):
            index.parent_page_types = ["home.HomePage"]
        for model in (HomePage, ContentPage):
            refuse_unknown_fields(model)
        label_forms()
