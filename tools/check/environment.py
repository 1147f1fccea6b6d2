"""Settings as in production, for checks that need some: no secret, no server."""

PRODUCTION = {
    "DJANGO_SETTINGS_MODULE": "kela_kunta.settings",
    "DATABASE_URL": "postgresql://kela_kunta_app:password@127.0.0.1:1/kela_kunta",
    "SECRET_KEY": "only-for-checks-0123456789-abcdefghijklmnopqrstuvwxyz-ABCDEFG",
    "ALLOWED_HOSTS": "kela-kunta.example",
    "PUBLIC_URL": "https://kela-kunta.example",
    "SEALING_KEYS": "1:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
    "INDEX_KEY": "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
    "EMAIL_URL": "smtp+tls://kela-kunta:password@mail.example",
    "EMAIL_FROM": "no-reply@kela-kunta.example",
    "KELA_KUNTA_DEMO": "0",
}
