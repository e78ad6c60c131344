"""What practices are found by: facets, countries, themes, tags, and the matrix of two of them."""

from typing import Any

from django.http import HttpRequest
from ninja import Query, Schema
from pydantic import Field

from practices.directory import Directory
from practices.facets import COUNTRY, THEME
from practices.figures.matrix import country_matrix
from practices.listing import Selection
from practices.statistics import country_counts, facet_counts, theme_counts
from practices.tag_lists import tag_groups

from .auth import READERS
from .language import answering
from .lists import facets
from .parameters import FARTHEST, MOST, language_parameter
from .problems import ProblemSchema
from .routing import Router
from .term_schemas import Countries, Facets, MatrixAnswer, Tags, Themes

router = Router(tags=["terms"], auth=READERS)

PROBLEMS = {401: ProblemSchema, 422: ProblemSchema}


class Reader(Schema):
    """The language of a reader."""

    locale: str = language_parameter("Language of the labels.")


class TagParameters(Reader):
    """A part of the tags that readers of a language are shown."""

    limit: int = Field(MOST, ge=1, le=MOST, description="Tags in the answer.")
    offset: int = Field(0, ge=0, le=FARTHEST, description="Tags to skip.")


@router.get(
    "/facets/",
    operation_id="list_facets",
    summary="Count the values of all facets",
    response={200: Facets, **PROBLEMS},
)
def list_facets(request: HttpRequest, parameters: Query[Reader]) -> Any:
    """The facets of all public practices; those of a narrowed list come with `facets=true`."""
    with answering(request, parameters.locale):
        selection = Selection(request, size=1)
        return {"count": selection.total, "items": facets(selection.facets)}


@router.get(
    "/countries/",
    operation_id="list_countries",
    summary="List countries",
    response={200: Countries, **PROBLEMS},
)
def list_countries(request: HttpRequest, parameters: Query[Reader]) -> Any:
    """The countries of the collection, those without a practice as well."""
    with answering(request, parameters.locale) as language:
        directory = Directory.of(request)
        counted = country_counts(facet_counts(COUNTRY), directory.countries(language))
        return {
            "items": [
                {
                    "key": country.what.iso_code,
                    "alpha3": country.what.alpha3,
                    "label": country.what.title,
                    "locale": country.what.locale.language_code,
                    "source_locale": country.what.source_language,
                    "count": country.count,
                    "url": request.build_absolute_uri(directory.url(country.what)),
                }
                for country in counted
            ]
        }


@router.get(
    "/themes/",
    operation_id="list_themes",
    summary="List themes",
    response={200: Themes, **PROBLEMS},
)
def list_themes(request: HttpRequest, parameters: Query[Reader]) -> Any:
    """The themes of item 1.3, those without a practice as well."""
    with answering(request, parameters.locale) as language:
        counted = theme_counts(facet_counts(THEME), Directory.of(request).themes)
        return {
            "items": [
                {
                    "key": theme.what.code,
                    "label": text.name,
                    "short_label": text.short_name,
                    "description": text.description,
                    "locale": text.language or language,
                    "count": theme.count,
                }
                for theme in counted
                for text in [theme.what.text(language)]
            ]
        }


@router.get(
    "/tags/",
    operation_id="list_tags",
    summary="List tags",
    response={200: Tags, **PROBLEMS},
)
def list_tags(request: HttpRequest, parameters: Query[TagParameters]) -> Any:
    """The tags of the texts that readers of the language are shown, from A to Z."""
    with answering(request, parameters.locale) as language:
        tags = [tag for _initial, group in tag_groups(language) for tag in group]
        part = tags[parameters.offset : parameters.offset + parameters.limit]
        return {
            "count": len(tags),
            "items": [
                {
                    "key": tag.what.slug,
                    "label": tag.what.name,
                    "locale": tag.language,
                    "count": tag.count,
                }
                for tag in part
            ],
        }


@router.get(
    "/matrix/",
    operation_id="get_matrix",
    summary="Count practices by country and theme",
    response={200: MatrixAnswer, **PROBLEMS},
)
def get_matrix(request: HttpRequest, parameters: Query[Reader]) -> Any:
    """Which country has documented practices on which theme."""
    with answering(request, parameters.locale) as language:
        directory = Directory.of(request)
        matrix = country_matrix(
            facet_counts(COUNTRY, THEME), directory.countries(language), directory.themes
        )
        return {
            "count": matrix.total,
            "themes": [
                {"theme": theme.what.code, "label": theme.what.short_name, "count": theme.count}
                for theme in matrix.themes
            ],
            "rows": [
                {
                    "country": row.country.iso_code,
                    "label": row.country.title,
                    "count": row.count,
                    "cells": [
                        {"theme": cell.theme.code, "count": cell.count} for cell in row.cells
                    ],
                }
                for row in matrix.rows
            ],
        }
