from contacts.models.checks import DirectoryCheck
from contacts.models.entries import Action, Contact, Entry, LocalPractice, Revision, ServicePoint
from contacts.models.pauses import Pause
from contacts.models.places import (
    Authority,
    AuthorityKind,
    County,
    District,
    FinnishOrder,
    Municipality,
    MunicipalityCounty,
    MunicipalityDistrict,
    MunicipalityRegion,
    Named,
    PostalCode,
    ReferenceRelease,
    Region,
    Responsibility,
    one_a_day,
)
from contacts.models.search import SearchName
from contacts.models.uploads import Upload

__all__ = [
    "Action",
    "Authority",
    "AuthorityKind",
    "Contact",
    "County",
    "DirectoryCheck",
    "District",
    "Entry",
    "FinnishOrder",
    "LocalPractice",
    "Municipality",
    "MunicipalityCounty",
    "MunicipalityDistrict",
    "MunicipalityRegion",
    "Named",
    "Pause",
    "PostalCode",
    "ReferenceRelease",
    "Region",
    "Responsibility",
    "Revision",
    "SearchName",
    "ServicePoint",
    "Upload",
    "one_a_day",
]
