from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "kela_kunta.demo"
    label = "demo"
