"""The ontology as something to read: every term and scheme, from the command line and Python."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import Process, Run
from payloads import PAYLOAD
from rdflib import RDF, RDFS, SKOS, URIRef
from rdflib import Graph as Rdf

from emg_graph import namespaces as ns
from emg_graph.errors import UnknownNameError
from emg_graph.graph import Graph, open_graph
from emg_graph.ontology import CLASS, KINDS, Ontology, Scheme, Term
from emg_graph.ontology.statements import shortened
from emg_graph.records import CLAIMS, RECORDS, ConceptRecord, columns
from emg_graph.resources import folder
from emg_graph.tables import read_tables
from emg_graph.views import ontology as view

ROOT = Path(__file__).parent.parent
NAMES = [f"emg:{name}" for names in KINDS.values() for name in sorted(names)]
ABOUT = {RDF.type, RDFS.label, RDFS.isDefinedBy, SKOS.definition}


@pytest.fixture(scope="module")
def ontology(graph: Graph) -> Ontology:
    return graph.ontology()


@pytest.fixture(scope="module")
def files() -> Rdf:
    """Return what the ontology's files say, read by another reader."""
    found = Rdf()
    for name in ("emg.ttl", "emg-alignments.ttl"):
        found.parse(folder("ontology") / name)
    return found


def term(ontology: Ontology, name: str) -> Term:
    (found,) = ontology.part(name).terms
    return found


def scheme(ontology: Ontology, name: str) -> Scheme:
    (found,) = ontology.part(schemes=[name]).schemes
    return found


class TestTerms:
    def test_every_term_stands_once_classes_first(self, ontology: Ontology) -> None:
        assert [one.name for one in ontology.terms] == NAMES

    def test_they_mean_what_the_file_says(self, ontology: Ontology, files: Rdf) -> None:
        for one in ontology.terms:
            assert one.label == str(files.value(URIRef(one.iri), RDFS.label))
            assert one.definition == str(files.value(URIRef(one.iri), SKOS.definition))

    def test_every_axiom_and_alignment_is_told(self, ontology: Ontology, files: Rdf) -> None:
        for one in ontology.terms:
            said = files.predicate_objects(URIRef(one.iri))
            expected = {(p, o) for p, o in said if p not in ABOUT}
            assert len(one.relations) == len(expected)
            assert not any("://" in word for pair in one.relations for word in pair)
        relations = term(ontology, "Agreement").relations
        assert relations == (
            ("rdfs:subClassOf", "schema:Legislation"),
            ("rdfs:subClassOf", "undo:Document"),
            ("skos:closeMatch", "undo:Treaty"),
        )

    def test_every_column_is_the_origin_of_its_property(self, ontology: Ontology) -> None:
        origins = {
            (one.name, origin.table, origin.column.name)
            for one in ontology.terms
            for origin in one.origins
            if not origin.derived
        }
        assert origins == {
            (column.maps.property, table, column.name)
            for table, model in RECORDS.items()
            for column in columns(model)
            if column.maps and column.maps.property.startswith("emg:")
        }

    def test_a_plain_link_says_on_which_claims_it_rests(self, ontology: Ontology) -> None:
        derived = {one.name for one in ontology.terms if any(o.derived for o in one.origins)}
        assert derived == {claim.LINK for claim in CLAIMS if claim.LINK}
        (origin,) = term(ontology, "serves").origins
        assert (origin.table, origin.column.name) == ("roles", "agreement")
        assert term(ontology, "serves").subjects == ("emg:Entity", "emg:Mechanism")

    def test_a_class_says_of_which_tables_its_things_are_rows(self, ontology: Ontology) -> None:
        assert term(ontology, "Participation").tables == ("participations", "attendance")
        assert term(ontology, "Claim").tables == tuple(claim.TABLE for claim in CLAIMS)

    def test_every_term_comes_from_somewhere(self, ontology: Ontology) -> None:
        """From a table, or else by a computation; never from nowhere, and never from both."""
        without = [one for one in ontology.terms if not (one.tables or one.origins)]
        assert [one.name for one in without] == [one.name for one in ontology.terms if one.computed]
        assert {one.local for one in without} == ns.COMPUTED

    def test_a_computed_term_is_said_to_be(self, ontology: Ontology) -> None:
        by_name = {entry.name: entry for part in view.sections(ontology) for entry in part.entries}
        assert by_name["emg:Tag"].columns == by_name["emg:taggedWith"].columns == ("computed",)
        assert "from       computed" in view.to_text(ontology.part("citationWeight"))
        assert "computed" not in by_name["emg:Mandate"].columns

    @pytest.mark.parametrize("name", ["emg:serves", "emg:Role", "emg:locator", "emg:Claim"])
    def test_uses_are_counted_in_the_graph(
        self, ontology: Ontology, graph: Graph, name: str
    ) -> None:
        one = term(ontology, name)
        pattern = f"?s a {name}" if one.kind == CLASS else f"?s {name} ?o"
        quads = graph.sparql(f"SELECT ?s ?o WHERE {{ {pattern} }}")
        assert not isinstance(quads, bool)
        assert one.uses == len(quads) > 0

    def test_uses_are_those_of_the_graph_that_is_asked(self, small: Ontology) -> None:
        assert term(small, "Agreement").uses < 10


