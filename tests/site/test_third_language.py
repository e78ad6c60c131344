"""A third language is a setting and a command: English beside Spanish and Portuguese."""

from collections.abc import Iterator
from io import StringIO

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from pytest_django.fixtures import Settings
from wagtail.models import Locale, Page, PageLogEntry, Site
from wagtail.users.models import UserProfile

from home.models import ContentPage, HomePage, User
from practices.models import (
    CountryPage,
    PracticeIndexPage,
    PracticePage,
    PublicationIndexPage,
    PublicationPage,
    TagIndexPage,
    Theme,
    ThemeIndexPage,
    ThemeText,
)
from practices.moderation.access import Role
from tests.factories import make_practice, translate
from tests.practices.moderation.steps import person, signed_in
from tests.queries import count_queries
from tests.site.test_addresses import SITE, head
from tests.site.test_pages import BUDGET

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def sync() -> str:
    output = StringIO()
    call_command("sync_locales", stdout=output)
    return output.getvalue()


@pytest.fixture
def languages(settings: Settings, db: None) -> None:
    """English beside the two languages of the settings, before the command ran."""
    settings.LANGUAGES = [*settings.LANGUAGES, ("en", _("English"))]
    settings.WAGTAIL_CONTENT_LANGUAGES = settings.LANGUAGES
    settings.WAGTAILADMIN_PERMITTED_LANGUAGES = settings.LANGUAGES


@pytest.fixture
def english(languages: None) -> Locale:
    sync()
    return Locale.objects.get(language_code="en")


def tree(language: str) -> Iterator[Page]:
    pages = Page.objects.filter(locale__language_code=language, depth__gt=1)
    return pages.not_type(PracticePage, PublicationPage).order_by("path").specific().iterator()


def test_the_tree_is_that_of_the_sites_language(languages: None) -> None:
    before = list(Page.objects.order_by("pk").values())
    output = sync()
    spanish, english = list(tree("es")), list(tree("en"))
    assert [page.translation_key for page in english] == [page.translation_key for page in spanish]
    assert [type(page) for page in english] == [type(page) for page in spanish]
    assert {page.alias_of_id for page in english} == {None}
    assert not PracticePage.objects.filter(locale__language_code="en").exists()
    for page in english:
        assert page.live is not isinstance(page, ContentPage)
        assert page.url_path.split("/")[1] == "inicio-en"
        assert f"en: {page.url_path} ({'live' if page.live else 'draft'})" in output
    kept = Page.objects.exclude(locale__language_code="en").order_by("pk")
    for old, new in zip(before, kept.values(), strict=True):
        changed = {name for name in old if old[name] != new[name]}
        assert changed <= {"numchild"}


def test_prose_is_not_shown_in_another_language(english: Locale) -> None:
    assert HomePage.objects.get(locale=english).lead == ""
    for model, title in (
        (PracticeIndexPage, "Practices"),
        (ThemeIndexPage, "Themes"),
        (TagIndexPage, "Tags"),
        (PublicationIndexPage, "Publications"),
    ):
        index = model.objects.get(locale=english)
        assert (index.title, index.introduction, index.search_description) == (title, "", "")
    for country in CountryPage.objects.filter(locale=english):
        source = country.get_translation(Locale.get_default())
        names = ("title", "slug", "iso_code", "alpha3", "source_language")
        assert [getattr(country, name) for name in names] == [
            getattr(source, name) for name in names
        ]
        assert country.introduction == ""
    draft = ContentPage.objects.filter(locale=english)[0]
    assert draft.body  # what is translated by hand needs its source


def test_the_command_is_idempotent_and_adds_what_is_new(english: Locale) -> None:
    entries = PageLogEntry.objects.count()
    pages = list(Page.objects.order_by("pk").values())
    assert "0 pages made" in sync()
    assert list(Page.objects.order_by("pk").values()) == pages
    assert PageLogEntry.objects.count() == entries
    CountryPage.objects.get(iso_code="ve", locale=english).delete()
    edited = CountryPage.objects.get(iso_code="pe", locale=english)
    edited.title = "Peru"
    edited.save_revision().publish()
    home = HomePage.objects.get(locale=Locale.get_default())
    home.add_child(instance=ContentPage(title="Nueva", slug="nueva", live=False))
    output = sync()
    assert "3 pages made" in output  # the new page is missing in Portuguese as well
    assert "/venezuela/ (live)" in output
    assert "en: /inicio-en/nueva/ (draft)" in output
    assert CountryPage.objects.get(iso_code="pe", locale=english).title == "Peru"


