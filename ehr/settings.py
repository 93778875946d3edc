"""All settings, driven by the environment; every NAME is also read from the file in NAME_FILE. How the API describes itself
stands in ehr.openapi."""

import os
import secrets
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import environ
from csp.constants import NONE, SELF

from ehr import environment, logs
from ehr.lib.broker import broker_url
from ehr.openapi import SPECTACULAR_SETTINGS as SPECTACULAR_SETTINGS

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = environment.VAR
ENVIRONMENT = environment.read(os.environ, VAR_DIR)

env = environ.Env()
env.ENVIRON = ENVIRONMENT

# --- Mode -------------------------------------------------------------------------------------------------
DEBUG = env.bool("EHR_DEBUG", default=False)
EHR_DEMO = env.bool("EHR_DEMO", default=False)
EHR_DEMO_EMPLOYEES = env.int("EHR_DEMO_EMPLOYEES", default=3000)  # 0: the cast alone, without a history
EHR_BASE_URL = env("EHR_BASE_URL", default=f"http://127.0.0.1:{env('PORT', default='8000')}").rstrip("/")
LOCAL_HOSTS = ["127.0.0.1", "localhost"]  # health checks come by these, whatever the address people type
ALLOWED_HOSTS = [*env.list("EHR_ALLOWED_HOSTS", default=[]), *LOCAL_HOSTS]

# --- Secrets: ehr.production refuses to serve without; commands that need none get a key nobody knows ----------
SECRET_KEY = env("EHR_SECRET_KEY", default="") or secrets.token_urlsafe(48)
EHR_FIELD_KEYS = env("EHR_FIELD_KEYS", default="")  # "id:base64,id:base64", newest first
EHR_CHECKPOINT_KEY = env("EHR_CHECKPOINT_KEY", default="")  # base64 of an Ed25519 seed
EHR_METRICS_TOKEN = env("EHR_METRICS_TOKEN", default="")
TESTING = "PYTEST_VERSION" in os.environ

# --- Name on screen ---------------------------------------------------------------------------------------
PRODUCT_NAME = {"zh-hans": "离职协同", "en": "EHR Offboarding"}

# --- Apps -------------------------------------------------------------------------------------------------
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "ehr",
    "ehr.identity",
    "ehr.units",
    "ehr.record",
    "ehr.access",
    "ehr.crypto",
    "ehr.deadlines",
    "ehr.notices",
    "ehr.once",
    "ehr.documents",
    "ehr.health",
    "employees",
    "performance",
    "handover",
    "offboarding",
    "integrations",
    "analytics",
    "demo",
    "guardian",
    "rest_framework",
    "django_filters",
    "django_htmx",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "axes",
]

MIDDLEWARE = [
    "ehr.record.requests.RequestIdMiddleware",
    "ehr.request_log.RequestLogMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "ehr.private.PrivateMiddleware",
    "csp.middleware.CSPMiddleware",
    "ehr.methods.MethodsMiddleware",
    "ehr.sizes.SizeMiddleware",
    "ehr.nul.NulMiddleware",
    "handover.quiet.QuietTalksMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "ehr.identity.middleware.IdleMiddleware",
    "ehr.identity.middleware.NarrowDoorMiddleware",
    "ehr.identity.middleware.SecondFactorMiddleware",
    "ehr.error_pages.ErrorPagesMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "ehr.urls"
WSGI_APPLICATION = "ehr.wsgi.application"

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
                "ehr.identity.demo.sign_in_page",
            ],
        },
    },
]

