from django.apps import AppConfig


class IntegrationConfig(AppConfig):
    name = "kela_kunta.integration"
