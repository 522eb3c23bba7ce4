"""The brief: what it says, in which order, from which sources, and that data in it stays text."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import replace
from html import escape
from html.parser import HTMLParser
from pathlib import Path

import pytest
from conftest import Run
from payloads import LONG, PAYLOAD, SMALL, write_payloads

from emg_graph.analysis.candidates import BANDS
from emg_graph.analysis.steps import first_step
from emg_graph.errors import DataError, OutputError
from emg_graph.graph import STORE_VARIABLE, Graph, open_graph
from emg_graph.views.brief import Brief

ALL = sorted(
    line.split(",", 1)[0]
    for line in (Path(__file__).parents[1] / "data" / "agreements.csv")
    .read_text(encoding="utf-8")
    .splitlines()[1:]
    if re.match(r"[a-z0-9-]+,", line)
)
VOID = frozenset({"br", "hr", "img", "input", "link", "meta"})
TONE = ("duplication", "failure", "inactive")
NONE = r"none (found in \d+ sources?[,.;]|on record in this graph; not searched\.)"


class Page(HTMLParser):
    """Every element of a page, every link, and its text; complains of tags out of order."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str, str]] = []
        self.text = ""
        self._open: list[str] = []
        self.feed(html)
        self.close()
        assert not self._open, self._open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(tag, name, value or "") for name, value in attrs]
        if tag not in VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(tag, name, value or "") for name, value in attrs]

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self._open and self._open[-1] != "style":
            self.text += data

    def values(self, name: str) -> list[str]:
        return [value for _, attribute, value in self.attributes if attribute == name]


@pytest.fixture(scope="module")
def briefs(graph: Graph) -> dict[str, Brief]:
    return {agreement: graph.brief(agreement) for agreement in graph.evidence.agreements}


@pytest.fixture(scope="module")
def pages(briefs: dict[str, Brief]) -> dict[str, Page]:
    return {agreement: Page(brief.to_html()) for agreement, brief in briefs.items()}


@pytest.fixture(scope="module")
def markdown(briefs: dict[str, Brief]) -> dict[str, str]:
    return {agreement: brief.to_markdown() for agreement, brief in briefs.items()}


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Graph:
    """Return a graph in which every free text holds the payload."""
    return open_graph("memory:", write_payloads(tmp_path_factory.mktemp("hostile") / "data"))


def flat(text: str) -> str:
    return " ".join(text.split())


