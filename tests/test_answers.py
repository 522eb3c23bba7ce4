"""Answers as data frames and in a notebook: every value is kept, and every text stays text."""

from __future__ import annotations

import copy
import pickle
import sys
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from payloads import PAYLOAD, write_payloads
from worlds import SUBJECT, partner, small_world

from emg_graph.analysis.candidates import Collaborators, find_collaborators
from emg_graph.answers import SHOWN, Listing, Profile, Table, Tabular, Value, to_html
from emg_graph.checks import Finding
from emg_graph.errors import EmgGraphError, OutputError
from emg_graph.graph import Graph, open_graph
from emg_graph.names import Label
from emg_graph.views.paper import framed

CELLS: st.SearchStrategy[Value] = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | st.text(st.characters(codec="utf-8"), max_size=20)
)
FINDINGS = (Finding("a-rule", "https://example.org/x", "is wrong"), Finding("b", "y", PAYLOAD))


@st.composite
def tables(draw: st.DrawFn) -> Table:
    width = draw(st.integers(0, 4))
    rows = draw(st.lists(st.tuples(*[CELLS] * width), max_size=6))
    return Table(tuple(f"c{i}" for i in range(width)), tuple(rows))


def frame_of(*column: Value) -> pd.Series:
    """Return a column as a data frame holds it."""
    return Table(("c",), tuple((value,) for value in column)).to_pandas()["c"]


