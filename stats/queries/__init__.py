from stats.queries.tables import DIMENSIONS, Table, Wanted, table
from stats.queries.years import AreaRow, Year, by_region, counted_years, year

__all__ = ["DIMENSIONS", "AreaRow", "Table", "Wanted", "Year", "by_region", "counted_years", "table", "year"]
