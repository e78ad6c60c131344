"""Production: refuses to start without its secrets."""

from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from .base import *  # noqa: F403
from .base import MIDDLEWARE, STORAGES, env

for _name in ("SECRET_KEY", "ALLOWED_HOSTS", "WAGTAILADMIN_BASE_URL", "EMAIL_URL"):
    if not env(_name):
        raise ImproperlyConfigured(
            f"The environment variable {_name} is missing; docs/operations.md explains it."
        )
if env("DEBUG"):
    raise ImproperlyConfigured("DEBUG must be off in production; unset the variable.")

DEFAULT_FROM_EMAIL = f"OSUMI <no-reply@{urlsplit(env('WAGTAILADMIN_BASE_URL')).hostname}>"
SERVER_EMAIL = DEFAULT_FROM_EMAIL

# Static files without a web server in front, hashed and compressed by collectstatic.
MIDDLEWARE = [MIDDLEWARE[0], "whitenoise.middleware.WhiteNoiseMiddleware", *MIDDLEWARE[1:]]
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = True
SECURE_HSTS_SECONDS = 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
