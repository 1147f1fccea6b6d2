from django.urls import path

from stats.pages import areas, compare, definitions, own, report, tables, work, year

app_name = "stats"
urlpatterns = [
    path("", year.newest, name="newest"),
    path("compare/", compare.compare, name="compare"),
    path("definitions/", definitions.definitions, name="definitions"),
    path("<int:year>/", year.one_year, name="year"),
    path("<int:year>/report/", report.report, name="report"),
    path("<int:year>/table/", tables.table, name="table"),
    path("<int:year>/export/", tables.export, name="export"),
    path("<int:year>/handling/", work.work, name="work"),
    path("<int:year>/own/", own.own, name="own"),
    path("<int:year>/by/<str:kind>/", areas.by_area, name="by_area"),
    path("<int:year>/by/<str:kind>/<str:code>/", areas.one_area, name="one_area"),
]