class TestWhatItSays:
    def test_its_parts_stand_in_their_order(self, pages: dict[str, Page]) -> None:
        parts = (
            "Finding.", "Ask.", "The agreement", "Who is already linked",
            "Who else could work on it", "A coalition option", "Overlaps to manage",
            "Gaps in the record", "Products and platforms to reuse", "Limits",
            "Annex A", "Annex B", "Annex C", "Annex D", "Method", "Sources",
        )  # fmt: skip
        for page in pages.values():
            place, found = 0, []
            for part in parts:
                place = page.text.find(part, place) + 1
                found.append(place > 0)
            assert found == [True] * len(parts)

    def test_one_finding_and_one_ask_of_one_sentence_each(self, briefs: dict[str, Brief]) -> None:
        for brief in briefs.values():
            for sentence in (brief.finding, brief.ask):
                assert sentence.endswith(".")
                assert "\n" not in sentence
                assert "None" not in sentence
            if brief.documented:
                assert brief.finding.startswith(f"{len(brief.documented)} actor")
            else:
                assert brief.finding.startswith("No stated, current role in")
            for band in BANDS:
                assert str(len(brief.found.band(band))) in brief.finding

    def test_the_ask_goes_to_a_post(self, briefs: dict[str, Brief]) -> None:
        for brief in briefs.values():
            assert brief.ask.startswith("To the focal point for partnerships")

    def test_without_candidates_it_asks_for_a_source(self, briefs: dict[str, Brief]) -> None:
        alone = replace(briefs["minamata"], suggestions=())
        assert alone.ask.endswith("name one source that this graph should read.")

    def test_a_decision_on_record_twice_is_said_once(self, briefs: dict[str, Brief]) -> None:
        brief = briefs["minamata"]
        assert brief.streams
        twice = replace(brief, workstreams=(*brief.workstreams, *brief.workstreams))
        assert twice.streams == brief.streams

    def test_five_to_eight_candidates_are_shown_where_there_are_as_many(
        self, briefs: dict[str, Brief]
    ) -> None:
        for brief in briefs.values():
            assert len(brief.suggestions) == min(8, len(brief.found.candidates))

    def test_shown_candidates_stand_alphabetically_in_their_bands(
        self, briefs: dict[str, Brief]
    ) -> None:
        for brief in briefs.values():
            shown = [brief.shown(band) for band in BANDS]
            assert sum(shown, ()) == brief.suggestions
            for band in shown:
                names = [(s.candidate.short.casefold(), s.candidate.id) for s in band]
                assert names == sorted(names)

    def test_each_shown_candidate_has_its_first_step(self, briefs: dict[str, Brief]) -> None:
        for brief in briefs.values():
            for suggestion in brief.suggestions:
                assert suggestion.step == first_step(suggestion.candidate)
                assert brief.step_of(suggestion.candidate) == suggestion.step

    def test_every_candidate_and_every_link_stands_in_the_annex(
        self, briefs: dict[str, Brief], pages: dict[str, Page]
    ) -> None:
        for agreement in ("minamata", "cbd", "un-watercourses"):
            annex = flat(pages[agreement].text.partition("Annex B")[2])
            for candidate in briefs[agreement].found.candidates:
                assert candidate.name in annex
                for reason in candidate.reasons:
                    assert flat(reason.sentence) in annex
            for role in briefs[agreement].found.linked:
                assert flat(role.summary) in annex

    def test_the_matrix_has_a_row_for_each_actor_and_a_column_for_each_function(
        self, briefs: dict[str, Brief]
    ) -> None:
        brief = briefs["minamata"]
        matrix = re.search(r'<table class="matrix">.*?</table>', brief.to_html(), re.DOTALL)
        assert matrix
        rows = matrix[0].count('<th scope="row">')
        assert rows == len(brief.linked) + len(brief.suggestions)
        assert matrix[0].count('<th scope="col">') == len(brief.functions) + 1
        assert matrix[0].count("<td>") == rows * len(brief.functions)

    def test_the_matrix_marks_what_is_documented(self, briefs: dict[str, Brief]) -> None:
        brief = briefs["minamata"]
        matrix = brief.to_html().partition('<table class="matrix">')[2].partition("</table>")[0]
        held = sum(sum(actor.functions.values()) for actor in brief.linked)
        weaker = sum(len(actor.functions) for actor in brief.linked) - held
        formal = sum(len(actor.formal.keys() - actor.functions) for actor in brief.linked)
        assert formal
        marks = (matrix.count("●"), matrix.count("○"), matrix.count("△"))
        assert marks == (held, weaker, formal)

    def test_the_matrix_agrees_with_what_the_finding_counts(self, briefs: dict[str, Brief]) -> None:
        for brief in briefs.values():
            for cover in brief.found.coverage:
                does = {a.actor.id for a in brief.linked if cover.function in a.does}
                assert does == set(cover.documented)

    def test_a_formal_function_is_said_not_to_count(
        self, briefs: dict[str, Brief], pages: dict[str, Page], markdown: dict[str, str]
    ) -> None:
        brief = briefs["minamata"]
        (keeper,) = [a for a in brief.documented if a.does_formally == ["norms"]]
        assert not keeper.does
        said = "norms and standards (formal)"
        assert said in pages["minamata"].text.partition("Annex A")[0]
        assert said in markdown["minamata"]

    def test_a_candidate_linked_through_a_mechanism_says_so(
        self, briefs: dict[str, Brief], pages: dict[str, Page], markdown: dict[str, str]
    ) -> None:
        for agreement, brief in briefs.items():
            twice = [c for c in brief.found.candidates if brief.through_mechanism_only(c)]
            said = len(twice) + sum(s.candidate in twice for s in brief.suggestions)
            for text in (pages[agreement].text, markdown[agreement]):
                assert text.count("; linked only through a mechanism") == said
        subject = briefs["minamata"]
        assert any(subject.through_mechanism_only(c) for c in subject.found.candidates)

    def test_the_picture_shows_the_agreement_the_linked_and_the_candidates(
        self, briefs: dict[str, Brief]
    ) -> None:
        for brief in briefs.values():
            assert brief.svg.count('class="agreement agreement"') == 1
            assert brief.svg.count('class="entity candidate"') == len(brief.suggestions)
            for linked in brief.documented:
                assert f"<title>{linked.actor.short}</title>" in brief.svg.replace("&#x27;", "'")

    def test_what_was_not_searched_comes_before_other_gaps(self, briefs: dict[str, Brief]) -> None:
        for brief in briefs.values():
            kinds = [line.startswith("Not searched:") for line in brief.gaps]
            assert kinds == sorted(kinds, reverse=True)
            assert any(kinds) == bool(brief.unsearched)

    def test_nothing_is_said_to_be_none_without_where_it_was_looked_for(
        self, pages: dict[str, Page], markdown: dict[str, str]
    ) -> None:
        for agreement, page in pages.items():
            for text in (page.text, markdown[agreement]):
                for match in re.finditer(r"\bnone\b.{0,40}", text, re.IGNORECASE):
                    assert re.match(NONE, match[0], re.IGNORECASE), match[0]

    def test_a_gap_of_a_function_says_whether_it_was_searched(
        self, briefs: dict[str, Brief]
    ) -> None:
        for brief in briefs.values():
            for cover in brief.found.missing:
                start = f"No documented actor for {cover.label.lower()}: {cover.status}"
                assert [line for line in brief.gaps if line.startswith(start)]

    def test_the_finding_keeps_supporters_apart_from_who_runs_it(
        self, briefs: dict[str, Brief]
    ) -> None:
        for brief in briefs.values():
            count = len(brief.found.supporters)
            told = f"in {brief.found.called}, {count} of them besides running it"
            assert (told in brief.finding) == bool(brief.documented)
            weaker = re.search(r"(\d+) weaker links? (is|are) listed", brief.finding)
            if weaker:
                assert (int(weaker[1]), brief.documented) == (len(brief.linked), ())

    def test_markdown_shows_the_suggestions_with_two_reasons_and_a_first_step(
        self, briefs: dict[str, Brief], markdown: dict[str, str]
    ) -> None:
        for agreement, brief in briefs.items():
            text = markdown[agreement]
            shown = text.partition("\n## Who else could work on it\n")[2].partition("\n## ")[0]
            steps = re.findall(r"^\*\*.*; first step: (.*)$", shown, re.MULTILINE)
            assert [re.sub(r"\\(.)", r"\1", s) for s in steps] == [
                s.step for s in brief.suggestions
            ]
            reasons = [min(2, len(s.candidate.reasons)) for s in brief.suggestions]
            assert shown.count("\n- ") == sum(reasons)

    def test_the_markdown_annex_holds_every_candidate_with_every_reason(
        self, briefs: dict[str, Brief], markdown: dict[str, str]
    ) -> None:
        for agreement, brief in briefs.items():
            text = markdown[agreement]
            annex = text.partition("\n## Annex: every candidate\n")[2].partition("\n## ")[0]
            found = brief.found.candidates
            assert len(re.findall(r"^\*\*", annex, re.MULTILINE)) == len(found)
            assert annex.count("\n- ") == sum(len(c.reasons) for c in found)

    def test_an_empty_band_or_list_is_said_to_be_not_searched(
        self, briefs: dict[str, Brief]
    ) -> None:
        brief = briefs["minamata"]
        alone = replace(
            brief, suggestions=(), products=(), found=replace(brief.found, candidates=())
        )
        words = "None on record in this graph; not searched."
        for before, after in (
            (brief.to_html(), alone.to_html()),
            (brief.to_markdown(), alone.to_markdown()),
        ):
            assert after.count(words) >= before.count(words) + 4

    def test_a_coalition_says_first_what_it_cannot_fill(
        self, briefs: dict[str, Brief], pages: dict[str, Page], markdown: dict[str, str]
    ) -> None:
        for agreement, brief in briefs.items():
            coalition = brief.coalition
            wanted = ", ".join(brief.labels(need.slot.function for need in coalition.needs))
            rest = ", ".join(brief.labels(need.slot.function for need in coalition.beyond))
            for text in (flat(pages[agreement].text), flat(markdown[agreement])):
                assert f"Fewer than two actors are documented for {wanted}." in text
                told = (
                    f"Of these, nobody was found with a stated, current record nearby for {rest}."
                )
                assert (told in text) == bool(coalition.beyond)
                both = bool(coalition.beyond) and bool(coalition.groups)
                assert ("Smallest group for the rest:" in text) == both
                assert ("Smallest group" in text) == bool(coalition.groups)

    def test_a_coalition_names_who_could_take_each_place_and_who_else_without_the_largest(
        self, briefs: dict[str, Brief], pages: dict[str, Page], markdown: dict[str, str]
    ) -> None:
        drawn = 0
        for agreement, brief in briefs.items():
            for text in (flat(pages[agreement].text), flat(markdown[agreement])):
                other = brief.coalition.alternative
                without = brief.called([other.without])[0] if other else ""
                assert (f"Without {without}" in text) == bool(other)
                for group in brief.coalition.groups[:1]:
                    drawn += 1
                    for place in group.places:
                        first = brief.called(place.entities)[0]
                        assert first in text.partition("Smallest group")[2].partition("Without")[0]
        assert drawn

    def test_a_candidate_that_is_also_weakly_linked_is_drawn_once(
        self, briefs: dict[str, Brief]
    ) -> None:
        twice = 0
        for brief in briefs.values():
            weak = {linked.actor.id for linked in brief.linked if not linked.documented}
            drawn = re.findall(r'class="\w+ linked"><title>(.*?)</title>', brief.svg)
            for suggestion in brief.suggestions:
                if suggestion.candidate.id in weak:
                    twice += 1
                    assert escape(suggestion.candidate.short) not in drawn
        assert twice

    def test_words_of_blame_never_appear(self, pages: dict[str, Page]) -> None:
        for page in pages.values():
            assert not [word for word in TONE if word in page.text.lower()]

    def test_the_templates_and_the_code_hold_no_words_of_blame(self) -> None:
        package = Path(sys.modules["emg_graph"].__file__ or "").parent
        files = [*package.glob("views/**/*"), *package.glob("analysis/*.py")]
        texts = [f.read_text(encoding="utf-8").lower() for f in files if f.suffix in (".py", ".j2")]
        assert len(texts) > 10
        assert not [word for word in TONE for text in texts if word in text]

    def test_data_version_and_hash_stand_on_it(self, briefs: dict[str, Brief]) -> None:
        brief = briefs["minamata"]
        for text in (brief.to_html(), brief.to_markdown()):
            assert brief.data_version in text
            assert brief.data_hash in text

    def test_corrections_are_invited(self, pages: dict[str, Page]) -> None:
        for page in pages.values():
            assert "Corrections are welcome" in page.text


