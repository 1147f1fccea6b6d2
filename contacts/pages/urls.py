"""Addresses of the directory's pages."""

from django.urls import path

from contacts.pages import completeness, exporting, importing, search

app_name = "contacts"
urlpatterns = [
    path("", search.search, name="search"),
    path("completeness/", completeness.page, name="completeness"),
    path("import/", importing.import_page, name="import"),
    path("import/<uuid:batch>/", importing.imported, name="imported"),
    path("export/", exporting.export_file, name="export"),
]
