"""Who is public when: the one definition, as a truth table."""

import pytest
from wagtail.models import PageViewRestriction

from practices.models import CountryPage, PracticeIndexPage, PracticePage
from tests.factories import country, make_practice, translate

pytestmark = pytest.mark.django_db


def hide(what: str, practice: PracticePage) -> None:
    """Hide something around a practice in Spanish."""
    match what:
        case "country unpublished":
            CountryPage.objects.filter(iso_code="pe", locale=practice.locale).update(live=False)
        case "index unpublished":
            PracticeIndexPage.objects.filter(locale=practice.locale).update(live=False)
        case "home restricted":
            PageViewRestriction.objects.create(
                page=practice.get_ancestors()[1], restriction_type=PageViewRestriction.LOGIN
            )
        case "original restricted":
            PageViewRestriction.objects.create(
                page=practice, restriction_type=PageViewRestriction.LOGIN
            )
        case "nothing":
            pass


@pytest.mark.parametrize(
    ("original", "translation", "hidden", "original_is_public", "translation_is_public"),
    [
        ("draft", "none", "nothing", False, False),
        ("live", "none", "nothing", True, False),
        ("live", "draft", "nothing", True, False),
        ("live", "live", "nothing", True, True),
        ("unpublished", "live", "nothing", False, False),
        ("live", "live", "country unpublished", False, False),
        ("live", "live", "index unpublished", False, False),
        ("live", "live", "home restricted", False, False),
        ("live", "live", "original restricted", False, False),
    ],
)
def test_truth_table(
    original: str,
    translation: str,
    hidden: str,
    original_is_public: bool,
    translation_is_public: bool,
) -> None:
    practice = make_practice(published=original != "draft", slug="tabla")
    if translation != "none":
        translate(practice, published=translation == "live")
    if original == "unpublished":
        PracticePage.objects.filter(pk=practice.pk).update(live=False)
    hide(hidden, practice)
    public = PracticePage.objects.public().filter(translation_key=practice.translation_key)
    assert public.originals().exists() is original_is_public
    assert public.exclude(pk=practice.pk).exists() is translation_is_public
    assert PracticePage.objects.published().filter(pk=practice.pk).exists() is original_is_public


def test_each_practice_is_one_result() -> None:
    practice = make_practice(published=True)
    translate(practice, published=True)
    results = PracticePage.objects.published().filter(translation_key=practice.translation_key)
    assert list(results) == [practice]


def test_filters_find_each_practice_once() -> None:
    practice = make_practice(
        published=True,
        themes=["human_rights", "social_consultation"],
        choices={"territorial_level": ["national", "local"]},
    )
    found = (
        PracticePage.objects.published()
        .in_country(["pe"])
        .with_theme(["human_rights", "social_consultation"])
        .having("choices__key", ["national", "local"])
    )
    assert list(found.filter(pk=practice.pk)) == [practice]


def test_related_come_from_other_countries_first() -> None:
    practice = make_practice(published=True, themes=["social_consultation"], slug="base")
    near = make_practice(published=True, themes=["social_consultation"], slug="cerca")
    far = make_practice(country("uy"), published=True, themes=["social_consultation"], slug="lejos")
    related = list(PracticePage.objects.published().related_to(practice))
    assert related.index(far) < related.index(near)
    assert practice not in related
    assert not [
        page
        for page in related
        if "social_consultation" not in page.themes.values_list("code", flat=True)
    ]
