"""Every page type renders and is editable, in both languages, within its query budget."""

import re
from collections.abc import Iterator

import pytest
from django.test import Client, override_settings
from django.urls import reverse
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page, get_page_models

from practices.models import CountryPage, PracticePage, PublicationPage, Theme
from tests.factories import make_practice, publish, translate
from tests.queries import count_queries

pytestmark = pytest.mark.django_db

PAGE_TYPES = [model for model in get_page_models() if model is not Page]
LANGUAGES = ["es", "pt-br"]
BUDGET = 20


def public_urls() -> Iterator[str]:
    """Addresses of everything that readers can open."""
    for language in LANGUAGES:
        yield f"/{language}/"
        for page in Page.objects.live().filter(locale__language_code=language, depth__gt=2):
            yield page.url
        for theme in Theme.objects.all():
            yield f"/{language}/temas/{theme.text(language).slug}/"
        yield f"/{language}/etiquetas/regularizacion/"
        yield f"/{language}/buscar/?q=migracion"
        yield f"/{language}/experiencias/?country=br&country=co&theme=human_rights&level=national"
    for practice in PracticePage.objects.published():
        for page in CountryPage.objects.filter(iso_code=practice.country):
            yield f"{page.url}{practice.slug}/"


@pytest.mark.parametrize("model", PAGE_TYPES, ids=lambda model: model.__name__)
@pytest.mark.parametrize("language", LANGUAGES)
def test_each_type_renders_and_is_editable(
    model: type[Page], language: str, client: Client, superuser_client: Client
) -> None:
    page = model.objects.live().filter(locale__language_code=language).first()
    assert page, f"the demo has no {model.__name__} in {language}"
    response = client.get(page.url)
    assert response.status_code == 200
    html = response.content.decode()
    assert f'<html lang="{language}">' in html
    assert len(re.findall(r"<h1[ >]", html)) == 1
    edit = superuser_client.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    assert edit.status_code == 200
    preview = superuser_client.get(reverse("wagtailadmin_pages:view_draft", args=[page.pk]))
    assert preview.status_code == 200


@pytest.mark.parametrize("model", PAGE_TYPES, ids=lambda model: model.__name__)
def test_each_type_says_where_it_belongs(model: type[Page]) -> None:
    assert model.parent_page_types
    assert model.subpage_types is not None


def test_the_tree_allows_nothing_else() -> None:
    rules = {
        model.__name__: {child.__name__ for child in model.allowed_subpage_models()}
        for model in PAGE_TYPES
    }
    assert rules == {
        "HomePage": {
            "PracticeIndexPage",
            "ThemeIndexPage",
            "TagIndexPage",
            "PublicationIndexPage",
            "ContentPage",
        },
        "PublicationIndexPage": {"PublicationPage"},
        "PublicationPage": set(),
        "ContentPage": set(),
        "PracticeIndexPage": {"CountryPage"},
        "CountryPage": {"PracticePage"},
        "PracticePage": set(),
        "ThemeIndexPage": set(),
        "TagIndexPage": set(),
    }
    for model in PAGE_TYPES:
        if model.__name__.endswith("IndexPage"):
            parents = {parent.__name__ for parent in model.allowed_parent_page_models()}
            assert parents == {"HomePage"}


def test_no_page_is_an_alias() -> None:
    assert not Page.objects.filter(alias_of__isnull=False).exists()


def test_both_trees_have_the_same_real_pages() -> None:
    structure = Page.objects.not_type(PracticePage, PublicationPage).filter(depth__gt=1)
    keys = [
        set(structure.filter(locale__language_code=language).values_list("translation_key"))
        for language in LANGUAGES
    ]
    assert keys[0] == keys[1]
    assert len(keys[0]) == 20


def test_every_public_page_keeps_the_query_budget(client: Client) -> None:
    counts = {url: count_queries(client, url) for url in public_urls()}
    assert {url: count for url, count in counts.items() if count > BUDGET} == {}
    assert len(counts) > 100


@pytest.mark.parametrize(
    "path",
    [
        "/es/",
        "/pt-br/experiencias/",
        "/es/experiencias/?country=pe&theme=human_rights",
        "/es/experiencias/peru/",
        "/pt-br/temas/direitos-humanos/",
        "/es/temas/",
        "/es/etiquetas/",
        "/pt-br/etiquetas/regularizacion/",
        "/es/buscar/?q=experiencia",
        "/es/experiencias/peru/mesa-de-trabajo-intersectorial-para-la-gestion-migratoria-mtigm/",
    ],
)
def test_query_counts_are_flat(path: str, client: Client) -> None:
    for number in range(2):
        make_practice(published=True, slug=f"primera-{number}", tags=["regularización"])
    before = count_queries(client, path)
    for number in range(12):
        practice = make_practice(
            published=True,
            slug=f"mas-{number}",
            tags=["regularización", f"etiqueta {number}"],
            themes=["human_rights", "social_consultation"],
        )
        if number % 2:
            translate(practice, published=True)
    assert count_queries(client, path) <= before


