"""The tagger finds the themes and agreements that a text names, and no others."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emg_graph.computed import tagger_of
from emg_graph.records import Agreement, ConceptRecord, Entity
from emg_graph.tables import Tables
from emg_graph.tagging import Match, Tagger, breadth, senses
from emg_graph.tagging.language import languages_of
from emg_graph.tagging.stems import english, french, spanish
from emg_graph.tagging.words import key, words_of

BENCHMARK = Path(__file__).parents[1] / "benchmarks" / "tagging.py"


def theme(
    identifier: str, en: str = "", broader: str | None = None, **others: str
) -> ConceptRecord:
    cells = {"alt_en": en, **others}
    return ConceptRecord.model_validate(
        {
            "id": identifier,
            "scheme": "theme",
            "label": identifier.replace("-", " ").capitalize(),
            "definition": "A theme.",
            "broader_concept": broader,
            **cells,
        }
    )


THEMES = (
    theme("biodiversity", "ecosystem|biological diversity", alt_fr="diversité biologique"),
    theme("chemicals", "POPs|hazardous substances"),
    theme("children-and-youth", "children|rights of the child"),
    theme("climate", "climate change|climate", alt_es="cambio climático"),
    theme("climate-mitigation", "greenhouse gas emissions", "climate"),
    theme("decent-work", "labor|labour"),
    theme("education-and-awareness", "public awareness"),
    theme("environmental-governance", "environment|environmental aspects"),
    theme("environmental-law", "environmental norms", "environmental-governance"),
    theme("forests", "forest|deforestation", "biodiversity"),
    theme("freshwater", "water|rivers|lakes"),
    theme("gender", "women"),
    theme("health", "non-communicable diseases|diseases"),
    theme("human-rights", "rights of the child|torture"),
    theme("oceans", "sea|marine"),
    theme("peace-and-security", "non-proliferation|war|conflict"),
    theme("plastics", "plastic", "waste"),
    theme("pollution"),
    theme("science-policy", "technology for development"),
    theme("trade", "trade"),
    theme("waste", "", "pollution"),
)


def agreement(identifier: str, name: str, **cells: str) -> Agreement:
    return Agreement.model_validate(
        {
            "id": identifier, "name": name, "kind": "convention", "status": "in-force",
            "scope": "global", "cluster": "Chemicals and Waste", "source": "s", "locator": "p. 1",
            "confidence": "high", "themes": "chemicals", **cells,
        }
    )  # fmt: skip


AGREEMENTS = (
    agreement("basel", "Basel Convention on Hazardous Wastes", aliases="Basel|Basel Convention"),
    agreement("cbd", "Convention on Biological Diversity", acronym="CBD"),
    agreement(
        "cartagena",
        "Cartagena Protocol on Biosafety to the Convention on Biological Diversity",
        aliases="Cartagena Protocol",
    ),
    agreement("dumping", "Convention on Dumping of Wastes at Sea, 1972", acronym="LC"),
    agreement("paris", "Paris Agreement", acronym="PA", themes="climate-mitigation"),
    agreement("rotterdam", "Rotterdam Convention on Trade", short_name="Rotterdam Convention"),
    agreement("taken", "Convention on Taken Names", acronym="ICC"),
    agreement("ban", "Amendment to the Basel Convention (Ban)"),
    agreement("annex", "Amendment to the Basel Convention (Annex)"),
    agreement("unfccc", "United Nations Framework Convention on Climate Change", acronym="UNFCCC"),
    agreement(
        "vienna",
        "Vienna Convention for the Protection of the Ozone Layer",
        short_name="Vienna Convention",
    ),
)


def body(identifier: str, name: str, aliases: str = "", acronym: str | None = None) -> Entity:
    return Entity.model_validate(
        {
            "id": identifier, "name": name, "aliases": aliases, "acronym": acronym, "kind": "k",
            "emg_status": "member", "source": "s", "locator": "p. 1", "confidence": "high",
        }
    )  # fmt: skip


BODIES = (
    body("unep", "United Nations Environment Programme", "UN Environment"),
    body("un-women", "UN Women", acronym="ICC"),
    body("experts", "Joint Group of Experts on the Marine Network"),
    body("panel", "Panel on Climate Change Network"),
)
TAGGER = Tagger(THEMES, AGREEMENTS, BODIES)


@pytest.fixture(scope="module")
def shipped(tables: Tables) -> Tagger:
    return tagger_of(tables)


@pytest.fixture(scope="module")
def benchmark() -> ModuleType:
    spec = importlib.util.spec_from_file_location("benchmark_of_tagging", BENCHMARK)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def themes(text: str) -> list[str]:
    return sorted(TAGGER.themes(text))


def agreements(text: str) -> list[str]:
    return [match.identifier for match in TAGGER.find(text) if match.kind == "agreement"]


# Words


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Forests", ["forests"]),
        ("Forest-based industry", ["forests"]),
        ("Reforestationist views", []),
        ("Ecosystems in danger", ["biodiversity"]),
        ("Action for women’s health", ["gender", "health"]),
        ("Persistent POPs", ["chemicals"]),
        ("Sounds that pops make", []),
        ("", []),
    ],
)
def test_labels_are_found_as_whole_words_in_singular_and_plural(
    text: str, found: list[str]
) -> None:
    assert themes(text) == found


def test_a_match_keeps_its_words_and_where_they_begin() -> None:
    text = "Follow-up to Climate  change"
    assert TAGGER.find(text) == (Match("theme", "climate", "Climate  change", 13),)
    assert TAGGER.find(text)[0].end == len(text)


def test_the_longest_label_is_found_and_each_word_is_used_once() -> None:
    assert [m.text for m in TAGGER.find("Climate change and climate")] == [
        "Climate change", "climate"
    ]  # fmt: skip


def test_a_label_of_two_themes_names_both() -> None:
    assert themes("Rights of the child") == ["children-and-youth", "human-rights"]


def test_labels_of_another_language_are_not_searched_in_a_text_that_tells_its_own() -> None:
    assert themes("Protección del medio frente al cambio climático") == ["climate"]
    assert themes("Protection de la diversité biologique") == ["biodiversity"]
    assert themes("Informe sobre la labor de la Comisión") == []
    assert themes("Cambio climático") == ["climate"]


def test_a_text_without_small_words_may_be_in_any_language() -> None:
    assert languages_of(["Biodiversité"]) == ("en", "fr", "es")
    assert languages_of("la protection des forêts".split()) == ("fr",)
    assert languages_of(["UN", "Los", "Angeles"]) == ("en", "fr", "es")


def test_stems_join_forms_of_one_word_and_leave_short_words_alone() -> None:
    assert english("policies") == english("policy")
    assert english("boxes") == english("box")
    assert english("organisation") == english("organization")
    assert french("eaux") == french("eau")
    assert [french("mer"), spanish("mar"), english("sea")] == ["mer", "mar", "sea"]


def test_acronyms_are_compared_as_written_and_codes_are_acronyms() -> None:
    assert key("PCBs", "en") == key("PCB", "en") == "PCB"
    assert key("C170", "name") == "C170"
    assert key("Pcbs", "en") != "PCB"


# What names nothing


@pytest.mark.parametrize(
    "text",
    [
        "Report of the United Nations Environment Programme",
        "Cooperation with UN Women",
        "Work of UN-Water",
        "International Forest Organization",
        "Report of the Committee on the Rights of the Child on its tenth session",
        "Economic Commission for Trade and Water",
        "Statute of the Centre for Climate Change and Forests",
        "Report of the Conference on Disarmament on nuclear matters",
        "Water and Forest Commission",
        "United Nations Water Programme",
        "Secretary of the Department of Water, Forests and Trade",
    ],
)
def test_the_name_of_a_body_names_no_theme(text: str) -> None:
    assert themes(text) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Special Rapporteur on torture", ["human-rights"]),
        ("United Nations Forum on Forests", ["forests"]),
        ("Voluntary Fund for Women", ["gender"]),
        ("Joint Group of Experts on the Marine Network", ["oceans"]),
        ("Panel on Climate Change Network", ["climate"]),
        ("Fact-Finding Mission on the Conflict", ["peace-and-security"]),
        ("Establishment of a Centre for Climate Change Policies", ["climate"]),
        ("Establishment of the Asian Centre for Water", ["freshwater"]),
        ("A fund for the Establishment of the Water Commission", []),
        ("United Nations Programme of Action on Water", ["freshwater"]),
        ("Inland Commission Strategy on Forests", ["forests"]),
    ],
)
def test_mandates_on_something_and_bodies_that_a_title_sets_up_carry_their_subject(
    text: str, found: list[str]
) -> None:
    assert themes(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Pollution other than waste", ["pollution"]),
        ("Pollution excluding plastic, and water", ["freshwater", "pollution"]),
        ("Trade without waste", ["trade"]),
        ("Non-plastic waste", ["waste"]),
        ("Non-communicable diseases", ["health"]),
        ("Disarmament and non-proliferation", ["peace-and-security"]),
    ],
)
def test_what_is_set_aside_is_not_given(text: str, found: list[str]) -> None:
    assert themes(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "Meeting of ministers of the environment and of women",
        "Statement by environment and trade ministries",
        "Domestic sectors, including the water, forest and trade sectors",
    ],
)
def test_those_who_act_are_no_subject(text: str) -> None:
    assert themes(text) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("An enabling environment", []),
        ("The environment and health", ["environmental-governance", "health"]),
        ("Environment for Europe", ["environmental-governance"]),
        ("Sixth Environment Day", []),
        ("Climate of impunity", []),
        ("War crimes", []),
        ("Conflict of interest", []),
        ("Illicit cross-border trade", []),
        ("Trade between countries", ["trade"]),
        ("Cooperation in the Black Sea", []),
        ("Protection of the sea", ["oceans"]),
        ("Stabilization of Lake Chad", []),
        ("Sustainable Lake management", ["freshwater"]),
        ("Control of precursor chemicals", []),
        ("Agricultural technology for development", []),
        ("New technology for development", ["science-policy"]),
    ],
)
def test_a_word_in_another_sense_names_nothing(text: str, found: list[str]) -> None:
    assert themes(text) == found


# What yields to what


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Forest ecosystems", ["forests"]),
        ("Pollution from plastic waste", ["plastics"]),
        ("Forests and ecosystems", ["biodiversity", "forests"]),
        ("Waste, including plastics", ["plastics", "waste"]),
        ("Greenhouse gas emissions, trade, and climate change", ["climate-mitigation", "trade"]),
        ("Environmental aspects of pollution", ["pollution"]),
        ("Environmental aspects of health", ["environmental-governance", "health"]),
        ("Raising public awareness of integrity", []),
        ("Raising public awareness of climate change", ["climate", "education-and-awareness"]),
    ],
)
def test_the_narrower_theme_of_a_phrase_stands(text: str, found: list[str]) -> None:
    assert themes(text) == found


# Agreements


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Implementation of the Convention on Biological Diversity", ["cbd"]),
        ("Report of the Conference of the Parties to the Convention on Biological Diversity",
         ["cbd"]),
        ("Parties to the CBD", ["cbd"]),
        ("the cbd effect", []),
        ("Framework Convention on Climate Change", ["unfccc"]),
        ("UNFCCC secretariat", ["unfccc"]),
        ("Cartagena Protocol on Biosafety", ["cartagena"]),
        ("Cartagena Protocol on Biosafety to the Convention on Biological Diversity",
         ["cartagena"]),
        ("Convention on Dumping of Wastes at Sea", ["dumping"]),
        ("Meeting in Basel", []),
        ("Trade in LC and PA", []),
        ("ICC statute", []),
        ("Paris Agreement on climate change", ["paris"]),
        ("Paris Agreement on Cambodia", []),
        ("Paris Agreement for all", ["paris"]),
        ("Vienna Convention on Diplomatic Relations", []),
        ("Vienna Convention", ["vienna"]),
        ("Synergies of the Basel, Rotterdam and Vienna conventions",
         ["basel", "rotterdam", "vienna"]),
        ("The conventions", []),
        ("Amendment to the Basel Convention", ["basel"]),
    ],
)  # fmt: skip
def test_agreements_are_found_by_names_that_are_theirs_alone(text: str, found: list[str]) -> None:
    assert agreements(text) == found


def test_an_agreement_in_the_name_of_a_body_still_names_its_themes() -> None:
    text = "Report of the Committee for the Convention on Biological Diversity"
    assert [(m.kind, m.text) for m in TAGGER.find(text)] == [
        ("agreement", "Convention on Biological Diversity"),
        ("theme", "Biological Diversity"),
    ]


# The shipped scheme


@given(
    st.lists(
        st.sampled_from(
            "Report of the Climate change Basel Rotterdam conventions UN - Water , non other than"
            " Committee on Women environmental aspects waste Établissement d’un İ ß ﬁ".split()
        )
        | st.text(max_size=5),
        max_size=14,
    ).map(" ".join)
)
def test_every_match_stands_where_it_says(text: str) -> None:
    found = TAGGER.find(text)
    assert all(text[m.start : m.end] == m.text for m in found)
    assert [m.start for m in found] == sorted(m.start for m in found)
    assert TAGGER.find(text) == found


@given(st.text())
def test_words_and_what_stands_between_them_make_up_the_text(text: str) -> None:
    words = words_of(text)
    joined = "".join(f"{word.gap}{word.text}" for word in words)
    assert text.startswith(joined)
    assert all(text[word.start : word.end] == word.text for word in words)


SHUT_OUT = {
    "awareness raising", "awareness-raising", "public awareness",  # of what?
    "environment ministers", "ministers of environment", "ministers of the environment",
    "Great Lakes region", "promoting investments for sustainable development",
}  # fmt: skip
"""Labels that the rule for labelling does not count, at least not alone."""


def test_every_label_of_the_shipped_scheme_names_its_theme(tables: Tables, shipped: Tagger) -> None:
    missed = {
        label
        for row in tables.rows["concepts"]
        if isinstance(row, ConceptRecord) and row.scheme == "theme"
        for label in (row.label, *row.alt_en, *row.alt_fr, *row.alt_es)
        if row.id not in shipped.themes(label)
    }
    assert missed == SHUT_OUT


def test_the_themes_that_the_rules_know_are_in_the_shipped_scheme(tables: Tables) -> None:
    known = {row.id for row in tables.things() if isinstance(row, ConceptRecord)}
    named = {*breadth._ALONE, *breadth._NATURE, breadth._WHOLE, breadth._AWARENESS}
    assert named | senses._ELSEWHERE.keys() <= known


def test_a_body_that_has_habitat_in_its_name_is_on_no_habitat(shipped: Tagger) -> None:
    for body in (
        "Centre for Human Settlements (Habitat)",
        "Habitat and Human Settlements Foundation",
    ):
        assert not shipped.themes(f"Role of the United Nations {body}")
    assert shipped.themes("Conservation of habitats of waterfowl")


def test_every_shipped_agreement_is_found_by_its_name(tables: Tables, shipped: Tagger) -> None:
    for row in tables.rows["agreements"]:
        assert isinstance(row, Agreement)
        assert row.id in {m.identifier for m in shipped.find(row.name) if m.kind == "agreement"}


def test_the_tags_do_not_depend_on_the_hash_seed() -> None:
    script = (
        "from emg_graph.computed import tagger_of; from emg_graph.resources import folder;"
        "from emg_graph.tables import read_tables;"
        "t = tagger_of(read_tables(folder('data')));"
        "print(t.find('Rights of the child, climate finance, Basel and Rotterdam conventions'))"
    )
    printed = {
        subprocess.run(
            [sys.executable, "-c", script],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True, text=True, check=True,
        ).stdout
        for seed in ("1", "2")
    }  # fmt: skip
    assert len(printed) == 1
    assert "rotterdam" in printed.pop()


# The benchmark


def test_the_shipped_sample_is_tagged_to_the_bar(benchmark: ModuleType, shipped: Tagger) -> None:
    finder = benchmark.tagged(shipped)
    for half in benchmark.HALVES:
        score = benchmark.score(benchmark.sample(half), finder)
        assert score.passes, f"{half}: {score}"


def test_a_score_counts_each_theme_of_each_title(benchmark: ModuleType) -> None:
    titles = [
        benchmark.Title("a", frozenset({"x", "y"}), "tune"),
        benchmark.Title("b", frozenset(), "tune"),
    ]
    score = benchmark.score(titles, lambda text: {"x": "a", "z": "a"} if text == "a" else {})
    assert (score.right, score.wrong, score.missed) == (1, 1, 1)
    assert (score.precision, score.recall, score.passes) == (0.5, 0.5, False)
    nothing = benchmark.score([titles[1]], lambda text: {})
    assert (nothing.precision, nothing.recall) == (1.0, 1.0)


def test_the_benchmark_prints_each_confusion_with_its_words(benchmark: ModuleType) -> None:
    title = benchmark.Title("Report on water", frozenset({"oceans"}), "tune")

    def find(text: str) -> dict[str, str]:
        return {"freshwater": "water"}

    assert list(benchmark.confusions([title], find)) == [
        "Report on water\n  wrong   freshwater: “water”\n  missed  oceans"
    ]
    assert list(benchmark.pairs([title], find)) == ["   1  oceans read, freshwater given"]
    assert len(list(benchmark.by_theme([title], find))) == 2


def test_tuning_shows_the_half_for_tuning_alone(
    benchmark: ModuleType, capsys: pytest.CaptureFixture[str]
) -> None:
    assert benchmark.main(["--tune"]) == 0
    printed = capsys.readouterr().out
    assert "tune: 237 titles" in printed
    assert "report" not in printed.split("title by title")[0]
