"""Who receives a referral: the worked examples, and rules that hold for every case."""

from __future__ import annotations

import json
import re
from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contacts.queries import register
from contacts.rules.register import Authority, Duty, Municipality, Register
from referrals.rules.routing import Case, Places, Reason, Routed, Unroutable, route
from referrals.types import TYPES

APPLICATION, NEED, YOUNG, IMMIGRANT = "supplementary_application", "social_work_need", "under_25", "immigrant"


def case(type: str, home: str | None, **facts) -> Case:
    return Case(type, TYPES[type].places, home, **facts)


@pytest.fixture
def duties(db: None) -> Register:
    """Who was responsible for what since 2017, as the product knows it."""
    return register()


# number, type, day of delivery, home, other facts; authority, code of the reason, some of its parameters
EXAMPLES = [
    (1, APPLICATION, "2017-04-03", "837", {}, "municipality-837", "home", {"place": "837", "until": "2022-12-31"}),
    (2, APPLICATION, "2023-01-02", "837", {}, "county-08", "home", {"since": "2023-01-01"}),
    (3, APPLICATION, "2026-03-10", "837", {"place_of_stay": "091", "urgent": True}, "county-90", "urgent_stay",
     {"place": "091"}),
    (4, APPLICATION, "2026-03-10", "837", {"place_of_stay": "091"}, "county-08", "home", {"place": "837"}),
    (5, IMMIGRANT, "2026-03-10", "837", {}, "municipality-837", "home", {"since": "2025-01-01"}),
    (6, IMMIGRANT, "2024-03-10", "837", {}, "county-08", "home", {"since": "2023-01-01", "until": "2024-12-31"}),
    (7, YOUNG, "2017-10-30", "405", {}, "joint-eksote", "home", {}),
    (8, NEED, "2021-05-05", "099", {}, "joint-posa", "home",
     {"place": "099", "merged_into": "214", "merged_on": "2021-01-01"}),
    (9, NEED, "2019-05-05", "911", {}, "joint-siunsote", "home", {"place": "911"}),
    (10, NEED, "2026-03-10", None, {"place_of_stay": "564", "urgent": True}, "county-19", "no_home_stay",
     {"place": "564"}),
    (11, YOUNG, "2026-03-10", None, {"place_of_stay": "564"}, None, "U2", {}),
    (12, APPLICATION, "2026-03-10", "478", {}, None, "U3", {"place": "478"}),
    (13, APPLICATION, "2026-03-10", "478", {"place_of_stay": "853", "urgent": True}, "county-05", "urgent_stay",
     {"place": "853"}),
    (14, NEED, "2026-03-10", "235", {}, "county-03", "home", {"place": "235"}),
    (15, APPLICATION, "2022-12-31", "837", {}, "municipality-837", "home", {"until": "2022-12-31"}),
    (15, APPLICATION, "2023-01-01", "837", {}, "county-08", "home", {"since": "2023-01-01"}),
]  # fmt: skip


@pytest.mark.parametrize(("number", "type", "on", "home", "facts", "authority", "code", "params"), EXAMPLES)
def test_worked_example(duties, number, type, on, home, facts, authority, code, params):
    result = route(case(type, home, **facts), duties, on=date.fromisoformat(on))
    assert getattr(result, "authority", None) == authority
    assert result.reason.code == code
    assert dict(result.reason.params) | params == dict(result.reason.params)


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("county-90", "City of Helsinki"),
        ("county-08", "Pirkanmaa wellbeing services county"),
        ("county-19", "North Ostrobothnia wellbeing services county"),
        ("county-05", "Southwest Finland wellbeing services county"),
        ("county-03", "West Uusimaa wellbeing services county"),
    ],
)
def test_codes_in_the_examples_are_the_authorities_meant(duties, code, name):
    assert duties.authority(code).name_en == name


@pytest.mark.parametrize(
    ("merged", "into", "last"), [("911", "541", date(2019, 12, 31)), ("099", "214", date(2020, 12, 31))]
)
def test_each_merger_is_followed_from_its_day_on(duties, merged, into, last):
    assert "merged_into" not in route(case(NEED, merged), duties, on=last).reason.params
    assert route(case(NEED, merged), duties, on=last + timedelta(days=1)).reason.params["merged_into"] == into


@pytest.mark.parametrize("type", TYPES)
@pytest.mark.parametrize("urgent", [False, True])
@pytest.mark.parametrize(("home", "permanent", "stay"), list(product((None, "H"), (None, "H", "P"), (None, "S"))))
def test_places_are_tried_in_the_order_of_the_law(type, urgent, home, permanent, stay):
    """Section 4 of the rules, written out once more as plainly as can be."""
    places = TYPES[type].places
    if places is Places.HOME_ONLY:
        wanted = home
    elif urgent and stay and places is not Places.HOME:
        wanted = stay
    elif type == APPLICATION and not urgent and permanent:
        wanted = permanent
    else:
        wanted = home or permanent or stay
    found = route(case(type, home, permanent_stay=permanent, place_of_stay=stay, urgent=urgent), everywhere("HPS"),
                  on=date(2026, 3, 10))  # fmt: skip
    assert getattr(found, "authority", None) == wanted


def everywhere(codes: str) -> Register:
    """Each place is served by an authority of its own name, in all types and on all days."""
    return Register(
        [Municipality(code, code, code, None, None, None) for code in codes],
        [Authority(code, "county", code, code, code) for code in codes],
        [(code, type, Duty(code, None, None)) for code in codes for type in TYPES],
    )


