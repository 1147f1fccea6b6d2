"""People who do not exist: each follows wholly from a number.

Identity codes have an individual number of 900–999, which is given to nobody. No range of
telephone numbers is set aside for fiction in Finland; 048 is no operator's, and no
subscriber's number begins with 000.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from kela_kunta.demo import names
from kela_kunta.demo.chance import Chance

_CHECK = "0123456789ABCDEFHJKLMNPRSTUVWXY"
_SEPARATORS = {19: "-YXWVU", 20: "ABCDEF"}  # those of 2023 (decree on identity codes) included
_NUMBERS_A_DAY = 600  # 100 individual numbers for each separator
_STRIDE = 104_729  # a prime, so that numbers far apart in order lie next to each other on no day

_random = Chance()  # begun anew for each person: making another one would take twice the time
_WITHOUT_PHONE = ("Ei ole hakemuksessa.", "Asiakkaalla ei ole puhelinta.", "Asiakas ei halua puheluita.")


@dataclass(frozen=True, slots=True)
class Cohort:
    """Birth years, both included, that numbers are spread over."""

    first: int
    last: int
    from_abroad: bool = False


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody as a referral's client; the fields are those of `referrals.models.Client`."""

    identity_code: str
    birth_date: date
    family_name: str
    given_names: str
    phone: str
    phone_missing_reason: str
    contact_language: str
    interpreter_language: str
    interpreter_not_needed: bool


def adults(year: int) -> Cohort:
    """People of 18 to 67 throughout `year`."""
    return Cohort(year - 67, year - 19)


def under_25(year: int) -> Cohort:
    """People of 18 to 24 throughout `year`."""
    return Cohort(year - 24, year - 19)


def over_25(year: int) -> Cohort:
    """People of 25 to 63 throughout `year` and the year before."""
    return Cohort(year - 63, year - 27)


def immigrants(year: int) -> Cohort:
    """People of 18 to 56 throughout `year`, come from abroad."""
    return Cohort(year - 56, year - 19, from_abroad=True)


def person(number: int, cohort: Cohort, languages: str) -> Person:
    """The person of `number` (0–199 999; another number is another person) in `cohort`.

    `languages` are those of the municipality, the majority's first, such as "fi-sv".
    """
    random = _random
    random.reseed(number)
    year = _birth_year(random, cohort)
    born, code, woman = _identity(number, year)
    if cohort.from_abroad:
        language, family, given = _from_abroad(random, woman=woman)
    else:
        language, family, given = _native(random, languages, woman=woman)
    foreign = language not in ("fi", "sv")
    has_phone = random.random() < 0.94
    return Person(
        identity_code=code,
        birth_date=born,
        family_name=family,
        given_names=given,
        phone=f"+35848000{number * 7919 % 10_000:04}" if has_phone else "",
        phone_missing_reason="" if has_phone else random.choice(_WITHOUT_PHONE),
        contact_language=language,
        interpreter_language=language if foreign and language != "en" else "",
        interpreter_not_needed=language == "en",
    )


def identity_code(born: date, separator: str, individual: int) -> str:
    """The code of somebody born on that day, with its right check character."""
    digits = f"{born.day:02}{born.month:02}{born.year % 100:02}"
    return f"{digits}{separator}{individual:03}{_CHECK[int(f'{digits}{individual:03}') % 31]}"


def _birth_year(random: Chance, cohort: Cohort) -> int:
    """The younger half of a cohort is twice as frequent, as among those on assistance."""
    middle = (cohort.first + cohort.last) // 2
    return random.randint(middle, cohort.last) if random.random() < 0.66 else random.randint(cohort.first, middle)


def _identity(number: int, year: int) -> tuple[date, str, bool]:
    """Birth date, code and whether a woman: different for every number in a year of birth."""
    place = number * _STRIDE % (365 * _NUMBERS_A_DAY)
    day, rest = divmod(place, _NUMBERS_A_DAY)
    separator, individual = divmod(rest, 100)
    born = date(year, 1, 1) + timedelta(days=day)
    code = identity_code(born, _SEPARATORS[year // 100][separator], 900 + individual)
    return born, code, individual % 2 == 0


def _native(random: Chance, languages: str, *, woman: bool) -> tuple[str, str, str]:
    if random.random() < _swedish_share(languages):
        given: tuple[str, ...] = names.SWEDISH_WOMEN if woman else names.SWEDISH_MEN
        return "sv", random.choice(names.SWEDISH_FAMILIES), _two_names(random, given)
    if random.random() < 0.06:
        return _from_abroad(random, woman=woman)
    given = names.FINNISH_WOMEN if woman else names.FINNISH_MEN
    return "fi", random.choice(names.FINNISH_FAMILIES), _two_names(random, given)


def _two_names(random: Chance, given: tuple[str, ...]) -> str:
    first, second = random.choice(given), random.choice(given)
    return first if first == second or random.random() < 0.5 else f"{first} {second}"


def _from_abroad(random: Chance, *, woman: bool) -> tuple[str, str, str]:
    language = random.choice(_languages_abroad())
    families, women, men = names.ABROAD[language]
    return language, random.choice(families), random.choice(women if woman else men)


@cache
def _languages_abroad() -> tuple[str, ...]:
    return tuple(names.ABROAD)


def _swedish_share(languages: str) -> float:
    """How much of a municipality speaks Swedish, by the order of its languages."""
    spoken = languages.split("-")
    if spoken[0] == "sv":
        return 0.65 if "fi" in spoken else 0.95
    return 0.12 if "sv" in spoken else 0.0
