"""The matrix of countries and themes: a page, a spreadsheet, a drawing."""

import codecs
import csv
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.http import content_disposition_header
from django.utils.text import slugify
from django.utils.translation import gettext
from django.views.decorators.http import require_safe
from django.views.generic import TemplateView

from practices.directory import Directory
from practices.facets import COUNTRY
from practices.outlets.cells import dated, safe_cell
from practices.statistics import Counts, facet_counts

from .charts import CHARTED, region_charts
from .drawing import drawing
from .matrix import Matrix, country_matrix


def _counts() -> Counts:
    return facet_counts(COUNTRY, *CHARTED)


def _matrix(request: HttpRequest, counts: Counts) -> Matrix:
    directory = Directory.of(request)
    countries = directory.countries(translation.get_language() or "")
    return country_matrix(counts, countries, directory.themes)


class MatrixView(TemplateView):
    """The collection in figures: countries and themes, then each of the charted facets."""

    template_name = "practices/matrix.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        counts = _counts()
        return super().get_context_data(
            matrix=_matrix(self.request, counts),
            charts=region_charts(counts, Directory.of(self.request).themes),
            description=gettext("Which country has documented practices on which theme."),
            **kwargs,
        )


@require_safe
def matrix_csv(request: HttpRequest) -> HttpResponse:
    """The matrix as CSV in UTF-8, with the mark by which Excel knows it."""
    response = _download("text/csv; charset=utf-8", "csv")
    response.write(codecs.BOM_UTF8)
    writer = csv.writer(response)
    for line in _matrix(request, _counts()).table():
        writer.writerow([safe_cell(cell) if isinstance(cell, str) else cell for cell in line])
    return response


@require_safe
def matrix_svg(request: HttpRequest) -> HttpResponse:
    """The matrix as an SVG file that needs nothing else."""
    matrix = _matrix(request, _counts())
    context = {"matrix": matrix, "drawing": drawing(matrix), "texts": _texts()}
    response = _download("image/svg+xml", "svg")
    response.write(render(request, "practices/matrix.svg", context).content)
    return response


def _texts() -> dict[str, str]:
    """What the drawing says beside the names, so that all its words are messages of the code."""
    return {
        "title": gettext("Matrix of countries and themes"),
        "about": gettext("Which country has documented practices on which theme."),
        "totals": gettext("A practice with several themes counts in each, and once in the totals."),
    }


def _download(content_type: str, extension: str) -> HttpResponse:
    response = HttpResponse(content_type=content_type)
    name = f"{dated(slugify(gettext('Countries and themes')))}.{extension}"
    response["Content-Disposition"] = content_disposition_header(True, name) or ""
    response["X-Robots-Tag"] = "noindex"
    return response
