"""Who receives: the worked examples of the domain, each rule alone, and what holds for every case there is."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contacts import queries
from contacts.rules.register import Authority, Duty, Municipality, Register
from referrals.rules.routing import Case, Places, Reason, Routed, Unroutable, route
from referrals.types import TYPES

ORDER = {
    "supplementary_application": Places.URGENT_STAY_PERMANENT,
    "social_work_need": Places.URGENT_STAY,
    "under_25": Places.HOME_ONLY,
    "immigrant": Places.HOME_ONLY,
    "lowered_basic_amount": Places.HOME,
    "over_25": Places.HOME_ONLY,
}
SOCIAL = [type for type in ORDER if type != "immigrant"]
NEW_YEAR_2023, NEW_YEAR_2025 = date(2023, 1, 1), date(2025, 1, 1)
LAST_OF_2022, LAST_OF_2024 = date(2022, 12, 31), date(2024, 12, 31)
MARCH_2026 = date(2026, 3, 10)

TAMPERE, HELSINKI, LAPPEENRANTA, OULU, TURKU, KAUNIAINEN = "837", "091", "405", "564", "853", "235"
HONKAJOKI, KANKAANPAA, VALTIMO, NURMES, MARIEHAMN = "099", "214", "911", "541", "478"


def municipality(code: str, until: date | None = None, successor: str | None = None, **facts: bool) -> Municipality:
    return Municipality(code, code, code, None, until, successor, **facts)


def duties_of(code: str, county: str, *, until_2022: str) -> list[tuple[str, str, Duty]]:
    """As it went nearly everywhere: until 2022 the municipality or its joint authority, then the county; immigrant
    notices to the municipality itself until 2022 and again from 2025."""
    social = [Duty(until_2022, date(2017, 1, 1), LAST_OF_2022), Duty(county, NEW_YEAR_2023, None)]
    immigrant = [
        Duty(f"municipality-{code}", date(2017, 1, 1), LAST_OF_2022),
        Duty(county, NEW_YEAR_2023, LAST_OF_2024),
        Duty(f"municipality-{code}", NEW_YEAR_2025, None),
    ]
    return [(code, type, duty) for type in SOCIAL for duty in social] + [
        (code, "immigrant", duty) for duty in immigrant
    ]


@pytest.fixture
def by_hand() -> Register:
    duties = [
        *duties_of(TAMPERE, "county-08", until_2022="municipality-837"),
        *duties_of(HELSINKI, "county-90", until_2022="municipality-091"),
        *duties_of(LAPPEENRANTA, "county-11", until_2022="joint-eksote"),
        *duties_of(OULU, "county-19", until_2022="municipality-564"),
        *duties_of(TURKU, "county-05", until_2022="municipality-853"),
        *duties_of(KAUNIAINEN, "county-03", until_2022="municipality-235"),
        *duties_of(KANKAANPAA, "county-06", until_2022="joint-posa"),
        *duties_of(NURMES, "county-14", until_2022="joint-siunsote"),
        *((VALTIMO, type, Duty("joint-siunsote", date(2017, 1, 1), date(2019, 12, 31))) for type in SOCIAL),
        *((HONKAJOKI, type, Duty("joint-posa", date(2017, 1, 1), date(2020, 12, 31))) for type in SOCIAL),
    ]
    return Register(
        [
            *map(municipality, (TAMPERE, HELSINKI, LAPPEENRANTA, OULU, TURKU, KAUNIAINEN, KANKAANPAA, NURMES)),
            municipality(HONKAJOKI, date(2020, 12, 31), KANKAANPAA),
            municipality(VALTIMO, date(2019, 12, 31), NURMES),
            municipality(MARIEHAMN, aland=True),
        ],
        [Authority(code, "", code, code, code) for code in {duty.authority for _, _, duty in duties}],
        duties,
    )


@pytest.fixture
def as_loaded(db: None) -> Register:
    return queries.register()


def case(type: str, home: str | None, stay: str | None = None, *, urgent: bool = False, **facts: str) -> Case:
    return Case(type, ORDER[type], home, place_of_stay=stay, urgent=urgent, **facts)


APPLICATION, SOCIAL_WORK = "supplementary_application", "social_work_need"
# Domain, section 4: number, case, day, authority or None, and what the reason must say at least.
EXAMPLES = [
    (1, case(APPLICATION, TAMPERE), date(2017, 4, 3), "municipality-837", Reason("home", {"until": "2022-12-31"})),
    (2, case(APPLICATION, TAMPERE), date(2023, 1, 2), "county-08", Reason("home", {"since": "2023-01-01"})),
    (
        3, case(APPLICATION, TAMPERE, HELSINKI, urgent=True), MARCH_2026, "county-90",
        Reason("urgent_stay", {"place": HELSINKI}),
    ),
    (4, case(APPLICATION, TAMPERE, HELSINKI), MARCH_2026, "county-08", Reason("home", {"place": TAMPERE})),
    (5, case("immigrant", TAMPERE), MARCH_2026, "municipality-837", Reason("home", {"since": "2025-01-01"})),
    (
        6, case("immigrant", TAMPERE), date(2024, 3, 10), "county-08",
        Reason("home", {"since": "2023-01-01", "until": "2024-12-31"}),
    ),
    (7, case("under_25", LAPPEENRANTA), date(2017, 10, 30), "joint-eksote", Reason("home")),
    (
        8, case(SOCIAL_WORK, HONKAJOKI), date(2021, 5, 5), "joint-posa",
        Reason("home", {"place": HONKAJOKI, "merged_into": KANKAANPAA, "merged_on": "2021-01-01"}),
    ),
    (9, case(SOCIAL_WORK, VALTIMO), date(2019, 5, 5), "joint-siunsote", Reason("home", {"place": VALTIMO})),
    (
        10, case(SOCIAL_WORK, None, OULU, urgent=True), MARCH_2026, "county-19",
        Reason("no_home_stay", {"place": OULU}),
    ),
    (11, case("under_25", None, OULU), MARCH_2026, None, Reason("U2")),
    (12, case(APPLICATION, MARIEHAMN), MARCH_2026, None, Reason("U3", {"place": MARIEHAMN})),
    (
        13, case(APPLICATION, MARIEHAMN, TURKU, urgent=True), MARCH_2026, "county-05",
        Reason("urgent_stay", {"place": TURKU}),
    ),
    (14, case(SOCIAL_WORK, KAUNIAINEN), MARCH_2026, "county-03", Reason("home", {"place": KAUNIAINEN})),
    (15, case(APPLICATION, TAMPERE), LAST_OF_2022, "municipality-837", Reason("home")),
    ("15, an hour later", case(APPLICATION, TAMPERE), NEW_YEAR_2023, "county-08", Reason("home")),
]


@pytest.mark.parametrize("source", ["by_hand", "as_loaded"])
@pytest.mark.parametrize(
    ("given_case", "on", "authority", "reason"),
    [pytest.param(*example, id=str(number)) for number, *example in EXAMPLES],
)
def test_worked_example_goes_where_the_domain_says_and_says_why(given_case, on, authority, reason, source, request):
    result = route(given_case, request.getfixturevalue(source), on=on)
    assert (result.authority if isinstance(result, Routed) else None) == authority
    assert result.reason.code == reason.code
    assert reason.params.items() <= result.reason.params.items()


def test_every_type_sends_where_its_law_says():
    assert {code: type.places for code, type in TYPES.items()} == ORDER


def test_a_municipality_not_yet_merged_goes_by_its_own_duty(by_hand):
    reason = route(case(SOCIAL_WORK, VALTIMO), by_hand, on=date(2019, 12, 31)).reason
    assert "merged_into" not in reason.params
    reason = route(case(SOCIAL_WORK, VALTIMO), by_hand, on=date(2020, 1, 1)).reason
    assert (reason.params["merged_into"], reason.params["merged_on"]) == (NURMES, "2020-01-01")


def test_a_municipality_merged_twice_says_when_it_came_to_the_last_one():
    twice = Register(
        [municipality("001", date(2018, 12, 31), "002"), municipality("002", date(2020, 12, 31), "003"), municipality("003")],
        [],
        [("003", APPLICATION, Duty("county-01", None, None))],
    )
    result = route(case(APPLICATION, "001"), twice, on=date(2021, 1, 1))
    assert result.authority == "county-01"
    assert result.reason.params["merged_into"] == "003"
    assert result.reason.params["merged_on"] == "2021-01-01"


def test_urgent_without_place_of_stay_goes_home_and_the_reason_warns(by_hand):
    for type in (APPLICATION, SOCIAL_WORK):
        result = route(case(type, TAMPERE, urgent=True), by_hand, on=MARCH_2026)
        assert (result.authority, result.reason.code) == ("county-08", "urgent_stay_not_given")


def test_urgent_goes_to_the_place_of_stay_before_the_permanent_stay(by_hand):
    urgent = case(APPLICATION, None, OULU, urgent=True, permanent_stay=TURKU)
    result = route(urgent, by_hand, on=MARCH_2026)
    assert (result.authority, result.reason.code) == ("county-19", "urgent_stay")


def test_application_that_can_wait_goes_to_the_permanent_stay(by_hand):
    result = route(case(APPLICATION, TAMPERE, HELSINKI, permanent_stay=TURKU), by_hand, on=MARCH_2026)
    assert (result.authority, result.reason.code) == ("county-05", "permanent_stay")


def test_permanent_stay_at_home_is_no_other_place(by_hand):
    result = route(case(APPLICATION, TAMPERE, permanent_stay=TAMPERE), by_hand, on=MARCH_2026)
    assert (result.authority, result.reason.code) == ("county-08", "home")


@pytest.mark.parametrize("type", [SOCIAL_WORK, "lowered_basic_amount", "under_25", "over_25"])
def test_permanent_stay_moves_applications_only(type, by_hand):
    assert route(case(type, TAMPERE, permanent_stay=TURKU), by_hand, on=MARCH_2026).authority == "county-08"


@pytest.mark.parametrize("type", [APPLICATION, SOCIAL_WORK, "lowered_basic_amount"])
def test_without_home_the_permanent_stay_comes_before_the_place_of_stay(type, by_hand):
    result = route(case(type, None, OULU, permanent_stay=TURKU), by_hand, on=MARCH_2026)
    assert (result.authority, result.reason.code) == ("county-05", "no_home_permanent_stay")
    result = route(case(type, None, OULU), by_hand, on=MARCH_2026)
    assert (result.authority, result.reason.code) == ("county-19", "no_home_stay")
    assert route(case(type, None), by_hand, on=MARCH_2026) == Unroutable(Reason("U5"))


@pytest.mark.parametrize("type", ["under_25", "over_25", "immigrant"])
def test_alerts_without_home_go_nowhere_wherever_the_client_is(type, by_hand):
    urgent = case(type, None, OULU, urgent=True, permanent_stay=TURKU)
    assert route(urgent, by_hand, on=MARCH_2026) == Unroutable(Reason("U2"))


@pytest.mark.parametrize("type", ["under_25", "over_25", "immigrant", "lowered_basic_amount"])
def test_urgency_never_moves_what_the_law_sends_home(type, by_hand):
    plain = route(case(type, TAMPERE), by_hand, on=MARCH_2026)
    assert route(case(type, TAMPERE, HELSINKI, urgent=True), by_hand, on=MARCH_2026) == plain


def test_code_that_the_register_lacks_goes_nowhere(by_hand):
    result = route(case(APPLICATION, "507"), by_hand, on=date(2026, 2, 3))
    params = {"place": "507", "type": APPLICATION, "on": "2026-02-03"}
    assert result == Unroutable(Reason("U1", params))


def test_ended_municipality_without_successor_goes_nowhere():
    ended = Register([municipality("001", date(2019, 12, 31))], [], [("001", APPLICATION, Duty("a", None, None))])
    assert route(case(APPLICATION, "001"), ended, on=date(2020, 1, 1)).reason.code == "U1"


def test_day_without_a_duty_goes_nowhere_rather_than_to_yesterdays_authority(by_hand):
    result = route(case("immigrant", OULU), by_hand, on=date(2016, 12, 31))
    assert isinstance(result, Unroutable)
    assert (result.reason.code, result.reason.params["place"]) == ("U4", OULU)


def test_aland_receives_as_soon_as_a_duty_is_recorded():
    aland = [municipality(MARIEHAMN, aland=True)]
    kst = [(MARIEHAMN, APPLICATION, Duty("joint-kst", MARCH_2026, None))]
    assert route(case(APPLICATION, MARIEHAMN), Register(aland, [], kst), on=MARCH_2026).authority == "joint-kst"
    assert route(case(APPLICATION, MARIEHAMN), Register(aland, [], kst), on=date(2026, 3, 9)).reason.code == "U3"
    assert route(case(SOCIAL_WORK, MARIEHAMN), Register(aland, [], kst), on=MARCH_2026).reason.code == "U3"


CODES = ["001", "002", "003", "004"]
AUTHORITIES = ["county-01", "joint-a", "municipality-002"]
DAYS = st.dates(date(2016, 1, 1), date(2028, 12, 31))
places = st.sampled_from([None, *CODES, "999"])


@st.composite
def registers(draw: st.DrawFn) -> Register:
    ends = st.one_of(st.none(), DAYS)
    return Register(
        [
            municipality(code, draw(ends), draw(st.sampled_from([None, *CODES])), aland=draw(st.booleans()))
            for code in draw(st.sets(st.sampled_from(CODES)))
        ],
        [],
        [
            (code, type, Duty(draw(st.sampled_from(AUTHORITIES)), draw(ends), draw(ends)))
            for code, type in draw(st.sets(st.tuples(st.sampled_from(CODES), st.sampled_from(list(ORDER)))))
        ],
    )


@st.composite
def cases(draw: st.DrawFn) -> Case:
    return case(
        draw(st.sampled_from(list(ORDER))), draw(places), draw(places),
        urgent=draw(st.booleans()), permanent_stay=draw(places),
    )


@given(cases(), registers(), DAYS)
def test_every_case_is_routed_or_says_why_not(given_case, register, on):
    result = route(given_case, register, on=on)
    place = result.reason.params.get("place")
    known = (given_case.home, given_case.permanent_stay, given_case.place_of_stay)
    if isinstance(result, Routed):
        assert place in known
        duty = register.responsible(register.current(place, on), given_case.type, on)
        assert duty.authority == result.authority
        assert not result.reason.code.startswith("U")
        assert given_case.order is not Places.HOME_ONLY or place == given_case.home
        return
    match result.reason.code:
        case "U1":
            assert register.current(place, on) is None
        case "U2":
            assert given_case.order is Places.HOME_ONLY
            assert given_case.home is None
        case "U3" | "U4" as code:
            current = register.current(place, on)
            assert register.responsible(current, given_case.type, on) is None
            assert register.municipality(current).aland == (code == "U3")
        case code:
            assert code == "U5"
            assert known == (None, None, None)


@given(cases(), registers(), DAYS)
def test_a_reason_holds_nothing_but_codes_and_days(given_case, register, on):
    params = route(given_case, register, on=on).reason.params
    assert params.keys() <= {"place", "type", "on", "merged_into", "merged_on", "authority", "since", "until"}
    assert all(re.fullmatch(r"[a-z0-9_-]+", value) for value in params.values())
