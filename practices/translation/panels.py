"""Panels of the form of a translation: its own text, and the original's beside it."""

from typing import Any

from wagtail.admin.panels import FieldPanel, Panel, TitleFieldPanel

from practices import vocabulary


class OfTranslation:
    """Part of a bound panel that knows the original beside a translation."""

    form: Any

    @property
    def beside(self) -> Any:
        """The original as the form of a translation shows it; None elsewhere."""
        return getattr(self.form, "beside", None)


class BesideBoundPanel(OfTranslation, FieldPanel.BoundPanel):
    """A field that stands beside the same section of the original; alone on originals."""

    beside_template = "practices/admin/translation/field_beside.html"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        if self.beside:
            self.template_name = self.beside_template

    @property
    def piece(self) -> Any:
        """The section of the original, of the same name as the field."""
        return self.beside.pieces[self.field_name]


class BesideTitlePanel(TitleFieldPanel):
    """The title."""

    class BoundPanel(BesideBoundPanel, TitleFieldPanel.BoundPanel):
        pass


class BesideOtherPanel(FieldPanel):
    """A text of “other”; absent from a translation where the original has none."""

    class BoundPanel(BesideBoundPanel):
        def is_shown(self) -> bool:
            wanted = not self.beside or self.field_name in self.beside.others
            return wanted and super().is_shown()


class BesideSectionsPanel(FieldPanel):
    """Section 2 of the ficha: the script places each piece of the original beside its block."""

    class BoundPanel(BesideBoundPanel):
        beside_template = "practices/admin/translation/sections_beside.html"

        @property
        def pieces(self) -> list[Any]:
            """The sections of the original that a translation has as blocks."""
            return [self.beside.pieces[item.key] for item in vocabulary.TRANSLATED_SECTIONS]


class BesideTagsPanel(FieldPanel):
    """The tags of a translation, and which the original has."""

    class BoundPanel(BesideBoundPanel):
        beside_template = "practices/admin/translation/tags_beside.html"


class FactsPanel(Panel):
    """What is written on the original alone, to be read in the form of a translation."""

    class BoundPanel(OfTranslation, Panel.BoundPanel):
        template_name = "practices/admin/translation/facts.html"

        def is_shown(self) -> bool:
            return bool(self.beside and self.beside.is_readable)

        def get_context_data(self, parent_context: Any = None) -> Any:
            original = self.beside.original
            return super().get_context_data(parent_context) | {
                "beside": self.beside,
                "original": original,
                "profile": self.beside.facts(self.request),
                "criteria": original.chosen(vocabulary.SUCCESS_CRITERIA),
                "references": list(original.references.all()),
                "items": vocabulary,
            }


class MarksPanel(Panel):
    """What the form of a translation sends beside its text, and tells about the original."""

    class BoundPanel(OfTranslation, Panel.BoundPanel):
        template_name = "practices/admin/translation/marks.html"

        def is_shown(self) -> bool:
            return bool(self.beside)

        def get_context_data(self, parent_context: Any = None) -> Any:
            return super().get_context_data(parent_context) | {"beside": self.beside}