def by_hand(output: str) -> list[str]:
    """What the command leaves to people."""
    return [line for line in output.splitlines() if line.startswith("By hand: ")]


def test_the_command_says_what_is_left_to_people(languages: None) -> None:
    codes = ", ".join(theme.code for theme in Theme.all_with_texts())
    pages, themes = by_hand(sync())
    assert "titles" in pages
    assert "drafts" in pages
    assert themes == f"By hand: texts in en of the themes {codes}."
    # Nothing was made: the themes are still without texts.
    assert by_hand(sync()) == [themes]
    first, *others = Theme.objects.order_by("pk")
    for theme in others:
        ThemeText.objects.create(
            theme=theme, language="en", name=theme.code, short_name=theme.code, slug=theme.code
        )
    assert by_hand(sync()) == [f"By hand: texts in en of the themes {first.code}."]
    ThemeText.objects.create(
        theme=first, language="en", name=first.code, short_name=first.code, slug=first.code
    )
    assert by_hand(sync()) == []
    ThemeText.objects.get(theme=first, language="pt-br").delete()
    assert by_hand(sync()) == [f"By hand: texts in pt-br of the themes {first.code}."]


def test_what_is_down_stays_down(languages: None) -> None:
    CountryPage.objects.get(iso_code="ve", locale__language_code="es").unpublish()
    sync()
    country = CountryPage.objects.get(iso_code="ve", locale__language_code="en")
    assert not country.live
    index = PracticeIndexPage.objects.get(locale__language_code="en")
    index.unpublish()
    CountryPage.objects.get(iso_code="uy", locale__language_code="en").delete()
    sync()
    assert not CountryPage.objects.get(iso_code="uy", locale__language_code="en").live


def test_before_the_command_ran_nothing_leads_there(languages: None, client: Client) -> None:
    assert client.get("/", headers={"accept-language": "en"})["Location"] == "/es/"
    assert set(head(client, "/es/temas/").switcher) == {"pt-br"}


def test_the_site_below_another_page_gets_its_tree_too(languages: None) -> None:
    """The plugin knows no home page: whatever stands above its indexes comes along."""
    root = Page.get_first_root_node()
    top = root.add_child(instance=Page(title="Portal", slug="portal", locale=Locale.get_default()))
    HomePage.objects.get(locale=Locale.get_default()).move(top, "last-child")
    sync()
    portal = Page.objects.get(translation_key=top.translation_key, locale__language_code="en")
    index = PracticeIndexPage.objects.get(locale__language_code="en")
    assert portal.live
    assert index.is_descendant_of(portal)


URLS = [
    "/en/",
    "/en/experiencias/",
    "/en/experiencias/?country=pe&theme=human_rights",
    "/en/experiencias/peru/",
    "/en/temas/",
    "/en/temas/derechos-humanos/",
    "/en/etiquetas/",
    "/en/etiquetas/regularizacion/",
    "/en/buscar/?q=experiencia",
]


@pytest.mark.parametrize("url", URLS)
def test_each_page_is_there_in_english(english: Locale, client: Client, url: str) -> None:
    found = head(client, url)
    assert found.language == "en"
    rest = url.removeprefix("/en")
    portuguese = rest.replace("derechos-humanos", "direitos-humanos")
    assert found.switcher == {"es": f"/es{rest}", "pt-br": f"/pt-br{portuguese}"}
    is_theme = "derechos-humanos" in url and "?" not in url
    languages = {code for code, _url in found.alternates}
    assert languages == {"es", "pt-br", "x-default"} | (set() if is_theme else {"en"})
    assert count_queries(client, url) <= BUDGET
    assert head(client, found.switcher["pt-br"]).switcher["en"] == url


def test_lists_hold_all_practices_with_their_language(english: Locale, client: Client) -> None:
    response = client.get("/en/experiencias/")
    listing = response.context["listing"]
    assert listing.total == 24
    html = response.content.decode()
    assert html.count("badge--language") == 12
    assert ">Spanish<" in html or ">Portuguese<" in html
    assert client.get("/en/").context["total"] == 24


