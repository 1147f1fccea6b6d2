from contacts.queries.places import (
    Areas,
    Gap,
    areas_on,
    authority,
    county_on,
    days,
    municipalities_on,
    municipality,
    register,
    responsibilities_on,
    responsibility_gaps,
    types_of,
)
from contacts.queries.search import LONGEST_TEXT, search_municipalities

__all__ = [
    "LONGEST_TEXT",
    "Areas",
    "Gap",
    "areas_on",
    "authority",
    "county_on",
    "days",
    "municipalities_on",
    "municipality",
    "register",
    "responsibilities_on",
    "responsibility_gaps",
    "search_municipalities",
    "types_of",
]
