"""Addresses of the site; the plugin's own come with `practices.urls`."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path, re_path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.api.v3.urls import api as api_v3

from home.views import root
from osumi_site.api import api_v2, not_mounted
from practices.api.v1.api import api as api_v1

urlpatterns = [
    path("", root, name="root"),
    path("admin/", include(wagtailadmin_urls)),
    # Documents and everything below MEDIA_URL: private until a live page uses it.
    path("", include("practices.files.urls")),
    path("api/v1/", api_v1.urls),
    path("api/v2/", api_v2.urls),
    # Wagtail would list every uploaded file to everybody, used or not.
    re_path(r"^api/v3/(documents|images)/", not_mounted),
    path("api/v3/", api_v3.urls),
    path("", include("practices.urls")),
    *i18n_patterns(
        path("", include("practices.list_urls")),
        path("", include(wagtail_urls)),
    ),
]

handler404 = "home.views.page_not_found"
handler500 = "home.views.server_error"
