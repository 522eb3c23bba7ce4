"""Names in any case, accent or look-alike lead to one thing; near misses to suggestions."""

from __future__ import annotations

import unicodedata

import pytest
from folders import SMALL
from hypothesis import given
from hypothesis import strategies as st

from emg_graph.errors import UnknownNameError
from emg_graph.names import Label, Names, clashes, folded, labels_of
from emg_graph.tables import read_tables

LABELS = (
    Label("minamata", "minamata", "agreement", 0),
    Label("Minamata Convention on Mercury", "minamata", "agreement", 2),
    Label("Mercury Convention", "minamata", "agreement"),
    Label("minamata-secretariat", "minamata-secretariat", "entity", 0),
    Label("Secretariat of the Minamata Convention", "minamata-secretariat", "entity", 2),
    Label("unep", "unep", "entity", 0),
    Label("UNEP", "unep", "entity", 1),
    Label("United Nations Environment Programme", "unep", "entity", 2),
    Label("mercury", "mercury", "theme", 0),
    Label("Mercury", "mercury", "theme", 2),
    Label("Minamata Convention on Mercury", "minamata-text", "source", 2),
    Label("Red de Escazú", "red", "mechanism", 2),
)
NAMES = Names(LABELS)


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert folded(folded(text)) == folded(text)


@given(st.text(st.characters(max_codepoint=0x17F, exclude_characters="ıŉ")))
def test_case_accents_spaces_and_normal_forms_do_not_count(text: str) -> None:
    assert folded(text.upper()) == folded(text.lower()) == folded(f"  {text} ")
    for form in ("NFC", "NFD", "NFKC", "NFKD"):
        assert folded(unicodedata.normalize(form, text)) == folded(text)


@given(st.text())
def test_what_is_folded_is_words_of_letters_and_digits(text: str) -> None:
    assert all(word.isalnum() for word in folded(text).split())
    assert folded(text) == " ".join(folded(text).split())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Escazú", "escazu"),
        ("ESCAZÚ  Agreement!", "escazu agreement"),
        ("UNEP/AEWA", "unep aewa"),
        ("UNESCO’s", "unesco s"),
        ("СITЕS", "cites"),
        ("Straße™", "strassetm"),
        ("…", ""),
    ],
)
def test_examples_of_folding(text: str, expected: str) -> None:
    assert folded(text) == expected


@pytest.mark.parametrize(
    ("name", "identifier"),
    [
        ("minamata", "minamata"),
        ("MINAMATA CONVENTION ON MERCURY", "minamata"),
        ("mercury convention", "minamata"),
        ("unep", "unep"),
        ("red de escazu", "red"),
        ("Mercury", "mercury"),
    ],
)
def test_a_name_in_any_form_finds_its_thing(name: str, identifier: str) -> None:
    assert NAMES.require(name).identifier == identifier


def test_the_thing_is_meant_before_a_source_of_the_same_title() -> None:
    assert NAMES.require("Minamata Convention on Mercury").kind == "agreement"
    assert NAMES.require("Minamata Convention on Mercury", ["source"]).kind == "source"


def test_a_name_of_another_kind_is_not_found() -> None:
    assert NAMES.get("unep", ["agreement"]) is None
    with pytest.raises(UnknownNameError) as caught:
        NAMES.require("Unep", ["agreement", "theme"])
    assert str(caught.value) == (
        "no agreement or theme is called 'Unep'; it is the name of another kind of thing, "
        "entity: try emg-graph show"
    )


def test_a_misspelt_name_comes_with_ids_of_the_right_kind() -> None:
    with pytest.raises(UnknownNameError) as caught:
        NAMES.require("minamatta", ["agreement"])
    assert caught.value.suggestions == ("minamata",)
    with pytest.raises(UnknownNameError, match=r"no thing is called 'qqqq'; try emg-graph find$"):
        NAMES.require("qqqq")


def test_suggestions_are_few_and_each_is_made_once() -> None:
    names = Names(
        Label(text, identifier, "theme")
        for identifier, texts in (("a", ("waters", "watery")), ("b", ("wate",)), ("c", ("ater",)))
        for text in texts
    )
    assert names.suggest("water") == ("a", "b", "c")
    assert names.suggest("water", limit=2) == ("a", "b")


