from datetime import date

from tests.builders import body, identity_code, months
from tests.referrals.reading import DAY, refused, sentence


def of(*, on=DAY, born=date(1990, 1, 1), **details):
    return body("over_25", on=on, client={"identity_code": identity_code(born)}, **details)


def test_eleven_months_are_refused_and_twelve_are_taken():
    assert refused(of(months=months(DAY, 11))) == {("details/months", "too_few_months")}
    assert not refused(of(months=months(DAY, 12)))


def test_who_is_24_still_gets_the_other_notice():
    on = date(2026, 5, 6)
    wrong = of(on=on, born=date(2001, 6, 5))
    assert refused(wrong, on=on) == {("client/identity_code", "too_young")}
    assert sentence(wrong, on=on) == "Client turns 25 only on 5.6.2026: use the under-25 notice."


def test_who_turns_25_on_the_sending_day_is_old_enough_though_the_months_were_before():
    assert not refused(of(born=date(2001, 11, 24)))


def test_there_were_none_before_2018():
    before, first = date(2017, 12, 29), date(2018, 1, 1)
    assert refused(of(on=before), on=before) == {("type", "not_begun")}
    assert sentence(of(on=before), on=before) == "These notices began on 1.1.2018."
    assert not refused(of(on=first), on=first)
