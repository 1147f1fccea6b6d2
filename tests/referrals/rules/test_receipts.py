import pytest

from referrals.rules.receipts import ReceiptFault, fault_in


@pytest.mark.parametrize("code", [code for code in ReceiptFault if code != "other"])
def test_a_code_alone_says_why(code):
    assert fault_in(accepted=False, code=code, detail="") is None


@pytest.mark.parametrize(
    ("accepted", "code", "detail", "wrong"),
    [
        (True, "", "", None),
        (True, "duplicate", "", ("code", "not_wanted")),
        (True, "", "Text", ("detail", "not_wanted")),
        (False, "", "Text", ("code", "required")),
        (False, "nonsense", "", ("code", "invalid_choice")),
        (False, "other", "", ("detail", "required")),
        (False, "other", "Disk full", None),
    ],
)
def test_a_receipt_is_whole_or_told_what_lacks(accepted, code, detail, wrong):
    assert fault_in(accepted=accepted, code=code, detail=detail) == wrong
