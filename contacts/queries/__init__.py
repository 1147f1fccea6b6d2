from contacts.queries.places import (
    LONGEST_NAME,
    Areas,
    Gap,
    areas_on,
    days,
    municipalities_on,
    municipality,
    register,
    responsibilities_on,
    responsibility_gaps,
    search_municipalities,
)

__all__ = [
    "LONGEST_NAME",
    "Areas",
    "Gap",
    "areas_on",
    "days",
    "municipalities_on",
    "municipality",
    "register",
    "responsibilities_on",
    "responsibility_gaps",
    "search_municipalities",
]
