from django.apps import AppConfig


class BaseConfig(AppConfig):
    name = "kela_kunta.base"
    label = "base"
