"""Addresses of the directory's pages."""

from django.urls import path

from contacts.pages import authority, completeness, desk, exporting, importing, keeping, municipality, search

app_name = "contacts"
urlpatterns = [
    path("", search.search, name="search"),
    path("municipalities/<str:code>/", municipality.municipality_page, name="municipality"),
    path("authorities/<str:code>/", authority.authority_page, name="authority"),
    path("authorities/<str:code>/pauses/", authority.pauses, name="pauses"),
    path("desk/", desk.desk, name="desk"),
    path("entries/new/<str:kind>/", keeping.new, name="new"),
    path("entries/<str:kind>/<uuid:id>/", keeping.entry, name="entry"),
    path("entries/<str:kind>/<uuid:id>/confirm/", keeping.confirm, name="confirm"),
    path("entries/<str:kind>/<uuid:id>/agree/", keeping.agree, name="agree"),
    path("entries/<str:kind>/<uuid:id>/remove/", keeping.remove, name="remove"),
    path("entries/<str:kind>/<uuid:id>/undo/", keeping.undo, name="undo"),
    path("entries/<str:kind>/<uuid:id>/history/", keeping.history, name="history"),
    path("completeness/", completeness.page, name="completeness"),
    path("import/", importing.import_page, name="import"),
    path("import/<uuid:batch>/", importing.imported, name="imported"),
    path("export/", exporting.export_file, name="export"),
]
