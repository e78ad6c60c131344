"""Themes are data, kept as long as practices have them."""

from typing import Any

import pytest
from django.db import transaction
from django.db.models import ProtectedError
from django.test import Client

from practices.models import (
    PracticePage,
    Theme,
)

pytestmark = pytest.mark.django_db


def test_a_renamed_theme_is_found_by_its_new_name(
    django_capture_on_commit_callbacks: Any,
) -> None:
    text = Theme.objects.get(code="social_consultation").texts.get(language="es")
    published = PracticePage.objects.published
    assert not published().search("zarigüeya").count()
    text.name = "Zarigüeya"
    with django_capture_on_commit_callbacks(execute=True):
        text.save()
    assert published().search("zarigueya").count() == 5


def test_a_theme_in_use_cannot_be_deleted(superuser_client: Client) -> None:
    theme = Theme.objects.get(code="social_consultation")
    with pytest.raises(ProtectedError), transaction.atomic():
        theme.delete()
    with pytest.raises(ProtectedError), transaction.atomic():
        Theme.objects.filter(pk=theme.pk).delete()
    url = f"/admin/snippets/practices/theme/delete/{theme.pk}/"
    response = superuser_client.post(url, follow=True)
    assert Theme.objects.filter(pk=theme.pk).exists()
    used_by = theme.in_use()[0]
    assert used_by.title[:40] in response.content.decode()
    bulk = f"/admin/bulk/practices/theme/delete/?id={theme.pk}"
    superuser_client.post(bulk)
    assert Theme.objects.filter(pk=theme.pk).exists()


def test_an_unused_theme_can_be_deleted(superuser_client: Client) -> None:
    theme = Theme.objects.create(code="sin-uso")
    superuser_client.post(f"/admin/snippets/practices/theme/delete/{theme.pk}/")
    assert not Theme.objects.filter(pk=theme.pk).exists()


def test_the_code_of_a_theme_is_fixed() -> None:
    theme = Theme.objects.get(code="human_rights")
    theme.code = "rights"
    with pytest.raises(Exception, match="code"):
        theme.full_clean()