def test_what_is_less_than_seven_tenths_alike_is_not_suggested() -> None:
    names = Names([Label("abcdefghij", "a", "theme")])
    assert names.suggest("abcdefgxyz") == ("a",)
    assert names.suggest("abcdefwxyz") == ()


def numbered(count: int) -> Names:
    made = [Label(f"function {n:02}", f"f{n:02}", "function") for n in reversed(range(count))]
    return Names([*made, Label("unep", "unep", "entity")])


def test_the_ids_of_a_kind_of_few_are_listed_where_nothing_is_near() -> None:
    with pytest.raises(UnknownNameError) as caught:
        numbered(24).require("qqqq", ["function"])
    assert caught.value.suggestions == tuple(f"f{n:02}" for n in range(24))
    with pytest.raises(UnknownNameError) as caught:
        numbered(25).require("qqqq", ["function"])
    assert caught.value.suggestions == ()
    with pytest.raises(UnknownNameError) as caught:
        numbered(4).require("function 2", ["function"])
    assert set(caught.value.suggestions) < {f"f{n:02}" for n in range(4)}, "near ones come alone"


def test_a_thing_is_known_by_its_name_else_by_its_id() -> None:
    assert NAMES.name_of("unep") == "United Nations Environment Programme"
    assert NAMES.name_of("who") == "who"


def test_whole_labels_are_found_before_beginnings_words_and_parts_and_sources_last() -> None:
    found = [label.identifier for label in NAMES.find("mercury")]
    assert found == ["mercury", "minamata", "minamata-text"]
    assert [label.identifier for label in NAMES.find("minamata")][:2] == [
        "minamata",
        "minamata-secretariat",
    ]
    assert [label.identifier for label in NAMES.find("nvironmen")] == ["unep"]


def test_a_word_counts_for_more_than_a_part_of_a_word() -> None:
    names = Names([Label("supercop", "a", "entity"), Label("the cop", "b", "entity")])
    assert [label.identifier for label in names.find("cop")] == ["b", "a"]


def test_every_word_in_any_order_is_found_after_the_text_as_it_stands() -> None:
    names = Names(
        [
            Label("convention on mercury waste", "words", "theme"),
            Label("the mercury convention", "within", "theme"),
            Label("mercury convention", "whole", "theme"),
            Label("mercury conventions", "start", "theme"),
            Label("supermercury conventions", "part", "theme"),
            Label("convention on waste", "one word", "theme"),
            Label("a supermercury of a convention", "part of a word", "theme"),
        ]
    )
    found = [label.identifier for label in names.find("Mercury convention")]
    assert found == ["whole", "start", "within", "part", "words"]
    assert [label.identifier for label in names.find("waste merc")] == ["words"]


def test_find_keeps_to_the_kinds_asked_for() -> None:
    assert {label.kind for label in NAMES.find("minamata", ["entity"])} == {"entity"}


def test_every_kind_is_known() -> None:
    assert NAMES.kinds == {"agreement", "entity", "mechanism", "source", "theme"}


def test_nothing_is_found_by_nothing() -> None:
    assert NAMES.find(" … ") == ()


@given(st.permutations(LABELS))
def test_answers_do_not_hang_on_the_order_of_labels(labels: list[Label]) -> None:
    names = Names(labels)
    for text in ("minamata convention on mercury", "mercury", "unep", "minamata"):
        assert names.get(text) == NAMES.get(text)
        assert names.find(text) == NAMES.find(text)
        assert names.suggest(text) == NAMES.suggest(text)


def test_things_are_called_by_id_acronym_name_and_aliases() -> None:
    labels = list(labels_of(read_tables(SMALL).things()))
    who = {(label.text, label.rank) for label in labels if label.identifier == "who"}
    assert {("who", 0), ("WHO", 1), ("World Health Organization", 2)} <= who
    assert not [label for label in labels if label.kind in ("sources", "concepts")]


def test_two_things_of_one_name_clash_and_one_thing_of_two_names_does_not() -> None:
    first, second = Label("unep", "unep", "entities", 0), Label("U.N.E.P", "x", "entities")
    third = Label("UNEP", "unep", "entities", 1)
    assert clashes([first, third]) == ()
    assert clashes([first, Label("unép", "x", "entities")]) == (
        (first, Label("unép", "x", "entities")),
    )
    assert clashes([first, second]) == ()


def test_the_kept_data_has_no_clash() -> None:
    assert clashes(labels_of(read_tables(SMALL).things())) == ()
