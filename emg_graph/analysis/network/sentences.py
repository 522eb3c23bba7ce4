"""The sentence of each statement that links two things."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from emg_graph.analysis.network.wording import listed, lower, takes_part, the, unstopped

Record = Mapping[str, Any]
Names = Mapping[str, str]


def sentence(relation: str, row: Record, labels: Names) -> str:
    """Return what a statement says, with its time.

    Args:
        relation: what it links by.
        row: the statement; ``labels`` are the labels of its acts.
        labels: how each thing is called.
    """
    return _SENTENCES[relation](row, labels) + _period(row)


def searched(row: Record, places: list[str]) -> str:
    """Return what a search looked for, where, and what came of it.

    >>> searched({"state": "found", "outcome": "Found", "looked_for": "a list"}, ["Book"])
    'Searched for a list, in Book: found.'
    """
    if row["state"] == "not-looked-up":
        return f"Not looked up: {row['looked_for']}."
    where = f", in {'; '.join(places)}" if places else ""
    return f"Searched for {row['looked_for']}{where}: {row['outcome'].lower()}."


def _period(row: Record) -> str:
    """Return the end of a sentence: since when, until when.

    >>> _period({"since": "2011-09", "until": "2020"})
    ', from 2011-09 until 2020.'
    """
    ends = (("from", row.get("since")), ("until", row.get("until")))
    told = " ".join(f"{word} {day}" for word, day in ends if day)
    return f", {told}." if told else "."


def _role(row: Record, labels: Names) -> str:
    through = f" through {labels.get(row['via'], row['via'])}" if row["via"] else ""
    what = f"{lower(row['label'])} for {the(labels[row['end']])}{through}"
    return f"{labels[row['start']]} ({what}): {unstopped(lower(row['summary']))}"


def _membership(row: Record, labels: Names) -> str:
    verb, more = takes_part(row["term"], row["label"], row["standing"])
    return f"{labels[row['start']]} {verb} {labels[row['end']]}{more}"


def _position(row: Record, labels: Names) -> str:
    """Tell what was said; the same of each thing that it touches, unless that is our reading."""
    acts = listed([lower(label) for label in row["labels"]])
    read = f" (read as about {the(labels[row['end']])})" if row["basis"] == "inferred" else ""
    told = f"{labels[row['start']]} {acts}{read}: {unstopped(lower(row['summary']))}"
    return f"At {the(lower(row['meeting']))} {told}"


def _product(row: Record, labels: Names) -> str:
    status = lower(row["label"])
    if row["claim"] == row["start"]:
        return f"{labels[row['start']]} ({status}) concerns {the(labels[row['end']])}"
    what = f"the joint product {labels[row['end']]} ({status})"
    return f"{labels[row['start']]} is named as a party to {what}"


def _theme(row: Record, labels: Names) -> str:
    about = f"{labels[row['start']]} is about {lower(labels[row['end']])}"
    return f"{about}, by its title, cluster or stated purpose"


def _parent(row: Record, labels: Names) -> str:
    return f"{labels[row['start']]} {row['label']} {the(labels[row['end']])}"


_SENTENCES: Mapping[str, Callable[[Record, Names], str]] = {
    "membership": _membership,
    "parent": _parent,
    "position": _position,
    "product": _product,
    "role": _role,
    "theme": _theme,
}
