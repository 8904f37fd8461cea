"""Settings: one file, safe defaults, every value of the operator read through newsroom.env.

Each variable read here has a row in docs/settings.md; a house rule compares the two.
The defaults need no service: SQLite, a broker of files, media and secrets under var/.
"""

from pathlib import Path
from urllib.parse import urlsplit

from articles.embeds.providers import FRAME_ORIGINS
from newsroom import env
from newsroom.editor import CKEDITOR_CONFIGS  # noqa: F401  (django-ckeditor reads it from here)
from newsroom.paths import BASE_DIR, VAR_DIR
from newsroom.settings_celery import *  # noqa: F403
from newsroom.settings_reactions import *  # noqa: F403

# --- What this process is -------------------------------------------------------------------
DEBUG = env.env_bool("DEBUG", False)
# Local use (`make run`) sets this; production leaves it off and must then name its secret and hosts.
LOCAL = env.env_bool("LOCAL", False)
SECRET_KEY = env.env_secret(
    "SECRET_KEY", local_file=VAR_DIR / "secret_key", required=not (DEBUG or LOCAL)
)
SECRET_KEY_FALLBACKS = env.env_list("SECRET_KEY_FALLBACKS", [])
LOCAL_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
ALLOWED_HOSTS = env.env_list("ALLOWED_HOSTS", LOCAL_HOSTS if DEBUG or LOCAL else [])
# Absolute URLs (feeds, canonical, cards) come from here, never from a request's Host header.
SITE_URL = env.env_url(
    "SITE_URL", "http://localhost:8000", schemes=frozenset({"http", "https"})
).rstrip("/")
SITE_NAME = env.env_str("SITE_NAME", "Newsroom")
SITE_TAGLINE = env.env_str("SITE_TAGLINE", "Culture, as it happens")
HTTPS = SITE_URL.startswith("https://")
CSRF_TRUSTED_ORIGINS = [SITE_URL]

INSTALLED_APPS = [
    "newsroom.desk.DeskConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "newsroom.static.NewsroomStaticFilesConfig",
    "django.contrib.sitemaps",
    "csp",
    "taggit",
    "ckeditor",
    "articles.apps.ArticlesConfig",
    "reactions.apps.ReactionsConfig",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "newsroom.middleware.SecurityHeadersMiddleware",
    "newsroom.middleware.PolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "newsroom.middleware.StaffPolicyMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

APPEND_SLASH = False  # articles.views.old_address does it, knowing the redirects

ROOT_URLCONF = "newsroom.urls"
WSGI_APPLICATION = "newsroom.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "newsroom.context.site",
            ],
        },
    },
]

# --- Stores ---------------------------------------------------------------------------------
DATABASES = {"default": env.env_database("DATABASE_URL", default_file=VAR_DIR / "db.sqlite3")}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # These four belong together: WAL alone ends in "database is locked" within seconds.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous="
        + env.env_choice(
            "SQLITE_SYNCHRONOUS", "NORMAL", choices=frozenset({"NORMAL", "FULL", "EXTRA"})
        ),
    }
else:
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
# One connection per blocking thread stays open; the server starts one thread a worker. On SQLite
# whoever closes the last one moves the whole log into the database, 20 ms of waiting for the disk,
# and the prepared statements go with each.
DATABASES["default"]["CONN_MAX_AGE"] = env.env_int("DATABASE_CONN_MAX_AGE_SECONDS", 60)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHE_URL = env.env_url("CACHE_URL", "locmem://", schemes=frozenset({"locmem", "redis", "rediss"}))
CACHES = {
    "default": (
        {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "newsroom"}
        if CACHE_URL.startswith("locmem")
        else {
            "BACKEND": "newsroom.cache.FailOpenRedisCache",
            "LOCATION": CACHE_URL,
            "OPTIONS": {"socket_connect_timeout": 0.05, "socket_timeout": 0.2},
        }
    )
}

# What a web process keeps of whole pages (articles.caching); 0 makes each anew.
PAGE_CACHE_MB = env.env_int("PAGE_CACHE_MB", 64, minimum=0)
# What a process keeps of its pages' pieces (articles.fragments); 0 makes each anew.
FRAGMENT_BYTES = env.env_int("FRAGMENT_BYTES", 16_000_000, minimum=0)