def test_urgent_without_a_place_of_stay_says_that_it_was_not_told():
    result = route(case(APPLICATION, "H", urgent=True), everywhere("H"), on=date(2026, 3, 10))
    assert result == Routed("H", Reason("urgent_stay_not_given", result.reason.params))


def test_urgent_without_a_home_goes_to_the_stay_and_urgency_is_the_reason_only_where_it_decided():
    urgent = case(APPLICATION, None, place_of_stay="S", urgent=True)
    assert route(urgent, everywhere("PS"), on=date(2026, 3, 10)).reason.code == "no_home_stay"
    elsewhere = case(APPLICATION, None, place_of_stay="S", permanent_stay="P", urgent=True)
    result = route(elsewhere, everywhere("PS"), on=date(2026, 3, 10))
    assert result == Routed("S", Reason("urgent_stay", result.reason.params))


def test_permanent_stay_without_a_home_is_no_other_place_than_home():
    result = route(case(APPLICATION, None, permanent_stay="P"), everywhere("P"), on=date(2026, 3, 10))
    assert result.reason.code == "no_home_permanent_stay"


def test_municipality_merged_twice_says_when_it_came_to_the_last_one():
    ends = [("1", date(2018, 12, 31), "2"), ("2", date(2020, 12, 31), "3"), ("3", None, None)]
    register = Register(
        [Municipality(code, code, code, None, until, successor) for code, until, successor in ends],
        [],
        [("3", NEED, Duty("county-01", None, None))],
    )
    params = route(case(NEED, "1"), register, on=date(2021, 1, 1)).reason.params
    assert (params["place"], params["merged_into"], params["merged_on"]) == ("1", "3", "2021-01-01")


def test_permanent_stay_at_home_is_simply_home():
    result = route(case(APPLICATION, "H", permanent_stay="H"), everywhere("H"), on=date(2026, 3, 10))
    assert result.reason.code == "home"


def test_reasons_for_nobody_are_told_apart():
    aland = Municipality("A", "A", "A", None, None, None, aland=True)
    ended = Municipality("E", "E", "E", None, date(2020, 12, 31), None)
    unserved = Municipality("N", "N", "N", None, None, None)
    register = Register([aland, ended, unserved], [], [])
    codes = {
        home: route(case(NEED, home), register, on=date(2026, 3, 10)).reason.code for home in ("E", "A", "N", None)
    }
    assert codes == {"E": "U1", "A": "U3", "N": "U4", None: "U5"}
    assert route(case(YOUNG, None), register, on=date(2026, 3, 10)).reason.code == "U2"


def test_a_day_without_a_duty_goes_nowhere_rather_than_to_the_authority_of_another_day(duties):
    assert route(case(IMMIGRANT, "564"), duties, on=date(2016, 12, 31)).reason.code == "U4"


def test_aland_receives_where_a_responsibility_is_recorded():
    aland = Municipality("A", "A", "A", None, None, None, aland=True)
    register = Register(
        [aland], [Authority("kst", "county", "kst", "kst", "kst")], [("A", NEED, Duty("kst", None, None))]
    )
    assert route(case(NEED, "A"), register, on=date(2026, 3, 10)).authority == "kst"


CODES = ["001", "002", "003", "478"]
AUTHORITIES = ["county-01", "joint-one", "municipality-001"]
DAYS = st.dates(date(2016, 1, 1), date(2030, 12, 31))


@st.composite
def cases(draw) -> Case:
    place = st.none() | st.sampled_from([*CODES, "999"])
    type = draw(st.sampled_from(list(TYPES)))
    return case(type, draw(place), permanent_stay=draw(place), place_of_stay=draw(place), urgent=draw(st.booleans()))


@st.composite
def registers(draw) -> Register:
    """Any register, however full of gaps: municipalities may end, with or without a successor, even in a circle."""
    until, code = st.none() | DAYS, st.sampled_from(CODES)
    duty = st.builds(Duty, st.sampled_from(AUTHORITIES), st.none() | DAYS, until)
    return Register(
        [
            Municipality(one, one, one, None, draw(until), draw(st.none() | code), one == "478")
            for one in draw(st.sets(code))
        ],
        [Authority(one, "county", one, one, one) for one in AUTHORITIES],
        draw(st.lists(st.tuples(code, st.sampled_from(list(TYPES)), duty), max_size=12)),
    )


@given(cases(), registers(), DAYS)
def test_every_case_is_routed_or_says_why_not(case, register, on):
    result = route(case, register, on=on)
    if isinstance(result, Routed):
        place = result.reason.params.get("merged_into", result.reason.params["place"])
        assert register.responsible(place, case.type, on).authority == result.authority
        assert register.serves(result.authority, case.type, on)
    else:
        assert isinstance(result, Unroutable)
        assert result.reason.code in {"U1", "U2", "U3", "U4", "U5"}
    assert json.loads(json.dumps(dict(result.reason.params))) == dict(result.reason.params)


@given(cases(), registers(), DAYS)
def test_a_reason_holds_nothing_but_codes_and_days(case, register, on):
    params = route(case, register, on=on).reason.params
    assert params.keys() <= {"place", "type", "on", "merged_into", "merged_on", "authority", "since", "until"}
    assert all(re.fullmatch(r"[a-z0-9_-]+", value) for value in params.values())


@pytest.mark.parametrize("type", ["under_25", "over_25", "immigrant"])
def test_alerts_go_by_home_alone(type):
    assert TYPES[type].places is Places.HOME_ONLY
