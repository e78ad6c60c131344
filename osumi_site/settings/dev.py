"""Development and the demo: works without any variable."""

from .base import *  # noqa: F403
from .base import WAGTAILADMIN_BASE_URL, env

SECRET_KEY = env("SECRET_KEY") or "insecure-key-of-development-only"
DEBUG = env.bool("DEBUG", default=True)
ALLOWED_HOSTS = env("ALLOWED_HOSTS") or ["localhost", "127.0.0.1", "[::1]"]
WAGTAILADMIN_BASE_URL = WAGTAILADMIN_BASE_URL or "http://127.0.0.1:8000"
# A receiver on this machine, without a certificate, may be told.
PRACTICES_WEBHOOKS_LOCAL = DEBUG
AUTH_PASSWORD_VALIDATORS = []
