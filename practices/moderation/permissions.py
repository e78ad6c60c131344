"""What people may do with a practice and with the page of a country, on the server."""

from typing import TYPE_CHECKING

from wagtail.models import PagePermissionTester

if TYPE_CHECKING:
    from practices.models import PracticePage


class PracticePermissionTester(PagePermissionTester):
    """As Wagtail's, but publishing is the end of the workflow and nobody's permission.

    Wagtail's publish permission would go around the workflow, and cancel it. Superusers alone keep
    it; the moderation log says so when they use it. While a practice is under review it stays
    where and as it is.
    """

    page: "PracticePage"

    def can_publish(self) -> bool:
        return self.user.is_active and self.user.is_superuser

    def can_submit_for_moderation(self) -> bool:
        return (
            self.can_edit()
            and super().can_submit_for_moderation()
            and self.page.get_workflow() is not None
        )

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        """Drafts that were never published; the others keep their address, code and versions."""
        if self.user.is_active and self.user.is_superuser:
            return True
        was_published = self.page.first_published_at is not None
        return (
            not was_published
            and not self.page.workflow_in_progress
            and super().can_delete(ignore_bulk=ignore_bulk)
        )

    def can_move(self) -> bool:
        if self.page.workflow_in_progress:
            return False
        return super().can_delete(ignore_bulk=True)

    def can_copy(self) -> bool:
        """Who may only review a practice, such as a focal point, may not copy it."""
        return self.user.is_active and (
            self.user.is_superuser or bool({"add", "change"} & self.permissions)
        )


class IndexPermissionTester(PagePermissionTester):
    """As Wagtail's, but the collection's own lists are not deleted, moved or taken down.

    They stand once in each language, and what lies below them would go with them.
    """

    def _is_superuser(self) -> bool:
        return self.user.is_active and self.user.is_superuser

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        return self._is_superuser() and super().can_delete(ignore_bulk=ignore_bulk)

    def can_move(self) -> bool:
        return self._is_superuser()

    def can_unpublish(self) -> bool:
        return self._is_superuser() and super().can_unpublish()


class PublicationIndexPermissionTester(IndexPermissionTester):
    """As of the other lists, but the workflow is that of the publications below."""

    def can_submit_for_moderation(self) -> bool:
        return False

    def can_publish_subpage(self) -> bool:
        """Creating and publishing in one go would go around the workflow."""
        return self._is_superuser()


class CountryPermissionTester(PagePermissionTester):
    """As Wagtail's, but a country's page is not edited by who may edit the practices below it.

    Permissions of the tree hold for a page and all below it; here the page itself needs the
    permission to publish as well, which the Secretaría has.
    """

    def _keeps_the_page(self) -> bool:
        return self.user.is_active and (self.user.is_superuser or "publish" in self.permissions)

    def can_edit(self) -> bool:
        return self._keeps_the_page() and super().can_edit()

    def can_delete(self, ignore_bulk: bool = False) -> bool:  # noqa: ARG002 (Wagtail's signature)
        return self.user.is_active and self.user.is_superuser

    def can_move(self) -> bool:
        return self.user.is_active and self.user.is_superuser

    def can_submit_for_moderation(self) -> bool:
        """The workflow of a country is that of its practices; its own page is published at once."""
        return False

    def can_publish_subpage(self) -> bool:
        """Creating and publishing a practice in one go would go around the workflow."""
        return self.user.is_active and self.user.is_superuser

    def can_begin_translations(self) -> bool:
        """Translations of practices are added where practices are not created (`can_create_at`)."""
        return self.user.is_active and (self.user.is_superuser or "add" in self.permissions)

    def can_reorder_children(self) -> bool:
        return self._keeps_the_page()