class TestSources:
    def test_every_cite_leads_to_a_source_of_the_page(
        self, pages: dict[str, Page], briefs: dict[str, Brief]
    ) -> None:
        for agreement, page in pages.items():
            targets = set(page.values("id"))
            cites = {link.removeprefix("#") for link in page.values("href") if link[:1] == "#"}
            assert cites
            assert cites <= targets
            count = len(briefs[agreement].sources)
            assert {f"s{number}" for number in range(1, count + 1)} <= targets

    def test_each_source_is_numbered_once_and_cited(self, briefs: dict[str, Brief]) -> None:
        for brief in briefs.values():
            cited = {role.citation.source for role in brief.found.linked}
            cited |= {r.citation.source for c in brief.found.candidates for r in c.reasons}
            assert cited <= set(brief.sources)
            assert [brief.number(s) for s in brief.sources] == list(
                range(1, len(brief.sources) + 1)
            )

    def test_every_listed_source_is_cited_by_the_page(self, pages: dict[str, Page]) -> None:
        for page in pages.values():
            listed = {value for value in page.values("id") if re.fullmatch(r"s\d+", value)}
            assert listed == {link[1:] for link in page.values("href") if link[:2] == "#s"}

    def test_markdown_cites_every_source_of_its_list(self, markdown: dict[str, str]) -> None:
        for text in markdown.values():
            body, _, listed = text.rpartition("\n## Sources\n")
            numbers = {int(n) for n in re.findall(r"^(\d+)\. ", listed, re.MULTILINE)}
            assert numbers == {int(n) for n in re.findall(r"\[(\d+)[],]", body)}

    def test_the_list_says_title_class_and_address(self, briefs: dict[str, Brief]) -> None:
        brief = briefs["basel"]
        page = Page(brief.to_html())
        for source in brief.sources.values():
            assert flat(source["title"]) in flat(page.text)
            assert not source["url"] or source["url"] in page.values("href")


