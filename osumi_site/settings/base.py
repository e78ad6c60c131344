"""Settings that all environments share. docs/operations.md explains each variable."""

import re
from importlib.util import find_spec
from pathlib import Path

import environ
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

BASE_DIR = Path(__file__).resolve().parent.parent.parent
VAR_DIR = BASE_DIR / "var"

# What the environment decides, each variable declared here and nowhere else.
env = environ.Env(
    SECRET_KEY=(str, ""),
    DATABASE_URL=(str, f"sqlite:///{VAR_DIR / 'osumi.sqlite3'}"),
    CACHE_URL=(str, "locmemcache://"),
    SEARCH_URL=(str, ""),
    EMAIL_URL=(str, ""),
    MEDIA_ROOT=(str, str(VAR_DIR / "media")),
    MEDIA_ACCEL_LOCATION=(str, ""),
    ALLOWED_HOSTS=(list, []),
    WAGTAILADMIN_BASE_URL=(str, ""),
    MACHINE_TRANSLATION=(str, ""),
    MACHINE_TRANSLATION_URL=(str, ""),
    MACHINE_TRANSLATION_KEY=(str, ""),
    PREVIEW_CLIENT_URL=(str, ""),
    OAI_ADMIN_EMAIL=(str, ""),
    DEBUG=(bool, False),
)

SECRET_KEY = env("SECRET_KEY")
DEBUG = env("DEBUG")
ALLOWED_HOSTS = env("ALLOWED_HOSTS")
WAGTAILADMIN_BASE_URL = env("WAGTAILADMIN_BASE_URL")

INSTALLED_APPS = [
    "home",
    "osumi_search",
    "practices",
    "wagtail_localize",
    "wagtail.locales",
    "wagtail.contrib.settings",
    "wagtail.contrib.routable_page",
    "wagtail.contrib.redirects",
    "wagtail.contrib.search_promotions",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail_modeladmin",
    "wagtail_headless_preview",
    "wagtail.api.v2",
    "wagtail.api.v3",
    "wagtail",
    "modelcluster",
    "taggit",
    "ninja",
    "corsheaders",
    "django_tasks",
    "django_tasks_db",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.humanize",  # translates how long ago something was, in Wagtail
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "corsheaders.middleware.CorsMiddleware",
    "osumi_site.middleware.PathLocaleMiddleware",
    "practices.api.middleware.ApiMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "osumi_site.middleware.AdminLocaleMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "practices.middleware.ModerationMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]

ROOT_URLCONF = "osumi_site.urls"
WSGI_APPLICATION = "osumi_site.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.debug",
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

DATABASES = {"default": env.db_url_config(env("DATABASE_URL"))}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # Write-ahead log, write lock taken at the start of a transaction, and patience: with
    # Django's defaults concurrent editors meet "database is locked".
    DATABASES["default"].setdefault("OPTIONS", {}).update(
        {
            "timeout": 20,
            "transaction_mode": "IMMEDIATE",
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        }
    )
    Path(DATABASES["default"]["NAME"]).parent.mkdir(parents=True, exist_ok=True)
else:
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    DATABASES["default"].setdefault("OPTIONS", {})["pool"] = {"min_size": 1, "max_size": 4}

CACHES = {"default": env.cache_url_config(env("CACHE_URL"))}
if "redis" in CACHES["default"]["BACKEND"]:
    # A page must not fail because the cache is away.
    CACHES["default"]["BACKEND"] = "django_redis.cache.RedisCache"
    CACHES["default"]["OPTIONS"] = {
        "IGNORE_EXCEPTIONS": True,
        "SOCKET_CONNECT_TIMEOUT": 2,
        "SOCKET_TIMEOUT": 2,
    }

# Mail is stored in the transaction that causes it; the worker hands it over with this backend.
EMAIL_BACKEND = "practices.mail.backend.QueueBackend"
if env("EMAIL_URL"):
    vars().update(
        (name, value)
        for name, value in env.email_url_config(env("EMAIL_URL")).items()
        if name != "EMAIL_BACKEND"
    )
    PRACTICES_MAIL_TRANSPORT = "django.core.mail.backends.smtp.EmailBackend"
else:
    EMAIL_FILE_PATH = str(VAR_DIR / "mail")
    PRACTICES_MAIL_TRANSPORT = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_TIMEOUT = 10

# "default" serves Wagtail's search and reference indexes: on commit, so that they see tags and
# child rows. "background" has a worker of its own: `manage.py db_worker --backend background`.
TASKS = {
    "default": {"BACKEND": "practices.tasks.OnCommitBackend"},
    "background": {"BACKEND": "django_tasks_db.DatabaseBackend"},
}

AUTH_USER_MODEL = "home.User"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]

LANGUAGE_CODE = "es"
LANGUAGES = [("es", _("Spanish")), ("pt-br", _("Portuguese"))]
# The second folder supplies messages of Wagtail that its own catalogues lack.
LOCALE_PATHS = [BASE_DIR / "locale", BASE_DIR / "locale" / "wagtail"]
TIME_ZONE = "UTC"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = env("MEDIA_ROOT")
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000

