"""`reconcile_files` finds each difference, mends it, and leaves what is right alone."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import Client

from practices.models import FileHold, FileUse, PracticePage
from tests.factories import publish

from .samples import make_document, make_image
from .test_access import with_files

pytestmark = pytest.mark.django_db


def run(*arguments: str) -> str:
    output = StringIO()
    call_command("reconcile_files", *arguments, stdout=output)
    return output.getvalue()


def test_the_demo_is_in_order() -> None:
    assert FileUse.objects.exists()
    assert FileHold.objects.exists()
    assert run("--check") == "Files: 0 differ.\n"


def test_what_is_missing_is_written() -> None:
    document, image = make_document(), make_image()
    practice = publish(with_files(document, image))
    FileUse.objects.filter(page_id=practice.pk).delete()
    FileHold.objects.filter(file_id=document.pk, kind="document").delete()
    assert Client().get(document.url).status_code == 404
    output = StringIO()
    with pytest.raises(CommandError, match="3 differences"):
        call_command("reconcile_files", "--check", stdout=output)
    assert (
        f"page {practice.pk}: document {document.pk} is used, but not written" in output.getvalue()
    )
    assert not FileUse.objects.filter(page_id=practice.pk).exists()
    assert "Files: 3 repaired." in run()
    assert run("--check") == "Files: 0 differ.\n"
    assert b"".join(Client().get(document.url))


def test_what_is_too_much_is_deleted() -> None:
    document = make_document()
    practice = publish(with_files(document, None))
    stray = make_image()
    FileUse.objects.create(page_id=practice.pk, kind="image", file_id=stray.pk)
    hidden = publish(with_files(make_document(), None))
    PracticePage.objects.filter(pk=hidden.pk).update(live=False)
    report = run()
    assert f"page {practice.pk}: image {stray.pk} is written, but not used" in report
    assert f"page {hidden.pk}" in report
    assert Client().get(stray.file.url).status_code == 404
    assert run("--check") == "Files: 0 differ.\n"