class TestForm:
    @pytest.mark.parametrize("agreement", ["cbd", "minamata", "un-watercourses"])
    def test_the_page_asks_for_nothing_and_runs_nothing(
        self, pages: dict[str, Page], agreement: str
    ) -> None:
        page = pages[agreement]
        assert not {"script", "iframe", "object", "embed", "form", "base"} & set(page.tags)
        assert not [name for _, name, _ in page.attributes if name.startswith("on")]
        assert set(page.values("src")) <= {""}
        links = [value for tag, name, value in page.attributes if (tag, name) == ("link", "href")]
        assert links == ["data:,"]

    def test_the_page_forbids_what_it_does_not_need(self, pages: dict[str, Page]) -> None:
        (policy,) = (v for v in pages["cbd"].values("content") if "default-src" in v)
        assert "default-src 'none'" in policy
        assert "script-src" not in policy

    def test_the_page_has_a_language_a_title_and_one_heading(self, pages: dict[str, Page]) -> None:
        for page in pages.values():
            assert page.values("lang") == ["en"]
            assert page.tags.count("title") >= 1
            assert page.tags.count("h1") == 1

    def test_the_same_graph_gives_the_same_bytes(self, graph: Graph) -> None:
        one, other = (graph.brief("basel") for _ in range(2))
        assert one.to_html() == other.to_html()
        assert one.to_markdown() == other.to_markdown()

    def test_two_hash_seeds_give_the_same_bytes(self, tmp_path: Path) -> None:
        program = (
            "import sys, hashlib; from emg_graph import open_graph;"
            "b = open_graph('memory:', sys.argv[1]).brief('minamata');"
            "print(hashlib.sha256((b.to_html() + b.to_markdown()).encode()).hexdigest())"
        )
        digests = {
            subprocess.run(
                [sys.executable, "-c", program, str(SMALL)],
                env={**os.environ, "PYTHONHASHSEED": seed},
                capture_output=True,
                text=True,
                check=True,
            ).stdout
            for seed in ("1", "2")
        }
        assert len(digests) == 1

    def test_it_holds_no_clock(self, pages: dict[str, Page]) -> None:
        for page in pages.values():
            assert not re.search(r"\b\d{1,2}:\d{2}:\d{2}\b|\bgenerated (on|at)\b", page.text)

    def test_markdown_says_the_same(
        self, briefs: dict[str, Brief], markdown: dict[str, str]
    ) -> None:
        for agreement, brief in briefs.items():
            text = markdown[agreement]
            assert text.startswith("# ")
            for head in ("Who is already linked", "Gaps in the record", "Limits", "Sources"):
                assert f"\n## {head}\n" in text
            assert text.count("\n- ") >= len(brief.found.candidates)
            numbers = {int(n) for n in re.findall(r"\[(\d+), ", text)}
            assert numbers <= set(range(1, len(brief.sources) + 1))

    def test_markdown_tables_keep_their_columns(self, markdown: dict[str, str]) -> None:
        for text in markdown.values():
            for table in re.findall(r"(?:^\|.*\n)+", text, re.MULTILINE):
                bars = {len(re.findall(r"(?<!\\)\|", line)) for line in table.splitlines()}
                assert len(bars) == 1