def test_a_practice_without_translation_is_served_in_its_own_language(client: Client) -> None:
    practice = PracticePage.objects.get(country="gy")
    response = client.get(f"/pt-br/experiencias/guyana/{practice.slug}/")
    html = response.content.decode()
    assert response.status_code == 200
    assert '<html lang="pt-br">' in html
    assert '<h1 lang="es">' in html
    assert f'<link rel="canonical" href="http://testserver{practice.url}">' in html
    assert practice.url.startswith("/es/")
    assert 'hreflang="pt-br"' not in html.partition("</head>")[0]


def test_a_translated_practice_links_to_its_other_language(client: Client) -> None:
    practice = PracticePage.objects.originals().get(country="uy")
    translation = practice.translations.get()
    for page, other, words in (
        (practice, translation, "Leer en portugués"),
        (translation, practice, "Ler em espanhol"),
    ):
        html = client.get(page.url).content.decode()
        assert f'<link rel="canonical" href="http://testserver{page.url}">' in html
        code = other.locale.language_code
        assert f'hreflang="{code}" href="http://testserver{other.url}"' in html
        assert words in html
        assert ('class="notice"' in html) is (page is translation)


def test_a_practice_of_brazil_is_served_in_the_spanish_tree(client: Client) -> None:
    practice = PracticePage.objects.filter(country="br").first()
    assert practice
    response = client.get(f"/es/experiencias/brasil/{practice.slug}/")
    assert '<h1 lang="pt-br">' in response.content.decode()


def test_what_is_not_public_has_no_address(client: Client) -> None:
    draft = make_practice(slug="borrador")
    live = make_practice(published=True, slug="publicada")
    translation = translate(live)
    for url in (
        draft.get_url(),
        f"/pt-br/experiencias/peru/{draft.slug}/",
        f"/es/experiencias/uruguay/{live.slug}/",
        "/es/experiencias/peru/no-existe/",
        "/es/temas/no-existe/",
        "/es/etiquetas/no-existe/",
        "/es/experiencias/atlantida/",
        "/es/%00/",
        "/es/experiencias/peru/%00/",
        "/es/etiquetas/a%00b/",
    ):
        response = client.get(url)
        assert response.status_code == 404, url
    assert client.get(translation.get_url()).context["version"].pk == live.pk
    live.unpublish()
    assert client.get(live.get_url()).status_code == 404


def test_language_switch_keeps_the_page_and_its_filters(client: Client) -> None:
    html = client.get("/es/temas/derechos-humanos/?country=ar").content.decode()
    assert 'href="/pt-br/temas/direitos-humanos/?country=ar"' in html
    html = client.get("/pt-br/buscar/?q=fronteira").content.decode()
    assert 'href="/es/buscar/?q=fronteira"' in html
    html = client.get("/es/acerca-del-banco/").content.decode()
    assert 'href="/pt-br/sobre-o-banco/"' in html


def with_links(count: int, slug: str) -> PracticePage:
    """A published practice with a page and a document link in some of its sections."""
    target = Page.objects.get(slug="acerca-del-banco")
    document = get_document_model().objects.first()
    assert document
    text = (
        f'<p>Vea <a linktype="page" id="{target.pk}">esto</a> y '
        f'<a linktype="document" id="{document.pk}">aquello</a>.</p>'
    )
    keys = ["background", "summary", "results", "why_good_practice", "other_considerations"]
    return make_practice(published=True, slug=slug, sections=dict.fromkeys(keys[:count], text))


def test_links_in_texts_cost_the_same_however_many(client: Client) -> None:
    one, many = with_links(1, "un-enlace"), with_links(5, "cinco-enlaces")
    assert count_queries(client, many.url) == count_queries(client, one.url)
    html = client.get(many.url).content.decode()
    assert html.count('<a href="/es/acerca-del-banco/">esto</a>') == 5
    assert html.count(">aquello</a>") == 5


def test_the_richest_practice_keeps_the_budget(client: Client) -> None:
    """Links to pages and documents in every text, a picture, documents in 2.5 and 2.9."""
    practice = with_links(5, "completa")
    document = ("document", {"title": "Anexo", "document": get_document_model().objects.first()})
    kept = [(block.block_type, block.value) for block in practice.sections]
    practice.sections = [
        *[block for block in kept if block[0] not in {"products", "attachments"}],
        ("products", [document]),
        ("attachments", [document]),
    ]
    practice.picture = get_image_model().objects.get()
    practice = publish(practice)
    translation = translate(practice, published=True)
    assert count_queries(client, practice.url) <= BUDGET
    assert count_queries(client, translation.url) <= BUDGET


@pytest.mark.parametrize(
    "path",
    ["/es/", "/pt-br/experiencias/", "/es/experiencias/brasil/", "/es/temas/consulta-social/"],
)
def test_an_absent_cache_does_not_multiply_queries(path: str, client: Client) -> None:
    count = count_queries(client, path)
    backend = "django.core.cache.backends.dummy.DummyCache"
    with override_settings(CACHES={"default": {"BACKEND": backend}}):
        assert count_queries(client, path) <= count + 2
