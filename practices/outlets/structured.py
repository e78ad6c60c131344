"""schema.org descriptions of public pages, as JSON-LD."""

import json
from typing import Any

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from practices.models import CountryPage, PracticePage
from practices.models.indexes import IntroducedPage
from practices.organisation import collection_name

from .lists import site_name
from .metadata import Subject, language_tag

ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}
"""As Django's `json_script`: nothing within a text ends the element that holds it."""


def json_ld(subject: Subject) -> SafeString:
    """The content of a `<script type="application/ld+json">`."""
    graph = [_website(subject)] if subject.is_home else [_breadcrumbs(subject)]
    if version := subject.practice:
        graph.append(_report(subject, version))
    elif not subject.is_home:
        graph.append(_collection(subject))
    text = json.dumps({"@context": "https://schema.org", "@graph": graph}, ensure_ascii=False)
    return mark_safe(text.translate(ESCAPES))  # noqa: S308


def _website(subject: Subject) -> dict[str, Any]:
    home = subject.absolute(subject.around.home)
    search = subject.absolute(reverse("practices_search"))
    return {
        "@type": "WebSite",
        "url": home,
        "name": site_name(),
        "description": subject.description.text,
        "inLanguage": language_tag(subject.language),
        "potentialAction": {
            "@type": "SearchAction",
            "target": {"@type": "EntryPoint", "urlTemplate": f"{search}?q={{q}}"},
            "query-input": "required name=q",
        },
    }


def _breadcrumbs(subject: Subject) -> dict[str, Any]:
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {
                "@type": "ListItem",
                "position": position,
                "name": crumb.title,
                "item": subject.absolute(crumb.url),
            }
            for position, crumb in enumerate(subject.crumbs, start=1)
        ],
    }


def _report(subject: Subject, version: PracticePage) -> dict[str, Any]:
    """A practice as a `Report`.

    Of schema.org's articles it is the one that an institution writes, under a number of its own;
    search engines read it as an article.
    """
    context, record = subject.context, subject.context.get("record")
    report = {
        "@type": "Report",
        "@id": subject.addresses.canonical,
        "url": subject.addresses.canonical,
        "headline": version.title,
        "abstract": subject.description.text,
        "inLanguage": language_tag(subject.language),
        "identifier": record.code if record else None,
        "reportNumber": record.code if record else None,
        "about": [_term(theme.name, theme.code) for theme in context.get("themes", ())],
        "keywords": [tag.name for tag in context.get("tags", ())],
        "spatialCoverage": _country(context.get("country")),
        "author": _organization(version.facts.responsible_entity),
        "publisher": _organization(site_name(), subject.absolute(subject.around.home)),
        "datePublished": _moment(version.first_published_at),
        "dateModified": _moment(version.last_published_at),
        "image": subject.absolute(picture.url) if (picture := subject.picture) else None,
        "isPartOf": {
            "@type": "Collection",
            "name": collection_name(),
            "url": subject.absolute(subject.around.practices or subject.around.home),
        },
        **_translations(subject, version),
    }
    return {name: value for name, value in report.items() if value}


def _translations(subject: Subject, version: PracticePage) -> dict[str, Any]:
    """The original of a translation, or the translations of an original."""
    own, source = version.locale.language_code, version.facts.locale.language_code
    works = [
        {"@type": "Report", "@id": url, "inLanguage": language_tag(code)}
        for code, url in subject.addresses.languages
        if (code != own if version.is_original else code == source)
    ]
    if version.is_original:
        return {"workTranslation": works}
    return {"translationOfWork": works[0] if works else None}


def _collection(subject: Subject) -> dict[str, Any]:
    """A list with the practices of its page; of a list with filters the address is another one."""
    listing, theme = subject.context.get("listing"), subject.context.get("theme")
    is_list = listing or isinstance(subject.page, IntroducedPage)
    page: dict[str, Any] = {
        "@type": "CollectionPage" if is_list else "WebPage",
        "url": subject.addresses.canonical,
        "name": subject.title.text,
        "description": subject.description.text,
        "inLanguage": language_tag(subject.language),
    }
    if theme:
        page["about"] = _term(theme.name, theme.code)
    elif isinstance(subject.page, CountryPage):
        page["about"] = _country(subject.page)
    if listing and not listing.filter.is_active:
        first = listing.page.start_index()
        page["mainEntity"] = {
            "@type": "ItemList",
            "numberOfItems": listing.total,
            "itemListElement": [
                {"@type": "ListItem", "position": position, "url": subject.absolute(card.url)}
                for position, card in enumerate(listing.cards, start=first)
            ],
        }
    return page


def _term(name: str, code: str) -> dict[str, Any]:
    return {"@type": "DefinedTerm", "name": name, "termCode": code}


def _country(page: Any) -> dict[str, Any] | None:
    if page is None:
        return None
    return {"@type": "Country", "name": page.title, "identifier": page.iso_code.upper()}


def _organization(name: str, url: str = "") -> dict[str, Any] | None:
    """An institution: persons are never named."""
    if not name:
        return None
    return {"@type": "Organization", "name": name} | ({"url": url} if url else {})


def _moment(moment: Any) -> str | None:
    return moment.isoformat(timespec="seconds") if moment else None