class TestInert:
    @pytest.mark.parametrize("agreement", ["minamata", "basel", "basel-ban"])
    def test_in_a_page_the_payload_is_text(self, hostile: Graph, agreement: str) -> None:
        page = Page(hostile.brief(agreement).to_html())
        assert PAYLOAD in page.text
        assert not {"script", "img"} & set(page.tags)
        assert not [name for _, name, _ in page.attributes if name.startswith("on")]
        assert all(re.match(r"#s\d+$|https?://|data:,$", link) for link in page.values("href"))
        assert "{{ 7 * 7 }}" in page.text

    @pytest.mark.parametrize("agreement", ["minamata", "basel", "basel-ban"])
    def test_in_markdown_the_payload_is_text(self, hostile: Graph, agreement: str) -> None:
        text = hostile.brief(agreement).to_markdown()
        assert "&lt;script&gt;alert(1)" in text
        rest = re.sub(r"<https?://[^<>\s]+>", "", text)
        assert "<" not in rest
        assert not re.search(r"(?<!\\)\]\(", text)

    def test_a_very_long_text_is_kept_whole(self, hostile: Graph) -> None:
        assert LONG in Page(hostile.brief("minamata").to_html()).text

    def test_an_address_that_is_none_does_not_even_load(self, tmp_path: Path) -> None:
        data = tmp_path / "data"
        shutil.copytree(SMALL, data)
        sources = (data / "sources.csv").read_text(encoding="utf-8")
        spoilt = sources.replace("https://systemchart.un.org/", "javascript:alert(1)")
        assert spoilt != sources
        (data / "sources.csv").write_text(spoilt, encoding="utf-8")
        with pytest.raises(DataError, match="not a web address"):
            open_graph("memory:", data)

    def test_other_forms_hold_the_payload_as_text_too(self, hostile: Graph) -> None:
        from emg_graph.views import listing

        found = hostile.collaborators("minamata")
        assert PAYLOAD in json.loads(listing.to_json(found))["name"]


