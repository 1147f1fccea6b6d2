"""What a client information system can say of a referral that it was handed: taken, or why not."""

from __future__ import annotations

from enum import StrEnum


class ReceiptFault(StrEnum):
    """Why a system could not take a referral in; people's work does not wait for it."""

    INVALID_CONTENT = "invalid_content"
    UNKNOWN_CLIENT = "unknown_client"
    DUPLICATE = "duplicate"
    UNSUPPORTED_TYPE = "unsupported_type"
    ATTACHMENT_MISSING = "attachment_missing"
    STORAGE_FAILED = "storage_failed"
    OTHER = "other"


def fault_in(*, accepted: bool, code: str, detail: str) -> tuple[str, str] | None:
    """The field of a receipt that is wrong and how, (name, code of the error); None when all is well."""
    if accepted:
        return ("code", "not_wanted") if code else ("detail", "not_wanted") if detail else None
    if not code:
        return ("code", "required")
    if code not in list(ReceiptFault):
        return ("code", "invalid_choice")
    return ("detail", "required") if code == ReceiptFault.OTHER and not detail else None