def test_a_practice_is_read_in_english_once_it_is_translated(
    english: Locale, client: Client
) -> None:
    practice = make_practice(published=True, slug="tres", title="En español")
    translate(practice, published=True, title="Em português")
    url = "/en/experiencias/peru/tres/"
    html = client.get(url).content.decode()
    assert '<h1 lang="es">En español</h1>' in html
    assert "This practice is not translated yet." in html
    found = head(client, url)
    assert found.canonical == [SITE + practice.url]
    assert sorted(code for code, _url in found.alternates) == ["es", "pt-br", "x-default"]
    version = translate(practice, "en", published=True, title="In English")
    assert version.url == url
    html = client.get(url).content.decode()
    assert "<h1>In English</h1>" in html
    found = head(client, "/pt-br/experiencias/peru/tres/")
    assert found.switcher == {"es": practice.url, "en": url}
    assert sorted(code for code, _url in found.alternates) == ["en", "es", "pt-br", "x-default"]
    titles = [card.title for card in client.get("/en/experiencias/peru/").context["listing"].cards]
    assert "In English" in titles
    assert count_queries(client, url) <= BUDGET


@pytest.mark.parametrize("url", ["/en/", "/en/experiencias/peru/", "/en/buscar/?q=experiencia"])
def test_three_languages_cost_no_more_queries(english: Locale, client: Client, url: str) -> None:
    practices = [make_practice(published=True, slug=f"antes-{number}") for number in range(2)]
    before = count_queries(client, url)
    practices += [make_practice(published=True, slug=f"mas-{number}") for number in range(6)]
    for practice in practices:
        translate(practice, published=True)
        translate(practice, "en", published=True)
    assert count_queries(client, url) <= before


def test_editors_work_in_the_third_tree(english: Locale) -> None:
    editor = signed_in(person("editor-gy2", (Role.EDITOR, "gy")))
    original = PracticePage.objects.get(country="gy")
    version = original.copy_for_translation(english)
    version.title = "A draft in English"
    version.save_revision()
    form = editor.get(reverse("wagtailadmin_pages:edit", args=[version.pk]))
    assert form.status_code == 200
    assert "A draft in English" in form.content.decode()
    assert version.get_workflow()
    others = CountryPage.objects.get(iso_code="pe", locale=english)
    foreign = PracticePage.objects.filter(country="pe").first().copy_for_translation(english)
    assert foreign.is_child_of(others)
    edit = reverse("wagtailadmin_pages:edit", args=[foreign.pk])
    assert editor.get(edit).status_code in {302, 403}
    translator = signed_in(person("translator-gy", (Role.TRANSLATOR, "gy")))
    assert translator.get(reverse("wagtailadmin_pages:edit", args=[version.pk])).status_code == 200


def test_the_admin_offers_the_third_language(english: Locale, superuser_client: Client) -> None:
    theme = Theme.objects.get(code="human_rights")
    namespace = Theme.snippet_viewset.url_namespace
    html = superuser_client.get(reverse(f"{namespace}:edit", args=[theme.pk])).content.decode()
    assert '<option value="en">' in html
    ThemeText.objects.create(
        theme=theme, language="en", name="Human rights", short_name="Rights", slug="human-rights"
    )
    client = Client()
    assert head(client, "/es/temas/derechos-humanos/").switcher["en"] == "/en/temas/human-rights/"
    assert client.get("/en/temas/derechos-humanos/")["Location"] == "/en/temas/human-rights/"
    html = client.get("/en/temas/").content.decode()
    assert '<span class="theme-tile__name">Rights</span>' in html
    assert '<span class="theme-tile__name" lang="es">' in html


def test_the_guide_is_there_for_who_reads_english(english: Locale, editor: User) -> None:
    profile = UserProfile.get_for_user(editor)
    profile.preferred_language = "en"
    profile.save()
    client = signed_in(editor)
    assert client.get(reverse("practices_guide"), follow=True).status_code == 200
    assert client.get(reverse("wagtailadmin_home")).status_code == 200


def test_the_address_of_each_tree_is_found(english: Locale) -> None:
    [site] = Site.objects.all()
    roots = {root.language_code for root in Site.get_site_root_paths() if root.site_id == site.pk}
    assert roots == {"es", "pt-br", "en"}