# --- Database: PostgreSQL, the only truth -----------------------------------------------------------------
DATABASES = {
    "default": {
        **env.db("DATABASE_URL", default="postgres:///ehr"),
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "TEST": {"NAME": env("EHR_TEST_DB", default="test_ehr")},
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- The doorbell -----------------------------------------------------------------------------------------
REDIS_URL = env("REDIS_URL", default="")
CELERY_BROKER_URL = broker_url(REDIS_URL)
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_MAX_TASKS_PER_CHILD = 2000
CELERY_TASK_PUBLISH_RETRY = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {"socket_timeout": 2, "socket_connect_timeout": 0.3}
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TIMEZONE = "Asia/Shanghai"

# --- Who you are ------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "identity.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "ehr.identity.backends.PasswordBackend",
    "ehr.identity.backends.DoorBackend",
]
ACCOUNT_ADAPTER = "ehr.identity.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = True  # until SESSION_COOKIE_AGE; idle ends come from ehr.identity.idle
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_RATE_LIMITS = {"login": "60/m/ip", "login_failed": "30/m/ip,10/5m/key"}  # axes counts passwords too
MFA_ADAPTER = "ehr.identity.adapters.MfaAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = PRODUCT_NAME["en"]
MFA_TOTP_TOLERANCE = 1
ANONYMOUS_USER_NAME = None
SILENCED_SYSTEM_CHECKS = ["guardian.W001"]  # named grants are read by ehr.access, not by a backend
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
SESSION_COOKIE_AGE = 7 * 24 * 3600  # at the longest; ehr.identity.idle ends most of them earlier
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_TEMPLATE = "account/locked.html"
AXES_DISABLE_ACCESS_LOG = True
AXES_VERBOSE = False
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

# --- What a browser may do --------------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "base-uri": [NONE],
        "object-src": [NONE],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
    }
}
IS_HTTPS = EHR_BASE_URL.startswith("https://")
CSRF_TRUSTED_ORIGINS = [EHR_BASE_URL]
CSRF_COOKIE_SECURE = SESSION_COOKIE_SECURE = IS_HTTPS
CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if IS_HTTPS else None
SECURE_HSTS_SECONDS = 31_536_000 if IS_HTTPS else 0
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

# --- Language and time ------------------------------------------------------------------------------------
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "ehr" / "locale"]
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"

# --- Static and files -------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
MEDIA_ROOT = Path(urlsplit(env("EHR_MEDIA_URL", default=f"file://{VAR_DIR / 'media'}")).path)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"},
}
FILE_UPLOAD_PERMISSIONS = 0o600
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024**2
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
EHR_FILE_BYTES = 20 * 1024**2  # one attachment
EHR_IMPORT_BYTES = 200 * 1024**2  # one import file

# --- Cache: tries of passwords and codes, counted in PostgreSQL for all processes together; no page reads it -----
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "once_cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    },
    "local": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "OPTIONS": {"MAX_ENTRIES": 10_000}},
}

# --- Mail -------------------------------------------------------------------------------------------------
EMAIL_CONFIG = env.email_url("EMAIL_URL", default="consolemail://")
vars().update(EMAIL_CONFIG)
DEFAULT_FROM_EMAIL = env("EHR_FROM_EMAIL", default="hr@localhost")
EMAIL_BACKEND = "integrations.mail.EffectBackend"  # the one way out; EMAIL_URL names the server behind it

# --- Out to other systems: public addresses, and what is opened here ----------------------------------------
EHR_EGRESS_NETWORKS = env.list("EHR_EGRESS_NETWORKS", default=[])  # the company's own ranges, "10.20.0.0/16"
EHR_EGRESS_LOOPBACK = env.bool("EHR_EGRESS_LOOPBACK", default=EHR_DEMO)  # the demo's receivers

# --- Log --------------------------------------------------------------------------------------------------
LOGGING = logs.configuration(env("EHR_LOG_LEVEL", default="INFO"))
CELERY_WORKER_HIJACK_ROOT_LOGGER = False

# --- API --------------------------------------------------------------------------------------------------
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "ehr.api.authentication.BearerTokenAuthentication",
        "ehr.api.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_PARSER_CLASSES": [
        "ehr.api.parsing.JSONParser",
        "rest_framework.parsers.MultiPartParser",
    ],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_SCHEMA_CLASS": "ehr.api.schema.Schema",
    "DEFAULT_THROTTLE_CLASSES": ["ehr.api.throttles.PerCaller"],
    "DEFAULT_THROTTLE_RATES": {"caller": env("EHR_API_RATE", default="1200/min")},
    "EXCEPTION_HANDLER": "ehr.api.problems.handle",
    "COERCE_DECIMAL_TO_STRING": True,
}
