"""The admin's own API lists the files that a person may choose, and no others."""

from typing import Any

from wagtail.documents.api.admin.views import DocumentsAdminAPIViewSet
from wagtail.images.api.admin.views import ImagesAdminAPIViewSet

from .access import usable_files


class UsableFilesMixin:
    """Narrow an endpoint of files to those of the person who asks."""

    request: Any

    def get_queryset(self) -> Any:
        files = super().get_queryset()  # type: ignore[misc]
        usable = usable_files(self.request.user, files.model)
        return files.filter(pk__in=usable.order_by().values("pk"))


class UsableDocumentsViewSet(UsableFilesMixin, DocumentsAdminAPIViewSet):
    """Documents, for the choosers of the admin."""


class UsableImagesViewSet(UsableFilesMixin, ImagesAdminAPIViewSet):
    """Images, for the choosers of the admin."""


def restrict_files(router: Any) -> None:
    """Put the narrowed endpoints in the place of Wagtail's."""
    router.register_endpoint("documents", UsableDocumentsViewSet)
    router.register_endpoint("images", UsableImagesViewSet)
