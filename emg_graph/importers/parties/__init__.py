"""Lists of the parties to agreements, with dates and kind of consent, in one of three forms.

The form of this project, which anybody can write, one row for a country and an agreement::

    country,agreement,signed_on,consented_on,consent,from_on,as_of_on
    JOR,minamata,2013-10-10,2015-11-12,ratification,2017-08-16,2026-06
    GHA,Minamata Convention,2014-09-24,2017-03-23,Ratification,,2026-06

* ``country``: the code of ISO 3166 (alpha-3), or the name; ``agreement``: its id or name;
* ``signed_on``, ``consented_on``, ``from_on``: when the country signed, gave its consent to be
  bound, and was bound (``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``); empty where not known, but one of
  them is needed; a country that only signed is a signatory, no party;
* ``consent``: ratification, acceptance, approval, accession, succession, or empty;
* ``as_of_on``: the day of the list; a date after it is an error.

The forms of two data sets are known by their columns: countrygroups (``unfccc.csv``) and
manytreaties. They do not say of which day they are: that is known of one edition of each, and
given for any other (``Known.as_of``). A list without dates is refused: nobody could tell what it
is worth.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from emg_graph.errors import DocumentError
from emg_graph.importers.documents import read_header
from emg_graph.importers.drafts import Drafts
from emg_graph.importers.known import Known
from emg_graph.importers.parties import canonical, countrygroups, manytreaties
from emg_graph.importers.parties.membership import PartyList

_FORMS: Mapping[tuple[str, ...], Callable[[Path, Known], PartyList]] = {
    canonical.COLUMNS: canonical.read_list,
    countrygroups.COLUMNS: countrygroups.read_list,
    manytreaties.COLUMNS: manytreaties.read_list,
}
_CODES = frozenset({"code", "iso3", "state_iso3"})
_STATES = _CODES | {"country", "state"}
_DATES = ("_on", "date", "year")
"""Words with which the names of columns with dates end."""


def read(files: Sequence[Path], known: Known) -> Drafts:
    """Read lists of parties.

    Raises:
        DocumentError: a file is of none of the forms, or has no dates.
    """
    drafts = Drafts()
    for path in sorted(files):
        _form(path)(path, known).add_to(drafts)
    return drafts


def _form(path: Path) -> Callable[[Path, Known], PartyList]:
    header = read_header(path)
    for columns, read_list in _FORMS.items():
        if set(columns) <= set(header):
            return read_list
    wanted = f"give the columns {', '.join(canonical.COLUMNS)}"
    names = {name.lower() for name in header}
    if names & _STATES and not any(name.endswith(_DATES) for name in names):
        codes = "" if names & _CODES else " and has no codes of countries"
        raise DocumentError(
            f"{path} is an undated list of parties: it says neither since when nor as of when"
            f"{codes}; it is not read; {wanted}"
        )
    raise DocumentError(f"{path} is no list of parties that is known; {wanted}")
