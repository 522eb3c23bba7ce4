"""How answers look: the list of collaborators, profiles, the picture, exported tables."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest
from folders import SMALL
from hypothesis import given
from hypothesis import strategies as st
from worlds import SUBJECT, partner, small_world, worlds

from emg_graph.analysis.candidates import BANDS, Collaborators, find_collaborators
from emg_graph.analysis.evidence import Citation
from emg_graph.answers import Profile, Table
from emg_graph.errors import OutputError
from emg_graph.graph import Graph, open_graph
from emg_graph.views import listing, picture, sheet
from emg_graph.views.picture import Edge, Node

SVG = "{http://www.w3.org/2000/svg}"
PAYLOAD = "<script>alert(1)</script>\"'&</svg>"


@pytest.fixture
def minamata(graph: Graph) -> Collaborators:
    return graph.collaborators("minamata")


@pytest.fixture
def few(graph: Graph) -> Collaborators:
    """Return an answer with missing functions."""
    return graph.collaborators("sea-protocol")


@pytest.fixture(scope="module")
def tables(graph: Graph, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return graph.export(tmp_path_factory.mktemp("export") / "tables")


@pytest.fixture(scope="module")
def small() -> Graph:
    return open_graph("memory:", SMALL)


def section(text: str, start: str, end: str) -> str:
    return text[text.index(start) : text.index(end)]


class TestListingAsText:
    def test_parts_come_in_their_order(self, few: Collaborators) -> None:
        text = listing.to_text(few)
        heads = [
            "ALREADY LINKED",
            "CANDIDATES – WORK ON",
            "CANDIDATES – DIRECT",
            "CANDIDATES – INDIRECT",
            "FUNCTIONS WITHOUT",
        ]
        places = [text.index(head) for head in heads]
        assert places == sorted(places)
        assert text.startswith(f"{few.name}\n")
        assert text.endswith("\n")

    def test_every_link_and_reason_ends_with_its_source(self, few: Collaborators) -> None:
        flat = " ".join(listing.to_text(few).split())
        for role in few.linked:
            marks = f"({role.basis}, {role.standing})"
            words = f"{role.role_label} {marks}. {role.summary} {listing.place(role.citation)}"
            assert " ".join(words.split()) in flat
        for candidate in few.candidates:
            for reason in candidate.reasons:
                words = f"• {reason.sentence} ({reason.basis}) {listing.place(reason.citation)}"
                assert " ".join(words.split()) in flat

    def test_candidates_stand_alphabetically_and_with_their_popularity(
        self, minamata: Collaborators
    ) -> None:
        text = listing.to_text(minamata)
        shown = re.findall(r"^  \S.* \(([a-z0-9-]+); place \d+ by roles .*\)$", text, re.MULTILINE)
        assert shown == [c.id for band in BANDS for c in minamata.band(band)]

    def test_lines_keep_to_the_width(self, minamata: Collaborators) -> None:
        for width in (60, 100):
            for line in listing.to_text(minamata, width=width).splitlines():
                long_word = max(len(word) for word in [*line.split(), ""]) + 8 > width
                named = "by roles in other agreements" in line or line.startswith("CANDIDATES")
                assert len(line) <= width or long_word or named or line == minamata.name

    def test_a_limit_cuts_each_band_and_says_how_many_are_left(self, few: Collaborators) -> None:
        text = listing.to_text(few, limit=1)
        full = [band for band in BANDS if few.band(band)]
        assert len(full) > 1
        for band in full:
            total = len(few.band(band))
            assert total > 1
            assert f"… and {total - 1} more in this band; --limit 0 shows all {total}" in text
        assert text.count(" by roles in other agreements)") == len(full)
        assert "more in this band" not in listing.to_text(few, limit=0)

    def test_a_limit_that_cuts_nothing_says_nothing(self) -> None:
        assert listing.hidden(5, 5) is None
        assert listing.hidden(5, 0) is None
        assert listing.hidden(5, 4) == "… and 1 more in this band; --limit 0 shows all 5"

    def test_missing_functions_are_named_with_their_weaker_links(self) -> None:
        weaker = partner("e0", SUBJECT, basis="inferred")
        text = listing.to_text(find_collaborators(small_world(roles=(weaker,)), SUBJECT))
        missing = section(text, "FUNCTIONS WITHOUT", "This shows")
        assert missing == (
            "FUNCTIONS WITHOUT A DOCUMENTED ACTOR\n"
            "  Data: not searched; weaker links only: E0\n"
            "  Finance: not searched\n"
            "  Norms: not searched\n\n"
        )
        assert "E0: Partner (inferred, current). Helps." in text

    def test_without_gaps_or_links_it_says_so(self) -> None:
        everything = replace(partner("e0", SUBJECT), functions=("data", "finance", "norms"))
        full = listing.to_text(find_collaborators(small_world(roles=(everything,)), SUBJECT))
        assert "each function has at least one documented actor" in full
        empty = listing.to_text(find_collaborators(small_world(searched={SUBJECT: 2}), SUBJECT))
        assert "none found in the sources of this graph" in empty
        assert "  Data: not searched by itself, in general in 2 sources\n" in empty

    def test_an_empty_band_says_so(self) -> None:
        words = "  none on record in this graph for what was asked; not searched\n"
        assert listing.to_text(find_collaborators(small_world(), SUBJECT)).count(words) == len(
            BANDS
        )
        world = small_world(roles=(partner("e0", "a1"),))
        text = listing.to_text(find_collaborators(world, SUBJECT))
        assert words not in section(text, "CANDIDATES – DIRECT", "CANDIDATES – INDIRECT")
        assert words in section(text, "CANDIDATES – INDIRECT", "FUNCTIONS WITHOUT")

    @given(worlds)
    def test_words_of_blame_never_appear(self, evidence: object) -> None:
        text = listing.to_text(find_collaborators(evidence, SUBJECT)).lower()  # type: ignore[arg-type]
        assert not [w for w in ("duplication", "failure", "inactive") if w in text]


class TestListingAsRows:
    def test_rows_are_links_then_reasons_band_by_band_then_functions(
        self, minamata: Collaborators
    ) -> None:
        parts = [row["part"] for row in listing.to_table(minamata).records()]
        expected = ["linked"] * len(minamata.linked)
        expected += ["linked-work"] * sum(len(works) for works in minamata.works.values())
        for band in BANDS:
            expected += [band] * sum(len(c.reasons) for c in minamata.band(band))
        assert parts == [*expected, *(["function"] * len(minamata.coverage))]

    def test_each_link_and_reason_has_its_source_and_place(self, minamata: Collaborators) -> None:
        for row in listing.to_table(minamata).records():
            if row["part"] != "function":
                assert row["reason"]
                assert row["source"]
                assert row["locator"]
                assert row["basis"]

    def test_a_limit_keeps_the_first_of_each_band(self, minamata: Collaborators) -> None:
        rows = listing.to_table(minamata, limit=2).records()
        for band in BANDS:
            shown = list(dict.fromkeys(row["id"] for row in rows if row["part"] == band))
            assert shown == [c.id for c in minamata.band(band)[:2]]

    def test_a_function_s_row_says_how_it_is_held(self) -> None:
        roles = (
            partner("e0", SUBJECT),
            replace(partner("e1", SUBJECT, basis="inferred"), functions=("finance",)),
        )
        found = find_collaborators(small_world(roles=roles, searched={SUBJECT: 1}), SUBJECT)
        rows = [row for row in listing.to_table(found).records() if row["part"] == "function"]
        alone = "not searched by itself, in general in 1 source"
        assert [(row["id"], row["standing"], row["role"]) for row in rows] == [
            ("data", "documented", "e0"),
            ("finance", alone, "e1"),
            ("norms", alone, ""),
        ]
        unasked = listing.to_table(find_collaborators(small_world(), SUBJECT)).records()
        assert {row["standing"] for row in unasked} == {"not searched"}

    def test_a_linked_row_has_the_actor_s_name_and_kind(self, minamata: Collaborators) -> None:
        rows = [row for row in listing.to_table(minamata).records() if row["part"] == "linked"]
        for row, role in zip(rows, minamata.linked, strict=True):
            actor = minamata.actors[role.actor]
            assert (row["id"], row["name"], row["kind"]) == (actor.id, actor.name, actor.kind)

    def test_json_holds_every_candidate_whatever_the_limit(self, minamata: Collaborators) -> None:
        data = json.loads(listing.to_json(minamata))
        assert [c["id"] for c in data["candidates"]] == [c.id for c in minamata.candidates]
        for told, meant in zip(data["candidates"], minamata.candidates, strict=True):
            assert told["score"] == meant.score
            assert told["rank"] == meant.rank
            assert told["popularity_rank"] == meant.popularity_rank
            assert {"value", "percentile", "weight", "measures"} == set(told["channels"]["A"])
            assert len(told["reasons"]) == len(meant.reasons)
        assert data["missing_functions"] == [cover.function for cover in minamata.missing]

    def test_a_place_names_source_and_locator(self) -> None:
        assert listing.place(Citation("som31-report", "para. 10")) == "[som31-report, para. 10]"


class TestSheet:
    PROFILE = Profile(
        "x-office", "entity", "Office | of <X>", (("Roles", Table(("role",), (("a|b",),))),)
    )

    def test_text_has_name_id_and_titled_tables(self) -> None:
        assert sheet.to_text(self.PROFILE) == (
            "Office | of <X>\nentity x-office\n\nROLES\nROLE\na | b\n"
        )

    def test_markdown_escapes_cells(self) -> None:
        text = sheet.to_markdown(self.PROFILE)
        assert "## Roles\n\n| role |\n| --- |\n| a\\|b |\n" in text
        assert "`x-office`" in text

    def test_markdown_of_a_name_is_inert(self) -> None:
        assert "<X>" not in sheet.to_markdown(self.PROFILE)

    def test_json_is_one_object(self) -> None:
        assert json.loads(sheet.to_json(self.PROFILE)) == {
            "id": "x-office",
            "kind": "entity",
            "name": "Office | of <X>",
            "groups": {"Roles": [{"role": "a|b"}]},
        }


class TestPicture:
    NODES = (
        Node("a", "Convention", "agreement", "agreement"),
        Node("e", "UNEP", "linked", "entity"),
        Node("m", "Partnership", "bridge", "mechanism"),
        Node("c-x", "WHO", "candidate", "entity"),
    )
    EDGES = (Edge("e", "a", stated=True), Edge("m", "c-x", stated=False))

    def drawn(self, *nodes: Node) -> ElementTree.Element:
        return ElementTree.fromstring(picture.draw(nodes or self.NODES, self.EDGES, "A title"))

    def texts(self, svg: ElementTree.Element) -> list[str]:
        return [str(text.text) for text in svg.iter(f"{SVG}text")]

    def test_it_is_an_image_with_a_title_and_a_description(self) -> None:
        svg = self.drawn()
        assert svg.get("role") == "img"
        assert svg.get("aria-label") == "A title"
        assert svg.findtext(f"{SVG}title") == "A title"
        assert "Actors already linked: 1; candidates: 1;" in str(svg.findtext(f"{SVG}desc"))

    def test_shapes_tell_kinds_apart_and_lines_tell_bases_apart(self) -> None:
        svg = self.drawn()
        assert len(list(svg.iter(f"{SVG}circle"))) == 2
        assert len(list(svg.iter(f"{SVG}rect"))) == 1
        classes = [path.get("class") for path in svg.findall(f"{SVG}path")]
        assert sorted(str(name) for name in classes) == ["other", "stated"]

    def test_a_link_to_what_is_not_drawn_is_left_out(self) -> None:
        svg = self.drawn(self.NODES[0], self.NODES[1])
        assert len(svg.findall(f"{SVG}path")) == 1
        assert "Candidates" not in self.texts(svg)

    def test_a_long_label_is_cut_and_kept_whole_in_its_title(self) -> None:
        svg = self.drawn(Node("e", "x" * 40, "linked", "entity"), self.NODES[0])
        assert "x" * 33 + "…" in self.texts(svg)
        assert "x" * 40 in [title.text for title in svg.iter(f"{SVG}title")]
        whole = self.drawn(Node("e", "x" * 34, "linked", "entity"), self.NODES[0])
        assert "x" * 34 in self.texts(whole)

    def test_what_looks_like_markup_stays_text(self) -> None:
        text = picture.draw([Node("a", PAYLOAD, "agreement", "agreement")], (), PAYLOAD)
        svg = ElementTree.fromstring(text)
        assert svg.get("aria-label") == PAYLOAD
        assert not list(svg.iter(f"{SVG}script"))

    def test_the_same_link_twice_is_one_line_whatever_the_order(self) -> None:
        once = picture.draw(self.NODES, self.EDGES, "t")
        assert picture.draw(self.NODES, [*reversed(self.EDGES), *self.EDGES], "t") == once

    @given(st.integers(0, 40), st.integers(0, 40))
    def test_every_mark_lies_inside_and_none_on_another(self, left: int, right: int) -> None:
        nodes = [
            self.NODES[0],
            *(Node(f"l{i}", "x", "linked", "entity") for i in range(left)),
            *(Node(f"r{i}", "x", "candidate", "entity") for i in range(right)),
        ]
        svg = ElementTree.fromstring(picture.draw(nodes, (), "t"))
        _, _, width, height = (int(part) for part in str(svg.get("viewBox")).split())
        places = [
            (int(str(circle.get("cx"))), int(str(circle.get("cy"))))
            for circle in svg.iter(f"{SVG}circle")
        ]
        assert len(set(places)) == left + right
        assert all(0 < x < width and 0 < y < height for x, y in places)


class TestExport:
    def rows(self, file: Path) -> list[dict[str, str]]:
        return list(csv.DictReader(io.StringIO(file.read_text(encoding="utf-8"))))

    def test_each_thing_and_claim_is_one_row(self, tables: Path, graph: Graph) -> None:
        assert len(self.rows(tables / "agreement.csv")) == len(graph.evidence.agreements)
        assert len(self.rows(tables / "role.csv")) == len(graph.evidence.roles)

    def test_a_cell_names_things_by_their_ids(self, tables: Path) -> None:
        rows = {row["identifier"]: row for row in self.rows(tables / "agreement.csv")}
        assert rows["basel-ban"]["parentAgreement"] == "basel"
        assert "waste" in rows["basel"]["hasTheme"].split("|")

    def test_rows_stand_in_order_and_come_out_the_same_twice(
        self, tables: Path, small: Graph, tmp_path: Path
    ) -> None:
        for file in sorted(tables.iterdir()):
            things = [row["thing"] for row in self.rows(file)]
            assert things == sorted(things)
        one, other = (small.export(tmp_path / name) for name in ("one", "other"))
        for file in sorted(one.iterdir()):
            assert (other / file.name).read_bytes() == file.read_bytes()

    def test_names_of_several_words_have_hyphens(self, tables: Path) -> None:
        names = {file.name for file in tables.iterdir()}
        assert "action-point.csv" in names
        assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*\.csv", name) for name in names)

    def test_a_folder_with_other_files_is_refused_and_kept(
        self, small: Graph, tmp_path: Path
    ) -> None:
        (tmp_path / "letters.txt").write_text("dear", encoding="utf-8")
        with pytest.raises(OutputError, match=r"there is letters\.txt in it"):
            small.export(tmp_path)
        assert [file.name for file in tmp_path.iterdir()] == ["letters.txt"]

    def test_a_folder_of_an_export_is_replaced(self, small: Graph, tmp_path: Path) -> None:
        (tmp_path / "role.csv").write_text("old", encoding="utf-8")
        small.export(tmp_path)
        assert len(self.rows(tmp_path / "role.csv")) == len(small.evidence.roles)

    def test_a_place_that_cannot_be_written_is_an_output_error(
        self, small: Graph, tmp_path: Path
    ) -> None:
        (tmp_path / "file").write_text("", encoding="utf-8")
        for place in (tmp_path / "missing" / "graph.nq", tmp_path / "file" / "tables"):
            with pytest.raises(OutputError, match="cannot be written"):
                small.export(place)
