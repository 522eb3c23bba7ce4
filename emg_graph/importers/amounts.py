"""Sums of money as documents write them."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_EVEN, Decimal

_PLAIN = re.compile(r"[+-]?\d+(?:\.\d+)?", re.ASCII)
_CENT = Decimal("0.01")
_MOST = Decimal(10) ** 18
"""What no sum of money comes to: so far, sums and their totals are counted to the cent."""


def read_amount(value: object) -> Decimal | None:
    """Return a sum of money, or None where it is not certain which one is meant.

    Commas are refused: they part thousands in one country and decimals in another. So is what is
    larger than all the money of the world.

    >>> read_amount("-28638.50"), read_amount(314202918.53999996)
    (Decimal('-28638.50'), Decimal('314202918.53999996'))
    >>> read_amount("1,233,000") is read_amount("n/a") is read_amount(float("nan")) is None
    True
    >>> read_amount("9" * 27) is read_amount(1e60) is read_amount(10**18) is None
    True
    """
    if isinstance(value, bool) or not isinstance(value, str | int | float | Decimal):
        return None
    text = value.strip() if isinstance(value, str) else format(Decimal(str(value)), "f")
    amount = Decimal(text) if _PLAIN.fullmatch(text) else None
    return None if amount is None or amount.copy_abs() >= _MOST else amount


def amount_text(amount: Decimal) -> str:
    """Return a sum as the tables write it: rounded to the cent, whole sums without decimals.

    >>> amount_text(Decimal("314202918.53999996")), amount_text(Decimal("-120.00"))
    ('314202918.54', '-120')
    >>> amount_text(Decimal("-0.001"))
    '0'
    """
    rounded = amount.quantize(_CENT, ROUND_HALF_EVEN)
    whole = rounded.to_integral_value()
    return f"{int(whole)}" if rounded == whole else f"{rounded:f}"