# Originals are private: only re-encoded renditions are ever served (docs/architecture.md, photos).
MEDIA_BUCKET = env.env_str("MEDIA_S3_BUCKET")
MEDIA_ROOT = Path(env.env_str("MEDIA_ROOT", str(VAR_DIR / "media")))
MEDIA_URL = "/media/"
# On with deploy/nginx.conf: Newsroom says that a picture may be shown, nginx sends it.
NGINX_SENDS_MEDIA = env.env_bool("NGINX_SENDS_MEDIA", False)
S3_OPTIONS = {
    "bucket_name": MEDIA_BUCKET,
    "endpoint_url": env.env_str("MEDIA_S3_ENDPOINT") or None,
    "region_name": env.env_str("MEDIA_S3_REGION") or None,
}
STORAGES = {
    "default": (
        {
            "BACKEND": "storages.backends.s3.S3Storage",
            "OPTIONS": {**S3_OPTIONS, "location": "public", "querystring_auth": False},
        }
        if MEDIA_BUCKET
        else {
            "BACKEND": "newsroom.storage.WholeFileStorage",
            "OPTIONS": {"location": MEDIA_ROOT / "public", "base_url": MEDIA_URL},
        }
    ),
    "originals": (
        {
            "BACKEND": "storages.backends.s3.S3Storage",
            "OPTIONS": {
                **S3_OPTIONS,
                "location": "private",
                "querystring_auth": True,
                "default_acl": "private",
            },
        }
        if MEDIA_BUCKET
        else {
            "BACKEND": "newsroom.storage.WholeFileStorage",
            "OPTIONS": {"location": MEDIA_ROOT / "private"},
        }
    ),
    "staticfiles": {"BACKEND": "newsroom.static.StaticStorage"},
}
STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
FILE_UPLOAD_MAX_MEMORY_SIZE = 5_000_000
DATA_UPLOAD_MAX_MEMORY_SIZE = 5_000_000
# A gallery of 500 photos (articles.admin.form_rows) has nine fields for each.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 6_000

# --- Language and time ----------------------------------------------------------------------
LANGUAGE_CODE = env.env_str("LANGUAGE_CODE", "en")
FORMAT_MODULE_PATH = ["newsroom.formats"]  # the desk writes dates as the paper does
TIME_ZONE = env.env_str("TIME_ZONE", "UTC")
USE_I18N = True
USE_TZ = True

# --- People ---------------------------------------------------------------------------------
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "admin:login"
CSRF_FAILURE_VIEW = "newsroom.views.csrf_failure"

# --- Headers: strict from the first day (docs/architecture.md, security) --------------------
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = env.env_bool("HSTS_PRELOAD", False)
SECURE_SSL_REDIRECT = env.env_bool("SSL_REDIRECT", HTTPS)
BEHIND_PROXY = env.env_bool("BEHIND_PROXY", False)
if BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
# Not "same-origin": YouTube's player answers Error 153 to a frame without a referrer.
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrf"
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_HTTPONLY = True
# Pictures come from here, or from where the operator keeps the renditions.
MEDIA_ORIGIN = env.env_str("MEDIA_ORIGIN")
IMG_SRC = ["'self'", *([MEDIA_ORIGIN] if MEDIA_ORIGIN else [])]
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": IMG_SRC,
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "manifest-src": ["'self'"],
        "frame-src": sorted(FRAME_ORIGINS),
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
        "object-src": ["'none'"],
        "require-trusted-types-for": ["'script'"],
    }
}
# What differs on the admin's pages: its jQuery writes HTML, its pop-ups are its own.
STAFF_CSP_CHANGES: dict[str, list[str] | None] = {
    "require-trusted-types-for": None,
    "img-src": [*IMG_SRC, "data:"],
}
SILENCED_SYSTEM_CHECKS = [
    # CKEditor 4 has unfixed security issues. The server sanitises every body on every way in:
    # tests/newsroom/test_html.py proves it on the hostile cases.
    "ckeditor.W001",
    # HSTS preload is a promise for all sub-domains that the operator has to make (HSTS_PRELOAD).
    "security.W021",
]

TAGGIT_CASE_INSENSITIVE = True

# --- The newsroom's own choices -------------------------------------------------------------
# Hosts of the site that was moved from: links to them become paths of ours.
OLD_SITE_HOSTS = env.env_list("OLD_SITE_HOSTS", [])
# Feeds carry the whole text of their stories, and not the standfirst alone.
FEED_FULL_TEXT = env.env_bool("FEED_FULL_TEXT", False)
# Tests only: "127.0.0.1:PORT" entries that the outbound HTTP door may reach in spite of its rules.
HTTP_TEST_ADDRESSES: list[str] = []
EMBED_USER_AGENT = env.env_str("EMBED_USER_AGENT", f"Newsroom/0.1 (+{SITE_URL})")
# Off: cards are made from what the address says alone, and no provider is ever asked.
EMBED_FETCH = env.env_bool("EMBED_FETCH", True)
# To one host, of all workers together, twice as many at once. Meta's own limits are in the code.
EMBED_REQUESTS_PER_SECOND = env.env_int("EMBED_REQUESTS_PER_SECOND", 5, minimum=1)

# Off: a HEIC is refused with what to send instead.
HEIC_UPLOADS = env.env_bool("HEIC_UPLOADS", False)

# Without a mail server nothing is written to anybody; the board says it all.
EMAIL_URL = env.env_str("EMAIL_URL")
globals().update(env.env_email("EMAIL_URL"))
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env.env_str("EMAIL_FROM", f"newsroom@{urlsplit(SITE_URL).hostname}")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.env_str("LOG_LEVEL", "INFO")},
    "loggers": {"django.request": {"level": "ERROR"}},
}