class Page(HTMLParser):
    """What a browser would make of a page: its elements, its texts, and a frame's page."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.texts: list[str] = []
        self.attributes: dict[str, str | None] = {}
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes |= dict(attrs)

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.texts.append(data)


HARMLESS = {"div", "h3", "h4", "p", "table", "thead", "tbody", "tr", "th", "td", "wbr"}


class TestDataFrame:
    @pytest.mark.parametrize(
        ("column", "dtype"),
        [
            ((1, None, 3), "Int64"),
            ((1.5, None, 2), "Float64"),
            ((True, None), "boolean"),
            (("2025-09", None, ""), "string"),
            ((1, "one"), "object"),
            ((True, 1), "object"),
            ((2**70, None), "object"),
            ((-(2**70), 0.5), "object"),
            ((None, None), "object"),
            ((), "object"),
        ],
    )
    def test_a_column_has_the_type_that_holds_it(
        self, column: tuple[Value, ...], dtype: str
    ) -> None:
        assert frame_of(*column).dtype == dtype

    def test_numbers_can_be_added_and_gaps_are_missing(self) -> None:
        made = frame_of(1, None, 3)
        assert made.sum() == 4
        assert list(made.isna()) == [False, True, False]
        assert made[1] is pd.NA

    def test_dates_and_empty_texts_stay_texts(self) -> None:
        assert list(frame_of("2025-09", "", "2025")) == ["2025-09", "", "2025"]

    @given(tables())
    def test_every_value_is_kept(self, table: Table) -> None:
        frame = table.to_pandas()
        assert tuple(frame.columns) == table.columns
        assert len(frame) == len(table)
        for place in range(len(table.columns)):
            for kept, value in zip(frame.iloc[:, place], table.rows, strict=True):
                if value[place] is None:
                    assert kept is pd.NA
                else:
                    assert kept == value[place]
                    assert isinstance(kept, str) == isinstance(value[place], str)

    def test_columns_of_one_name_are_both_kept(self) -> None:
        frame = Table(("a", "a"), ((1, "x"),)).to_pandas()
        assert frame.iloc[0].tolist() == [1, "x"]

    @pytest.mark.parametrize("answer", [Table(("a",), ()), Listing(FINDINGS, Finding)])
    def test_without_pandas_an_error_says_how_to_get_it(
        self, answer: Tabular, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setitem(sys.modules, "pandas", None)
        with pytest.raises(OutputError, match=r"needs pandas: pip install 'emg-graph\[pandas\]'"):
            answer.to_pandas()
        with pytest.raises(EmgGraphError):
            Profile("x", "entity", "X", (("Facts", Table(("a",), ())),)).to_pandas()

    def test_a_shipped_query_gives_numbers_as_numbers(self, graph: Graph) -> None:
        frame = graph.query("CQ19", agreement="cbd").to_pandas()
        assert frame["documented"].dtype == "Int64"
        assert frame["name"].dtype == "string"

    def test_what_lays_itself_out_says_how(self) -> None:
        with pytest.raises(TypeError, match="abstract"):
            Tabular()  # type: ignore[abstract]


class TestListing:
    LABELS = (Label("WHO", "who", "entity", 1), Label("Mercury", "mercury", "theme"))

    def test_it_is_the_tuple_of_its_items(self) -> None:
        listing = Listing(iter(self.LABELS), Label)
        assert listing == self.LABELS
        assert hash(listing) == hash(self.LABELS)
        assert (listing[0], len(listing), listing[1:]) == (self.LABELS[0], 2, self.LABELS[1:])
        assert repr(listing) == repr(self.LABELS)
        assert not Listing((), Label)

    def test_fields_are_columns(self) -> None:
        table = Listing(self.LABELS, Label).to_table()
        assert table.columns == ("text", "identifier", "kind", "rank")
        assert table.rows == (("WHO", "who", "entity", 1), ("Mercury", "mercury", "theme", 3))
        assert Listing((), Label).to_table() == Table(table.columns, ())

    def test_it_is_copied_with_its_columns(self) -> None:
        listing = Listing(FINDINGS, Finding)
        for again in (copy.copy(listing), pickle.loads(pickle.dumps(listing))):
            assert again == listing
            assert again.to_table() == listing.to_table()

    def test_the_graph_answers_with_listings(self, graph: Graph) -> None:
        found = graph.find("mercury")
        frame = found.to_pandas()
        assert list(frame["identifier"]) == [label.identifier for label in found]
        assert frame["rank"].dtype == "Int64"
        assert list(graph.find("no such thing at all").to_pandas().columns) == list(frame.columns)

    def test_an_item_s_fields_may_be_anything_plain(self) -> None:
        @dataclass(frozen=True)
        class Thing:
            name: str
            number: float | None

        listing = Listing([Thing("a", None), Thing("b", 0.5)], Thing)
        assert listing.to_pandas()["number"].dtype == "Float64"


class TestNotebook:
    def test_a_table_has_heads_and_cells(self) -> None:
        page = Page(Table(("id", "party_count"), (("cbd", 196), ("x", None)))._repr_html_())
        assert page.texts == ["id", "party count", "cbd", "196", "x"]
        assert page.tags.count("td") == 4

    def test_yes_and_no_are_words(self) -> None:
        assert Page(Table(("open",), ((True,), (False,)))._repr_html_()).texts[1:] == [
            "true", "false",
        ]  # fmt: skip

    def test_a_long_table_says_how_many_rows_are_left(self) -> None:
        long = Table(("n",), tuple((n,) for n in range(1_234 + SHOWN)))
        page = Page(long._repr_html_())
        assert page.tags.count("td") == SHOWN == 60
        assert page.texts[-1] == "… and 1,234 more rows; to_pandas() has all 1,294"
        whole = Page(Table(("n",), long.rows[:SHOWN])._repr_html_())
        assert whole.texts[-1] == str(SHOWN - 1)

    def test_an_empty_table_says_so(self) -> None:
        assert Page(Table(("a",), ())._repr_html_()).texts == ["(no rows)"]

    def test_formulas_are_not_set(self) -> None:
        """Two dollar signs in a text would else be read as a formula by the notebook."""
        classes = Page(Table(("a",), (("$5 and $6",),))._repr_html_()).attributes["class"] or ""
        assert {"mathjax_ignore", "tex2jax_ignore"} <= set(classes.split())

    @pytest.mark.parametrize("payload", [PAYLOAD, "</iframe><script>x</script>", "\u202ea\u2067"])
    def test_payloads_stay_text(self, payload: str) -> None:
        table = Table((payload, "b"), ((payload, 1),))
        answers = (
            table._repr_html_(),
            Listing([Finding(payload, payload, payload)], Finding)._repr_html_(),
            Profile(payload, payload, payload, ((payload, table),))._repr_html_(),
            to_html([(payload, Table((), ()))], payload, payload, payload),
        )
        for answer in answers:
            page = Page(answer)
            assert set(page.tags) <= HARMLESS
            assert payload.replace("_", " ") in [text.replace("_", " ") for text in page.texts]

    def test_a_profile_shows_its_groups_under_titles(self, graph: Graph) -> None:
        profile = graph.show("unicef")
        page = Page(profile._repr_html_())
        assert page.texts[:2] == [profile.name, "entity unicef"]
        assert {title for title, _ in profile.groups} <= set(page.texts)
        assert page.tags.count("table") == len(profile.groups)

    def test_a_profile_is_a_frame_for_each_group(self, graph: Graph) -> None:
        profile = graph.show("unicef")
        frames = profile.to_pandas()
        assert list(frames) == [title for title, _ in profile.groups]
        assert [len(frame) for frame in frames.values()] == [len(t) for _, t in profile.groups]

    def test_a_page_is_framed_so_that_nothing_runs(self) -> None:
        inner = f"<html><body>{PAYLOAD}</iframe></body></html>"
        page = Page(framed(inner, PAYLOAD))
        assert page.tags == ["iframe"]
        assert page.texts == []
        assert page.attributes["sandbox"] == ""
        assert page.attributes["srcdoc"] == inner
        assert page.attributes["title"] == PAYLOAD

    def test_a_brief_shows_its_page(self, graph: Graph) -> None:
        brief = graph.brief("minamata")
        page = Page(brief._repr_html_())
        assert page.tags == ["iframe"]
        assert page.attributes["srcdoc"] == brief.to_html()
        assert page.attributes["title"] == "Brief: Minamata Convention on Mercury"


class TestCollaborators:
    @pytest.fixture
    def found(self, graph: Graph) -> Collaborators:
        return graph.collaborators("minamata")

    def test_its_frame_has_a_row_for_each_link_reason_and_function(
        self, found: Collaborators
    ) -> None:
        frame = found.to_pandas()
        counts = frame["part"].value_counts()
        assert counts["linked"] == len(found.linked)
        assert counts["function"] == len(found.coverage)
        assert len(frame) == len(found.to_table())
        assert frame["popularity_rank"].dtype == "Int64"

    def test_its_page_keeps_the_parts_apart_and_says_what_they_mean(
        self, found: Collaborators
    ) -> None:
        page = Page(found._repr_html_())
        heads = [
            "Already linked",
            "Other work of those linked",
            "Work on this agreement on record",
            "Direct evidence of related work",
            "Indirect: a shared mechanism, mandates and money on its themes, an inferred link",
            "Functions",
        ]
        assert [text for text in page.texts if text in heads] == heads
        assert page.texts[0] == found.name
        assert page.texts[1].startswith("This shows what the sources say; it may be incomplete.")
        assert page.tags.count("table") == 6
        assert "adds" not in page.texts[: page.texts.index(heads[1])], "no empty columns"

    def test_an_empty_part_is_a_gap_of_the_record(self) -> None:
        found = find_collaborators(small_world(roles=(partner("e0", "a1"),)), SUBJECT)
        texts = Page(found._repr_html_()).texts
        assert texts[texts.index("Already linked") + 1] == "none found in the sources of this graph"
        assert "none" not in [text.lower() for text in texts]


class TestGraph:
    def test_it_says_which_data_it_holds_and_how_much(self, graph: Graph) -> None:
        things = graph.store.select(
            "SELECT DISTINCT ?s { GRAPH <https://w3id.org/emg-graph/graph/things> { ?s a ?c } }"
        )
        assert repr(graph) == (
            f"<Graph of data {graph.data_version} ({graph.data_hash[:12]}):"
            f" {len(graph):,} statements on {len(things):,} things>"
        )

    def test_its_page_counts_things_by_kind(self, graph: Graph) -> None:
        page = Page(graph._repr_html_())
        assert graph.data_hash in page.texts[1]
        assert graph.data_version in page.texts[1]
        agreements = page.texts[page.texts.index("Agreement") + 1]
        counted = graph.store.select("SELECT DISTINCT ?a { ?a a emg:Agreement }")
        assert agreements == str(len(counted))


@pytest.mark.slow
def test_tables_that_try_to_be_more_than_text_stay_text(tmp_path: Path) -> None:
    graph = open_graph("memory:", write_payloads(tmp_path / "data"))
    shown = [
        graph._repr_html_(),
        graph.find("unicef")._repr_html_(),
        graph.show("unicef")._repr_html_(),
        graph.collaborators("minamata")._repr_html_(),
        graph.query("CQ01", agreement="minamata")._repr_html_(),
    ]
    for text in shown:
        assert set(Page(text).tags) <= HARMLESS
    assert any(PAYLOAD in cell for cell in Page(shown[3]).texts)
    assert Page(graph.brief("minamata")._repr_html_()).tags == ["iframe"]
