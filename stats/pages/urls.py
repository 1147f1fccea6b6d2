from django.urls import path

from stats.pages import views

app_name = "stats"
urlpatterns = [
    path("", views.newest, name="newest"),
    path("<int:year>/", views.one_year, name="year"),
    path("definitions/", views.definitions, name="definitions"),
]
