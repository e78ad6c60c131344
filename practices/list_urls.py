"""Addresses of lists beside the page tree, the same in each language: within `i18n_patterns`."""

from django.urls import path, re_path

from .compilation import views as compilation
from .factsheets import views as factsheets
from .figures import views as figures
from .finding import views as finding
from .outlets import views as outlets
from .outlets.oembed import embed
from .publications import views as publications

PLACE = r"^(?P<path>(?:[\w\-]+/)+)"
"""The address of a page; Wagtail's own leads to no address with a dot."""

urlpatterns = [
    re_path(
        PLACE + r"(?P<name>ficha|resumen|resumo)\.(?P<extension>pdf|docx)$",
        factsheets.practice_file,
        name="practices_sheet",
    ),
    re_path(
        PLACE + r"(?P<name>ficha-en-blanco|ficha-em-branco)\.(?P<extension>pdf|docx)$",
        factsheets.blank_file,
        name="practices_blank",
    ),
    re_path(
        PLACE + r"(?P<name>publicacion|publicacao)\.(?P<extension>pdf|docx)$",
        publications.publication_file,
        name="practices_publication_file",
    ),
    path("compilacion/", compilation.compilation, name="practices_compilation"),
    *(
        path(
            f"compilacion/compilacion.{extension}",
            compilation.compilation_file,
            {"extension": extension},
            name=f"practices_compilation_{extension}",
        )
        for extension in ("pdf", "docx")
    ),
    path(
        "compilacion/trabajo/<slug:key>/",
        factsheets.compilation_job,
        name="practices_compilation_job",
    ),
    path(
        "compilacion/trabajo/<slug:key>/archivo",
        factsheets.compilation_job_file,
        name="practices_compilation_job_file",
    ),
    path("buscar/", finding.SearchView.as_view(), name="practices_search"),
    path("sugerencias.json", finding.suggestions_json, name="practices_suggestions"),
    path("lista.csv", outlets.list_csv, name="practices_csv"),
    path("lista.xlsx", outlets.list_xlsx, name="practices_xlsx"),
    path("lista.json", outlets.list_json, name="practices_json"),
    path("lista.atom", outlets.list_atom, name="practices_atom"),
    path("ficha/<slug:code>/embed/", embed, name="practices_embed"),
    path("matriz/", figures.MatrixView.as_view(), name="practices_matrix"),
    path("matriz.csv", figures.matrix_csv, name="practices_matrix_csv"),
    path("matriz.svg", figures.matrix_svg, name="practices_matrix_svg"),
]
