"""What the background worker does for publications."""

from django_tasks import task

from practices.models import PublicationFile

from .files import make


@task(backend="background")
def make_files(edition: int) -> int:
    """Make the files of an edition; returns how many there are now."""
    for file in PublicationFile.objects.filter(edition=edition).select_related("edition__page"):
        make(file)
    return PublicationFile.objects.filter(edition=edition).exclude(file="").count()
