"""The errors: one tree, and words that name the place and what to do."""

from __future__ import annotations

import inspect

import pytest

from emg_graph import errors
from emg_graph.errors import DataError, EmgGraphError, Problem, UnknownNameError


def problem(number: int) -> Problem:
    return Problem("roles.csv", number, "entity", "unepp", "is unknown")


def test_every_error_is_one_of_ours_and_drawn_in_the_tree() -> None:
    found = {
        name
        for name, item in vars(errors).items()
        if inspect.isclass(item) and issubclass(item, Exception)
    }
    assert all(issubclass(getattr(errors, name), EmgGraphError) for name in found)
    assert all(name in str(errors.__doc__) for name in found)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (
            Problem("roles.csv", 14, "entity", "unepp", "is unknown", "did you mean 'unep'?"),
            "roles.csv:14 entity: 'unepp' is unknown; did you mean 'unep'?",
        ),
        (Problem("roles.csv", None, None, None, "is missing"), "roles.csv: is missing"),
        (
            Problem("roles.csv", 3, None, None, "has too few cells"),
            "roles.csv:3: has too few cells",
        ),
        (Problem("a.csv", 2, "id", "", "is empty"), "a.csv:2 id: '' is empty"),
    ],
)
def test_a_problem_names_what_it_knows(given: Problem, said: str) -> None:
    assert str(given) == said


def test_a_long_value_is_cut_to_eighty_characters() -> None:
    whole = str(Problem("a.csv", 2, "name", "x" * 80, "is wrong"))
    cut = str(Problem("a.csv", 2, "name", "x" * 81, "is wrong"))
    assert "x" * 80 in whole
    assert f"'{'x' * 79}…'" in cut


def test_one_problem_is_told_in_the_singular() -> None:
    assert str(DataError([problem(2)])).startswith("1 problem in the data:\nroles.csv:2 entity")


def test_the_first_fifty_problems_are_kept_and_all_counted() -> None:
    error = DataError([problem(number) for number in range(2, 1202)])
    lines = str(error).splitlines()
    assert error.total == 1200
    assert [p.line for p in error.problems] == list(range(2, 52))
    assert lines[0] == "1,200 problems in the data:"
    assert lines[-1] == "… and 1,150 more"
    assert len(lines) == 52


def test_problems_counted_elsewhere_are_part_of_the_total() -> None:
    assert str(DataError([problem(2)], total=3)).endswith("\n… and 2 more")


@pytest.mark.parametrize(
    ("suggestions", "hint"),
    [
        ((), "; try emg-graph find"),
        (("unep",), "; did you mean 'unep'?"),
        (("unep", "undp"), "; did you mean 'unep' or 'undp'?"),
        (("unep", "undp", "unece"), "; did you mean 'unep', 'undp' or 'unece'?"),
        (("undp", "unece", "unep", "who"), "; it is one of undp, unece, unep, who"),
    ],
)
def test_an_unknown_name_comes_with_what_may_be_meant(
    suggestions: tuple[str, ...], hint: str
) -> None:
    error = UnknownNameError("unepp", "entity", suggestions)
    assert str(error) == f"no entity is called 'unepp'{hint}"
    assert (error.name, error.kind, error.suggestions) == ("unepp", "entity", suggestions)


@pytest.mark.parametrize("suggestions", [(), ("unido",)])
def test_a_name_of_another_kind_is_told_to_be_one(suggestions: tuple[str, ...]) -> None:
    """What it is counts for more than what is spelt like it."""
    assert str(UnknownNameError("unicef", "agreement", suggestions, "entity")) == (
        "no agreement is called 'unicef'; it is the name of another kind of thing, entity: "
        "try emg-graph show"
    )