WAGTAIL_SITE_NAME = "OSUMI"
WAGTAIL_I18N_ENABLED = True
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
# Who holds the address can take the account over, and Wagtail asks for no password to change it.
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAILADMIN_USER_PASSWORD_RESET_FORM = "practices.people.mails.PasswordResetForm"  # noqa: S105
WAGTAIL_ALLOW_UNICODE_SLUGS = False
TAGGIT_STRIP_UNICODE_WHEN_SLUGIFYING = True
TAGGIT_CASE_INSENSITIVE = True
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "osumi_search.backends"}}
if url := env("SEARCH_URL"):
    if not re.fullmatch(r"https?://([^/\s@]+@)?[\w.-]+(:\d+)?/?([a-z0-9][a-z0-9_-]*/?)?", url):
        raise ImproperlyConfigured(
            "SEARCH_URL is no address; it may be empty or https://user:password@host:9200/prefix."
        )
    if find_spec("opensearchpy") is None:
        raise ImproperlyConfigured('SEARCH_URL needs a package: pip install "osumi[opensearch]".')
    # The database keeps an index of its own, and answers while the server is away.
    WAGTAILSEARCH_BACKENDS = {
        "default": {
            "BACKEND": "osumi_search.backends.opensearch",
            "URL": url,
            "FALLBACK": "database",
        },
        "database": WAGTAILSEARCH_BACKENDS["default"],
    }

WAGTAILIMAGES_IMAGE_MODEL = "home.CustomImage"
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 10 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 60_000_000
WAGTAILIMAGES_IMAGE_FORM_BASE = "practices.files.forms.ImageForm"
WAGTAILDOCS_DOCUMENT_MODEL = "home.CustomDocument"
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILDOCS_INLINE_CONTENT_TYPES: list[str] = []
WAGTAILDOCS_EXTENSIONS = ["csv", "docx", "odp", "ods", "odt", "pdf", "pptx", "txt", "xlsx"]
WAGTAILDOCS_MAX_UPLOAD_SIZE = 20 * 1024 * 1024
WAGTAILDOCS_DOCUMENT_FORM_BASE = "practices.files.forms.DocumentForm"
PRACTICES_ACCEL_LOCATION = env("MEDIA_ACCEL_LOCATION")

# Moderation decides what goes live, never the state of the source (wagtail-localize).
WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = False
WAGTAILLOCALIZE_DISABLE_ON_DELETE = True

machine_translators = {
    "libretranslate": {
        "CLASS": "practices.translation.machine.LibreTranslate",
        "OPTIONS": {
            "LIBRETRANSLATE_URL": env("MACHINE_TRANSLATION_URL"),
            "API_KEY": env("MACHINE_TRANSLATION_KEY"),
        },
    },
    "deepl": {
        "CLASS": "practices.translation.machine.DeepL",
        "OPTIONS": {
            "URL": env("MACHINE_TRANSLATION_URL"),
            "AUTH_KEY": env("MACHINE_TRANSLATION_KEY"),
        },
    },
}
if name := env("MACHINE_TRANSLATION"):
    if name not in machine_translators:
        raise ImproperlyConfigured(
            f"MACHINE_TRANSLATION is {name!r}; it may be empty or one of {list(machine_translators)}."
        )
    WAGTAILLOCALIZE_MACHINE_TRANSLATOR = machine_translators[name]

# Drafts on a front end: an offer of the editor where there is one. Public pages stay here.
WAGTAIL_HEADLESS_PREVIEW: dict[str, dict[str, str]] = {"CLIENT_URLS": {}}
if url := env("PREVIEW_CLIENT_URL"):
    if not re.fullmatch(r"https?://[\w.-]+(:\d+)?(/[\w./-]*)?", url):
        raise ImproperlyConfigured(
            "PREVIEW_CLIENT_URL is no address; it may be empty or https://host/path/."
        )
    WAGTAIL_HEADLESS_PREVIEW["CLIENT_URLS"]["default"] = url

# What goes live is the very text that the Secretaría approved.
WAGTAIL_FINISH_WORKFLOW_ACTION = "practices.moderation.finish.publish_approved"
WAGTAIL_WORKFLOW_REQUIRE_REAPPROVAL_ON_EDIT = True

WAGTAILADMIN_NOTIFICATION_INCLUDE_SUPERUSERS = False

# Whole days of waiting: when a review is due soon and late, and when one reminder goes out.
PRACTICES_REVIEW_DAYS = {"soon": 5, "late": 10}
PRACTICES_REMINDER_DAYS = 7
WAGTAILAPI_LIMIT_MAX = 100

# Any web page may read the APIs, as nobody: neither cookies nor tokens go along. Drafts are for
# the front end alone, which the view itself says.
CORS_URLS_REGEX = r"^/api/(?!v1/preview/)"
CORS_ALLOW_ALL_ORIGINS = True
CORS_ALLOW_METHODS = ["GET", "HEAD", "OPTIONS"]
CORS_ALLOW_HEADERS = ["accept", "if-modified-since", "if-none-match"]
CORS_EXPOSE_HEADERS = ["Content-Disposition", "ETag", "Last-Modified", "Retry-After"]
PRACTICES_OAI_EMAIL = env("OAI_ADMIN_EMAIL")
