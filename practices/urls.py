"""Addresses of the plugin outside of the page tree."""

from django.urls import path, re_path

from . import views
from .factsheets import views as factsheets
from .oai.views import oai
from .outlets import views as outlets
from .outlets.oembed import oembed
from .outlets.sitemap import PAGES, PRACTICES
from .people.views import ChoosePasswordView
from .previews.views import preview

urlpatterns = [
    path("robots.txt", outlets.robots, name="practices_robots"),
    path("sitemap.xml", outlets.sitemap_xml, name="practices_sitemap"),
    *(
        path(
            f"sitemap-{part}-<int:number>.xml",
            outlets.sitemap_part,
            {"part": part},
            name=f"practices_sitemap_{part}",
        )
        for part in (PAGES, PRACTICES)
    ),
    re_path(
        r"^ficha/(?P<code>[\w\-]+)\.(?P<extension>pdf|docx)$",
        factsheets.practice_file_by_code,
        name="practice_file_by_code",
    ),
    path("api/v1/preview/", preview, name="practices_preview"),
    path("ficha/<slug:code>/", views.practice_by_code, name="practice_by_code"),
    path("oai/", oai, name="practices_oai"),
    path("oembed", oembed, name="practices_oembed"),
    path(
        "password/<uidb64>/<token>/",
        ChoosePasswordView.as_view(),
        name="practices_choose_password",
    ),
]