@pytest.fixture(scope="module")
def small() -> Ontology:
    return open_graph("memory:", Path(__file__).parent / "data" / "small").ontology()


class TestSchemes:
    def test_every_concept_stands_in_its_scheme(self, ontology: Ontology) -> None:
        rows = read_tables(folder("data")).rows["concepts"]
        expected = {(row.scheme, row.id) for row in rows if isinstance(row, ConceptRecord)}
        assert expected == {
            (one.name, concept.id) for one in ontology.schemes for concept in one.concepts
        }

    def test_a_concept_has_its_meaning_names_and_matches(self, ontology: Ontology) -> None:
        concepts = {concept.id: concept for concept in scheme(ontology, "theme").concepts}
        mercury = concepts["mercury"]
        assert mercury.label == "Mercury"
        assert mercury.broader in concepts
        assert {"mercure", "mercurio"} <= set(mercury.also)
        assert all(part.startswith("skos:") and "://" in to for part, to in mercury.matches)
        assert mercury.matches

    def test_its_uses_are_the_statements_that_point_to_it(
        self, ontology: Ontology, graph: Graph
    ) -> None:
        concepts = {concept.id: concept for concept in scheme(ontology, "theme").concepts}
        iri = ns.thing_iri("theme", "mercury")
        found = graph.sparql(f"SELECT ?s ?p WHERE {{ ?s ?p <{iri}> }}")
        assert not isinstance(found, bool)
        within = [row for row in found.rows if str(row[0]).startswith(ns.thing_iri("theme", ""))]
        assert concepts["mercury"].uses == len(found) - len(within) > 0
        assert scheme(ontology, "theme").uses == sum(one.uses for one in concepts.values())

    def test_a_scheme_names_the_columns_that_take_from_it(self, ontology: Ontology) -> None:
        assert scheme(ontology, "role").columns == ("roles.role",)
        assert scheme(ontology, "capacity").columns == (
            "participations.capacity",
            "attendance.capacity",
            "assignments.capacity",
        )
        assert scheme(ontology, "country-group").columns == ("countries.groups",)

    def test_schemes_are_those_of_the_graph_that_is_asked(
        self, ontology: Ontology, small: Ontology
    ) -> None:
        counts = [len(scheme(one, "theme").concepts) for one in (ontology, small)]
        assert counts[1] < counts[0]


