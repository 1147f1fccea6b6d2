import os
from importlib import import_module

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kela_kunta.settings")

application = get_wsgi_application()
# All that answers is there before the first question, and once for all workers.
import_module(settings.ROOT_URLCONF)
