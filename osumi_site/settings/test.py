"""The test suite: real databases, fast password hashes, files in a folder of its own."""

from pathlib import Path

from .base import *  # noqa: F403
from .base import DATABASES, VAR_DIR

SECRET_KEY = "insecure-key-of-the-tests-only"  # noqa: S105
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
WAGTAILADMIN_BASE_URL = "http://testserver"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = []
# Tests of limits set their own.
PRACTICES_API_RATE = {"address": None, "owner": None}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
MEDIA_ROOT = str(VAR_DIR / "test-media")
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # A file, not memory: threads of the live server and of the concurrency tests share it.
    # Named after the database, so that two runs at once may each have one.
    database = Path(DATABASES["default"]["NAME"])
    DATABASES["default"]["TEST"] = {"NAME": str(database.with_name(f"test-{database.name}"))}
else:
    # One connection per thread; the pool would outlive the test database.
    DATABASES["default"]["OPTIONS"].pop("pool")
