from django.urls import path

from stats.api import views

urlpatterns = [path("yearly/", views.Yearly.as_view(), name="api-yearly")]
