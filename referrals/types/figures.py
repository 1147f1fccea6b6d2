"""Dates and amounts inside sentences, written the Finnish way in every language."""

from __future__ import annotations

from datetime import date
from decimal import Decimal


def day_text(day: date) -> str:
    """Such as "3.4.2017"."""
    return f"{day.day}.{day.month}.{day.year}"


def euro_text(amount: Decimal) -> str:
    """Such as "1234,50" (without the sign of the euro)."""
    return f"{amount:.2f}".replace(".", ",")


def short_euro_text(amount: Decimal) -> str:
    """Such as "640 €", with cents only where there are some."""
    cents = amount == amount.to_integral_value()
    return f"{amount:.0f} €" if cents else f"{euro_text(amount)} €"
