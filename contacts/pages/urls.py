"""Addresses of the directory's pages."""

from django.urls import path

from contacts.pages import authority, completeness, exporting, importing, municipality, search

app_name = "contacts"
urlpatterns = [
    path("", search.search, name="search"),
    path("municipalities/<str:code>/", municipality.municipality_page, name="municipality"),
    path("authorities/<str:code>/", authority.authority_page, name="authority"),
    path("authorities/<str:code>/pauses/", authority.pauses, name="pauses"),
    path("completeness/", completeness.page, name="completeness"),
    path("import/", importing.import_page, name="import"),
    path("import/<uuid:batch>/", importing.imported, name="imported"),
    path("export/", exporting.export_file, name="export"),
]
