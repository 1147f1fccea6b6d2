"""The shape of HSDS 3.1 as far as the export uses it, told in our own words as facts.

From the specification's schemas at version 3.1 (object, field, type or format, what is required).
Stricter than they are in one thing: no other fields are allowed, so that a wrong name is seen.
What 3.1 brought and 3.0 does not have: `additional_urls` and `capacities` of a service,
`additional_websites` of an organization, `service_areas` of a service at a location, `label` of
an attribute, and the objects url, unit and service_capacity.
"""

from __future__ import annotations

from typing import Any

# name, or name:kind; kinds are uuid, uri, email, number, date-time, one|of|many, object and [object]; else text.
OBJECTS = {
    "service": (
        "id:uuid organization_id:uuid program_id:uuid name alternate_name description url:uri additional_urls:[url] email:email"
        " status:active|inactive|defunct|temporarily_closed interpretation_services application_process fees_description"
        " wait_time fees accreditations eligibility_description minimum_age:number maximum_age:number assured_date"
        " assurer_email:email licenses alert last_modified:date-time phones:[phone] schedules:[schedule]"
        " service_areas:[service_area] service_at_locations:[service_at_location] languages:[language]"
        " organization:organization contacts:[contact]",
        "id name status",
    ),
    "organization": (
        "id:uuid name alternate_name description email:email website:uri additional_websites:[url] tax_status tax_id"
        " year_incorporated:number legal_status logo uri:uri parent_organization_id:uuid contacts:[contact] phones:[phone]"
        " locations:[location] organization_identifiers:[organization_identifier]",
        "id name description",
    ),
    "organization_identifier": ("id:uuid organization_id:uuid identifier_scheme identifier_type identifier", "id identifier_type identifier"),
    "service_at_location": (
        "id:uuid service_id:uuid location_id:uuid description service_areas:[service_area] contacts:[contact] phones:[phone]"
        " schedules:[schedule] location:location",
        "id",
    ),
    "location": (
        "id:uuid location_type:physical|postal|virtual url:uri organization_id:uuid name alternate_name description"
        " transportation latitude:number longitude:number external_identifier external_identifier_type languages:[language]"
        " addresses:[address] contacts:[contact] phones:[phone] schedules:[schedule]",
        "id location_type",
    ),
    "address": (
        "id:uuid location_id:uuid attention address_1 address_2 city region state_province postal_code country"
        " address_type:physical|postal|virtual",
        "id address_1 city state_province postal_code country address_type",
    ),
    "contact": (
        "id:uuid organization_id:uuid service_id:uuid service_at_location_id:uuid location_id:uuid name title department"
        " email:email phones:[phone]",
        "id",
    ),
    "phone": (
        "id:uuid location_id:uuid service_id:uuid organization_id:uuid contact_id:uuid service_at_location_id:uuid number"
        " extension:number type description languages:[language]",
        "id number",
    ),
    "schedule": (
        "id:uuid service_id:uuid location_id:uuid service_at_location_id:uuid valid_from valid_to dtstart timezone:number until"
        " count:number wkst:MO|TU|WE|TH|FR|SA|SU freq:WEEKLY|MONTHLY interval:number byday byweekno bymonthday byyearday"
        " description opens_at closes_at schedule_link:uri attending_type notes",
        "id",
    ),
    "service_area": ("id:uuid service_id:uuid service_at_location_id:uuid name description extent extent_type uri", "id"),
    "language": ("id:uuid service_id:uuid location_id:uuid phone_id:uuid name code note", "id"),
    "url": ("id:uuid label url:uri organization_id:uuid service_id:uuid", "id url"),
}  # fmt: skip


def schema(name: str) -> dict[str, Any]:
    """A JSON Schema of one object and all that it holds."""
    return {"$ref": f"#/$defs/{name}", "$defs": {name: _object(*facts) for name, facts in OBJECTS.items()}}


def page(name: str) -> dict[str, Any]:
    """A JSON Schema of a page of such objects."""
    figures = {figure: {"type": "integer"} for figure in ("total_items", "total_pages", "page_number", "size")}
    flags = {flag: {"type": "boolean"} for flag in ("first_page", "last_page", "empty")}
    contents = {"contents": {"type": "array", "items": {"$ref": f"#/$defs/{name}"}}}
    return {
        "type": "object",
        "properties": figures | flags | contents,
        "required": [*figures, *flags, *contents],
        "additionalProperties": False,
        "$defs": schema(name)["$defs"],
    }


def _object(fields: str, required: str) -> dict[str, Any]:
    told = dict(field.partition(":")[::2] for field in fields.split())
    return {
        "type": "object",
        "properties": {name: _kind(kind) for name, kind in told.items()},
        "required": required.split(),
        "additionalProperties": False,
    }


def _kind(kind: str) -> dict[str, Any]:
    if kind.startswith("["):
        return {"type": "array", "items": {"$ref": f"#/$defs/{kind[1:-1]}"}}
    if kind in OBJECTS:
        return {"$ref": f"#/$defs/{kind}"}
    if "|" in kind:
        return {"type": "string", "enum": [choice.replace("_", " ") for choice in kind.split("|")]}
    if kind == "number":
        return {"type": "number"}
    return {"type": "string", "format": kind} if kind else {"type": "string"}
