"""Where the shipped folders are: the wheel's copy, or the checkout's own."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def installed() -> bool:
    """Tell whether the shipped folders are a wheel's copy, which its next version replaces."""
    return (_PACKAGE / "_shipped").is_dir()


def folder(name: str) -> Path:
    """Return the shipped folder ``ontology``, ``data`` or ``queries``.

    A wheel carries them inside the package, as ``emg_graph/_shipped``; a checkout has them
    beside it.

    Raises:
        FileNotFoundError: neither place has it.
    """
    for candidate in (_PACKAGE / "_shipped" / name, _PACKAGE.parent / name):
        if candidate.is_dir():
            return candidate
    raise FileNotFoundError(f"the folder {name!r} is not part of this installation")
