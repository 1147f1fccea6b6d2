import pytest

from kela_kunta.base.phones import phone_text, read_phone


@pytest.mark.parametrize(
    ("kept", "shown"), [("+358401234567", "040 1234567"), ("+46701234567", "+46 70 123 45 67"), ("x", "x")]
)
def test_phone_is_written_as_people_write_it(kept, shown):
    assert phone_text(kept) == shown


@pytest.mark.parametrize(
    ("written", "kept"), [("040 123 4567", "+358401234567"), (" +46 70 123 45 67", "+46701234567")]
)
def test_number_is_kept_with_its_country(written, kept):
    assert read_phone(written) == kept


@pytest.mark.parametrize("written", ["112", "soon", "+358"])
def test_what_nobody_could_call_is_refused(written):
    with pytest.raises(ValueError, match=r"^$"):
        read_phone(written)
