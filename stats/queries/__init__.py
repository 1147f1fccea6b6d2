from stats.queries.following import followed
from stats.queries.inhabitants import inhabitants, population_year
from stats.queries.publishing import Published, TooManyCells
from stats.queries.shown import limited, shown
from stats.queries.tables import DIMENSIONS, Table, Wanted, table
from stats.queries.work import together, work, work_by_home, work_by_receiver
from stats.queries.years import AreaRow, Year, by_type, counted_years, year

__all__ = [
    "DIMENSIONS",
    "AreaRow",
    "Published",
    "Table",
    "TooManyCells",
    "Wanted",
    "Year",
    "by_type",
    "counted_years",
    "followed",
    "inhabitants",
    "limited",
    "population_year",
    "shown",
    "table",
    "together",
    "work",
    "work_by_home",
    "work_by_receiver",
    "year",
]