class TestNames:
    @pytest.mark.parametrize(
        "name", ["serves", "emg:serves", f"{ns.PREFIXES['emg']}serves", "SERVES", "EMG:Serves"]
    )
    def test_a_term_is_found_by_name_in_any_case(self, ontology: Ontology, name: str) -> None:
        assert term(ontology, name).name == "emg:serves"

    def test_a_term_is_found_by_its_label(self, ontology: Ontology) -> None:
        assert term(ontology, "on agreement").name == "emg:agreement"
        assert term(ontology, "On Agreement").name == "emg:agreement"

    def test_case_tells_a_class_from_a_property(self, ontology: Ontology) -> None:
        assert term(ontology, "Role").kind == "class"
        assert term(ontology, "role").kind == "object property"
        both = ontology.part("ROLE").terms
        assert [one.name for one in both] == ["emg:Role", "emg:role"]

    def test_one_term_comes_without_the_rest(self, ontology: Ontology) -> None:
        assert ontology.part("serves").schemes == ()
        assert ontology.part(schemes=["act"]).terms == ()
        assert ontology.part("serves", ["act"]).schemes == (scheme(ontology, "act"),)

    @pytest.mark.parametrize(
        ("name", "hint"),
        [
            ("servs", "did you mean 'serves'?"),
            ("emg:memberof2", "did you mean 'memberOf'?"),
            ("in boddy", "did you mean 'body' or 'scienceBody'?"),
            ("zzzz", "try emg-graph ontology"),
        ],
    )
    def test_an_unknown_term_is_refused_with_the_likeliest(
        self, ontology: Ontology, name: str, hint: str
    ) -> None:
        with pytest.raises(UnknownNameError, match="no term of the ontology") as caught:
            ontology.part(name)
        assert str(caught.value).endswith(hint)

    def test_an_unknown_scheme_is_refused_with_the_likeliest_or_all(
        self, ontology: Ontology
    ) -> None:
        with pytest.raises(UnknownNameError, match="did you mean 'theme'"):
            ontology.part(schemes=["themes"])
        with pytest.raises(UnknownNameError, match=r"it is one of act, .*, workstream-kind"):
            ontology.part(schemes=["zzzz"])

    def test_an_iri_of_no_known_prefix_stays_whole(self) -> None:
        assert shortened("https://example.org/x#a", {"https://example.org/": "ex"}).startswith("h")


class TestCommand:
    def test_by_default_it_lists_every_term_and_names_every_scheme(
        self, run: Run, ontology: Ontology
    ) -> None:
        lines = run("ontology").stdout.splitlines()
        assert lines[0].split() == ["NAME", "KIND", "DEFINITION", "USES"]
        shown = [line.split()[0] for line in lines[1:] if not line.startswith(" ")]
        assert shown == [*NAMES, *(one.name for one in ontology.schemes)]

    def test_one_term_is_told_in_full(self, run: Run) -> None:
        assert run("ontology", "emg:memberOf").stdout == (
            "emg:memberOf (object property): member of\n"
            "  meaning    Links an organisation to a mechanism or workstream in which it takes"
            " part; derived from\n"
            "             stated, current evidence.\n"
            "  used on    emg:Entity, emg:Mechanism\n"
            "  holds      id of mechanisms.csv or workstreams.csv\n"
            "  from       participations.body (derived)\n"
            "  relations  skos:closeMatch org:memberOf\n"
            f"  uses       {uses('memberOf')} statements\n"
        )

    def test_a_scheme_is_listed_with_its_concepts(self, run: Run) -> None:
        text = run("ontology", "--scheme", "act", "--scheme", "basis").stdout
        assert text.startswith("ACT\nID ")
        assert "\nBASIS\nID " in text
        assert "emg:" not in text
        assert re.search(r"^proposed +Proposed +Put forward", text, flags=re.MULTILINE)

    def test_rows_hold_every_term_and_concept(self, run: Run, ontology: Ontology) -> None:
        rows = json.loads(run("ontology", "--format", "json").stdout)
        concepts = [concept.id for one in ontology.schemes for concept in one.concepts]
        assert [row["name"] for row in rows] == [*NAMES, *concepts]
        by_name = {row["name"]: row for row in rows}
        assert by_name["emg:inferredAgreement"]["columns"] == "positions.inferred_agreements"
        assert by_name["emg:amount"]["holds"] == "amount of money"
        used = "emg:Expenditure|emg:NoGoalExpenditure|emg:PlanMention|emg:Project"
        assert by_name["emg:amount"]["used_on"] == used
        assert by_name["emg:agreement"]["columns"].startswith(
            "roles.agreement|positions.agreements|cooperations.agreements|"
        )
        assert by_name["emg:cites"]["columns"] == "citations.mandate (derived)"
        assert by_name["emg:cites"]["used_on"] == "emg:Entity"
        assert by_name["mercury"]["kind"] == "concept of theme"
        assert by_name["mercury"]["relations"].startswith("skos:broader ")

    def test_a_document_has_a_heading_for_each_term(self, run: Run) -> None:
        text = run("ontology", "--format", "md").stdout
        assert re.findall(r"^### (emg:\w+)$", text, flags=re.MULTILINE) == NAMES
        assert "\n\n\n" not in text
        assert "\n\n* " in text

    def test_an_unknown_term_ends_with_two_and_no_traceback(self, process: Process) -> None:
        done = process("ontology", "servs")
        assert (done.returncode, done.stdout) == (2, "")
        assert "did you mean 'serves'" in done.stderr
        assert "Traceback" not in done.stderr

    def test_the_bytes_do_not_depend_on_the_hash_seed(self, process: Process) -> None:
        first, second = (
            process("ontology", "--format", "html", env={"PYTHONHASHSEED": seed}).stdout
            for seed in ("1", "2")
        )
        assert first == second
        assert first.startswith("<!DOCTYPE html>")


