"""The product's settings, quicker and stricter."""

from kela_kunta.settings import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}  # noqa: F405
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
ACCOUNT_RATE_LIMITS = False
API_CALLS_PER_MINUTE = TOKENS_PER_MINUTE = STATISTICS_CALLS_PER_MINUTE = 1_000_000