class TestCommand:
    def test_the_suffix_decides_the_form(self, run: Run, graph: Graph, tmp_path: Path) -> None:
        brief = graph.brief("minamata")
        for name, text in (
            ("a.html", brief.to_html()),
            ("b.HTM", brief.to_html()),
            ("c.md", brief.to_markdown()),
        ):
            result = run("brief", "Minamata Convention", "-o", tmp_path / name)
            assert result.exit_code == 0
            assert result.stdout == ""
            assert (tmp_path / name).read_text(encoding="utf-8") == text

    def test_without_a_file_it_is_markdown_on_standard_output(self, run: Run, graph: Graph) -> None:
        assert run("brief", "minamata").stdout == graph.brief("minamata").to_markdown()

    def test_another_suffix_is_refused_before_anything_is_opened(
        self, run: Run, tmp_path: Path
    ) -> None:
        result = run("brief", "minamata", "-o", tmp_path / "brief.pdf")
        assert isinstance(result.exception, OutputError)
        assert not list(tmp_path.iterdir())

    def test_a_store_of_its_own_is_used(self, tmp_path: Path, run: Run) -> None:
        result = run("brief", "minamata", "--data", SMALL, "--store", tmp_path / "store")
        assert result.exit_code == 0
        assert (tmp_path / "store" / "current").is_file()
        assert STORE_VARIABLE not in os.environ
