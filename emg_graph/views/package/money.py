"""Sums of money in words that can be compared at a glance."""

from __future__ import annotations


def dollars(amount: float) -> str:
    """Return US dollars, rounded to what a reader compares.

    >>> dollars(11820111), dollars(454753), dollars(-950.4)
    ('USD 11.8 million', 'USD 455 thousand', 'USD -950')
    """
    return money(amount, "USD")


def money(amount: float, currency: str) -> str:
    """Return a sum in its currency, rounded likewise.

    >>> money(1237914017, "EUR"), money(999999, "USD")
    ('EUR 1,237.9 million', 'USD 1.0 million')
    """
    if abs(amount) >= 999_500:
        return f"{currency} {amount / 1e6:,.1f} million"
    if abs(amount) >= 1000:
        return f"{currency} {amount / 1e3:,.0f} thousand"
    return f"{currency} {amount:,.0f}"


def percent(part: float, whole: float) -> str:
    """Return a share, small ones as such.

    >>> percent(1, 3), percent(1, 500), percent(-1, 500), percent(1, 0)
    ('33%', 'under 1%', 'negative (a correction)', 'not reported')
    """
    if whole <= 0:
        return "not reported"
    if part < 0:
        return "negative (a correction)"
    share = 100 * part / whole
    return "under 1%" if 0 < share < 1 else f"{share:.0f}%"
