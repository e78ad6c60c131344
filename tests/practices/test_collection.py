"""The first pages of a collection, made by one command."""

from io import StringIO

import pytest
from django.contrib.auth.models import Group
from django.core.management import CommandError, call_command
from wagtail.models import Locale, Page, Site

from practices.models import CountryPage

pytestmark = pytest.mark.django_db


def start(*countries: str) -> str:
    """What the command prints."""
    told = StringIO()
    call_command("start_collection", *countries, stdout=told)
    return told.getvalue()


def test_what_exists_stays() -> None:
    assert start("pe:PER:es:El Perú").startswith("0 pages made.")
    assert not CountryPage.objects.filter(title="El Perú").exists()


def test_a_further_country_is_public_in_each_language_and_has_its_roles() -> None:
    told = start("xa:XAA:pt-br:Museu do Ouro")
    assert "es: /inicio/experiencias/museu-do-ouro/ (live)" in told
    pages = CountryPage.objects.filter(iso_code="xa")
    assert {page.locale.language_code for page in pages} == {"es", "pt-br"}
    assert all(page.live and page.source_language == "pt-br" for page in pages)
    assert Group.objects.filter(name__endswith=" XA").count() == 3


@pytest.mark.parametrize(
    ("country", "reason"),
    [
        ("pe", "write it as pe:PER:es:Perú"),
        ("xa:XAA::Museo", "write it as pe:PER:es:Perú"),
        ("museo:XAA:es:Museo", "iso_code"),
        ("xa:xaa:es:Museo", "alpha3"),
        ("xa:XAA:fr:Musée", "source_language"),
        ("xa:PER:es:Museo", "alpha3"),
    ],
)
def test_what_is_no_country_is_refused_whole(country: str, reason: str) -> None:
    count = Page.objects.count()
    with pytest.raises(CommandError, match=reason):
        start("xb:XBB:es:Otro", country)
    assert Page.objects.count() == count


def test_the_home_page_must_be_in_the_language_of_the_site() -> None:
    portuguese = Locale.objects.get(language_code="pt-br")
    site = Site.objects.get(is_default_site=True)
    site.root_page = site.root_page.get_translation(portuguese)
    site.save()
    with pytest.raises(CommandError, match="LANGUAGE_CODE"):
        start("xa:XAA:es:Museo")


def test_a_site_without_root_is_told() -> None:
    Site.objects.update(is_default_site=False)
    with pytest.raises(CommandError, match="default site"):
        start("xa:XAA:es:Museo")