def uses(name: str) -> str:
    """Return how often a property stands in the shipped graph, as its tables give it."""
    links = {
        (claim.entity, claim.body)  # type: ignore[attr-defined]
        for claim in read_tables(folder("data")).claims()
        if name == "memberOf"
        and claim.LINK == "emg:memberOf"
        and claim.basis == "stated"
        and getattr(claim, "standing", "current") == "current"
    }
    return f"{len(links):,}"


@pytest.fixture(scope="module")
def page(ontology: Ontology) -> str:
    return view.to_html(ontology)


class TestPage:
    def test_it_shows_every_term_and_concept_under_an_anchor(
        self, page: str, ontology: Ontology
    ) -> None:
        anchors = re.findall(r'\bid="([^"]+)"', page)
        assert len(anchors) == len(set(anchors))
        assert {name.removeprefix("emg:") for name in NAMES} <= set(anchors)
        concepts = {f"concept-{c.id}" for one in ontology.schemes for c in one.concepts}
        assert concepts <= set(anchors)

    def test_every_link_within_it_leads_somewhere(self, page: str) -> None:
        targets = set(re.findall(r'href="#([^"]+)"', page))
        assert targets <= set(re.findall(r'\bid="([^"]+)"', page))
        assert {"classes", "scheme-theme", "serves", "concept-mercury"} <= targets

    def test_it_asks_for_nothing_and_runs_nothing(self, page: str) -> None:
        assert "<script" not in page
        assert not re.search(r"\bsrc=|@import|url\(", page)
        assert "default-src 'none'" in page
        links = re.findall(r'<link [^>]*href="([^"]*)"', page)
        assert links == ["data:,"]

    def test_it_suits_a_phone_the_dark_and_a_printer(self, page: str) -> None:
        assert "width=device-width" in page
        assert "prefers-color-scheme: dark" in page
        assert "@media print" in page

    def test_what_is_written_in_the_data_stays_text(self, ontology: Ontology) -> None:
        act = scheme(ontology, "act")
        bad = replace(act.concepts[0], label=PAYLOAD, definition=PAYLOAD, also=(PAYLOAD,))
        spoilt = replace(
            ontology, data_version=PAYLOAD, schemes=(replace(act, title=PAYLOAD, concepts=(bad,)),)
        )
        page = view.to_html(spoilt)
        assert PAYLOAD not in page
        assert "<script" not in page
        assert "<script" not in view.render(spoilt, "md")


@pytest.mark.slow
def test_pylode_writes_a_page_that_names_every_term(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-W", "error", ROOT / "docs" / "ontology.py", "-o", tmp_path / "pages"],
        env={**os.environ, "PYTHONDEVMODE": "1"},
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert (done.returncode, done.stderr) == (0, "")
    page = (tmp_path / "pages" / "ontology.html").read_text(encoding="utf-8")
    iris = set(re.findall(r"<code>(https://w3id\.org/emg-graph/ontology#\w+)</code>", page))
    assert iris == {ns.expand(name) for name in NAMES}


def test_the_terms_and_concepts_can_be_laid_out_as_a_data_frame(graph: Graph) -> None:
    found = graph.ontology("serves", schemes=["act"])
    frame = found.to_pandas()
    act = scheme(found, "act")
    assert [*frame["name"]] == ["emg:serves", *(concept.id for concept in act.concepts)]
    assert frame["uses"][0] == found.terms[0].uses
    assert found.terms[0].definition in found._repr_html_()
