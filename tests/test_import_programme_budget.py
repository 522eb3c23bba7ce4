"""Fascicles of a programme budget read into mandates, citations, programmes and partners."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from fascicles import Fascicle, Linked, merge_down, raise_mark
from imports import SHARED, cells, doubts, needs_shared, rows, shipped

from emg_graph.errors import DocumentError
from emg_graph.importers import Drafts, Known
from emg_graph.importers.merging import merge
from emg_graph.importers.programme_budget import read
from emg_graph.importers.programme_budget.bodies import read_heading
from emg_graph.importers.programme_budget.sessions import year_of
from emg_graph.importers.programme_budget.symbols import plain, read_symbols
from emg_graph.resources import folder

DOCS = "https://docs.un.org/en/"

ASSEMBLY = "General Assembly resolutions"
MIXED = "General Assembly resolutions and decisions"
COUNCIL = "Economic and Social Council resolutions and decisions"
SECURITY = "Security Council resolutions"
RIGHTS = "Human Rights Council resolutions and decisions"
UNEP_COUNCIL = "Governing Council of the United Nations Environment Programme decisions"
UNEA = "United Nations Environment Assembly resolutions and decisions"
EUROPE = "Economic Commission for Europe decisions"
TREATIES = (
    "Relevant decisions of the governing bodies of the multilateral environmental agreements of"
    " the Economic Commission for Europe"
)
UNTOC = (
    "Conference of the Parties to the United Nations Convention against Transnational Organized"
    " Crime resolutions"
)
UNCAC = (
    "Conference of the States Parties to the United Nations Convention against Corruption"
    " resolutions and decisions"
)
UNFCCC = (
    "Conference of the Parties to the United Nations Framework Convention on Climate Change"
    " decisions"
)

AGREED = "Economic and Social Council agreed conclusions"
PRESIDENT = "President’s statements agreed upon by the Human Rights Council"
WEST_ASIA = "Economic and Social Commission for Western Asia resolutions"
LATIN_AMERICA = "Economic Commission for Latin America and the Caribbean resolutions"
ASIA = "Economic and Social Commission for Asia and the Pacific resolutions and decisions"
TRADE = "United Nations Conference on Trade and Development reports"
WTO = "World Trade Organization ministerial declarations and decisions"
DRUGS = "Commission on Narcotic Drugs resolutions and decisions"
CRIME = "Commission on Crime Prevention and Criminal Justice resolutions"


@pytest.fixture(scope="session")
def known() -> Known:
    """Return what the shipped tables know."""
    return shipped()


def titles(drafts: Drafts) -> dict[str, str]:
    return {row["id"]: row["title"] for row in rows(drafts, "mandates")}


# Symbols


@pytest.mark.parametrize(
    ("heading", "cell", "symbols"),
    [
        (ASSEMBLY, "47/190", ["A/RES/47/190"]),
        (ASSEMBLY, "2997 (XXVII)", ["A/RES/2997(XXVII)"]),
        (ASSEMBLY, "S-19/2", ["A/RES/S-19/2"]),
        (ASSEMBLY, "ES-10/17", ["A/RES/ES-10/17"]),
        (ASSEMBLY, "49/37; 78/291", ["A/RES/49/37", "A/RES/78/291"]),
        (ASSEMBLY, "62/63;79/116", ["A/RES/62/63", "A/RES/79/116"]),
        (ASSEMBLY, "61/267 B", ["A/RES/61/267 B"]),
        (ASSEMBLY, "52/12 A and B", ["A/RES/52/12 A", "A/RES/52/12 B"]),
        (ASSEMBLY, "79/93 A–B", ["A/RES/79/93 A", "A/RES/79/93 B"]),
        (ASSEMBLY, "77/256 (A–B); 76/240", [*("A/RES/77/256 A", "A/RES/77/256 B"), "A/RES/76/240"]),
        (ASSEMBLY, "1472 A (XIV); 69/85", ["A/RES/1472(XIV) A", "A/RES/69/85"]),
        (ASSEMBLY, "1472 (XIV) A", ["A/RES/1472(XIV) A"]),
        (ASSEMBLY, "79/258 A and 79/258 B", ["A/RES/79/258 A", "A/RES/79/258 B"]),
        (ASSEMBLY, "А/RES/79/1", ["A/RES/79/1"]),
        (MIXED, "Decision 77/511", ["A/DEC/77/511"]),
        (MIXED, "78/28; decision 79/513", ["A/RES/78/28", "A/DEC/79/513"]),
        (
            MIXED,
            "74/50 and 78/239; decisions 75/516, 76/515 and 77/514",
            ["A/RES/74/50", "A/RES/78/239", "A/DEC/75/516", "A/DEC/76/515", "A/DEC/77/514"],
        ),
        (MIXED, "54/418", ["A/DEC/54/418"]),
        ("General Assembly mandate", "A/520/Rev.20", ["A/520/Rev.20"]),
        (SECURITY, "2489 (2019)", ["S/RES/2489(2019)"]),
        (SECURITY, "2678 (2023); 2679 (2023)", ["S/RES/2678(2023)", "S/RES/2679(2023)"]),
        (SECURITY, "S/PRST/2019/5", ["S/PRST/2019/5"]),
        ("Notes by the President of the Security Council", "S/2024/507", ["S/2024/507"]),
        (COUNCIL, "2020/23", ["E/RES/2020/23"]),
        (COUNCIL, "Decision 2004/310", ["E/DEC/2004/310"]),
        (COUNCIL, "1997/226", ["E/DEC/1997/226"]),
        ("Economic and Social Council decisions", "2022/332", ["E/DEC/2022/332"]),
        (COUNCIL, "1946/9 (I)", ["E/RES/9(I)"]),
        (COUNCIL, "1967/1196 (XLII); 1991/48", ["E/RES/1196(XLII)", "E/RES/1991/48"]),
        (COUNCIL, "671 A (XXV)", ["E/RES/671(XXV) A"]),
        (COUNCIL, "671 (XXV) A", ["E/RES/671(XXV) A"]),
        (COUNCIL, "E/HLS/2022/1", ["E/HLS/2022/1"]),
        (COUNCIL, "E/2022/27-E/CN.6/2022/16", ["E/2022/27-E/CN.6/2022/16"]),
        ("Ministerial communiqués of the Economic and Social Council", "2002",
         ["ECOSOC ministerial communiqué 2002"]),
        (AGREED, "1995/1", ["ECOSOC agreed conclusions 1995/1"]),
        (RIGHTS, "46/7", ["A/HRC/RES/46/7"]),
        (RIGHTS, "S-30/1", ["A/HRC/RES/S-30/1"]),
        (RIGHTS, "Decision 2/102", ["A/HRC/DEC/2/102"]),
        (RIGHTS, "27/31; 27/31/Corr.1", ["A/HRC/RES/27/31", "A/HRC/RES/27/31/Corr.1"]),
        (PRESIDENT, "PRST/OS/12/1", ["A/HRC/PRST/OS/12/1"]),
        ("Commission on Human Rights resolution", "E/CN.4/RES/ 1993/2A", ["E/CN.4/RES/1993/2 A"]),
        (UNEA, "6/4", ["UNEP/EA.6/RES.4"]),
        (UNEA, "Decision 3/1", ["UNEP/EA.3/DEC.1"]),
        (UNEA, "2/11, 4/6", ["UNEP/EA.2/RES.11", "UNEP/EA.4/RES.6"]),
        (UNEA, "UNEP/EA.4/HLS.1", ["UNEP/EA.4/HLS.1"]),
        (UNEP_COUNCIL, "SS.XI/2", ["UNEP/GC/DEC/SS.XI/2"]),
        ("UN-Habitat Assembly resolutions and decisions", "1/2", ["HSP/HA.1/RES.2"]),
        ("Economic Commission for Africa resolutions", "748 (XXVIII)", ["ECA/RES/748(XXVIII)"]),
        (WEST_ASIA, "335 (S-VI)", ["ESCWA/RES/335(S-VI)"]),
        (LATIN_AMERICA, "751 (PLEN.36)", ["ECLAC/RES/751(PLEN.36)"]),
        (ASIA, "Decision 80/6", ["ESCAP/DEC/80/6"]),
        (EUROPE, "A (64)", ["ECE/DEC/A(64)"]),
        (EUROPE, "ECE/BATUMI. CONF/2016/2/ Add.1", ["ECE/BATUMI.CONF/2016/2/Add.1"]),
        (EUROPE, "ECE/AC.21/2021/2-EUCHP2018924/ 4.3.2", ["ECE/AC.21/2021/2-EUCHP2018924/4.3.2"]),
        (TREATIES, "ECE/EB.AIR/154 and Add.1", ["ECE/EB.AIR/154", "ECE/EB.AIR/154/Add.1"]),
        (
            TREATIES,
            "ECE/MP.EIA/23-ECE/MP.EIA/ SEA/7 and Add.1, Add.2 and Add.3",
            [f"ECE/MP.EIA/23-ECE/MP.EIA/SEA/7{end}" for end in ("", "/Add.1", "/Add.2", "/Add.3")],
        ),
        (TRADE, "TD/442, TD/442/Corr.1 and TD/442/Corr.2",
         ["TD/442", "TD/442/Corr.1", "TD/442/Corr.2"]),
        (WTO, "WT/MIN(01)/DEC/1", ["WT/MIN(01)/DEC/1"]),
        ("Conference on Disarmament mandate", "CD/8/Rev.10", ["CD/8/Rev.10"]),
        (DRUGS, "Decision 63/15", ["CND/DEC/63/15"]),
        (CRIME, "20/4", ["CCPCJ/RES/20/4"]),
        ("Commission for Social Development resolutions", "45/2", ["CSocD/RES/45/2"]),
        ("Commission on Population and Development resolutions", "2004/2", ["CPD/RES/2004/2"]),
        (UNTOC, "9/3; 12/1", ["CTOC/RES/9/3", "CTOC/RES/12/1"]),
        (UNCAC, "Decision 7/1", ["CAC/DEC/7/1"]),
        (UNFCCC, "1/CP.21", ["Decision 1/CP.21"]),
        ("Secretary-General’s bulletins", "ST/SGB/2007/11", ["ST/SGB/2007/11"]),
    ],
)  # fmt: skip
def test_a_symbol_is_written_in_its_full_form(
    heading: str, cell: str, symbols: Sequence[str]
) -> None:
    found = read_symbols(cell, read_heading(heading, "unep"))
    assert [cited.symbol for cited in found] == symbols


@pytest.mark.parametrize(
    ("heading", "cell", "provisions"),
    [
        (UNEP_COUNCIL, "SS.VIII/1, sect. II, 25/1, sect. II", ["sect. II", "sect. II"]),
        (ASSEMBLY, "45/248 B, sect. VI", ["sect. VI"]),
        (ASSEMBLY, "79/1 Annex I", ["Annex I"]),
        (COUNCIL, "2024/15, annex", ["annex"]),
        (EUROPE, "ECE/TRANS/344, annex I", ["annex I"]),
        (ASSEMBLY, "60/1; 61/106, annex II", ["", "annex II"]),
    ],
)
def test_the_part_that_is_meant_is_kept_apart(
    heading: str, cell: str, provisions: Sequence[str]
) -> None:
    found = read_symbols(cell, read_heading(heading, "unep"))
    assert [cited.provision for cited in found] == provisions


@pytest.mark.parametrize(
    ("heading", "cell"),
    [
        (ASSEMBLY, "n/a"),
        (ASSEMBLY, "47/190 or so"),
        (ASSEMBLY, "2489 (2019)"),
        (ASSEMBLY, "1996"),
        ("Something else", "47/190"),
        ("World Trade Organization decisions", "4/1"),
    ],
)
def test_a_cell_that_is_not_wholly_understood_gives_nothing(heading: str, cell: str) -> None:
    assert read_symbols(cell, read_heading(heading, None)) == ()


@pytest.mark.parametrize(
    ("heading", "cell", "year"),
    [
        (ASSEMBLY, "80/1", "2025"),
        (ASSEMBLY, "2997 (XXVII)", "1972"),
        (ASSEMBLY, "S-19/2", "1997"),
        (ASSEMBLY, "ES-10/17", ""),
        (ASSEMBLY, "A/RES/47/190", "1992"),
        (ASSEMBLY, "1472 A (XIV)", "1959"),
        (SECURITY, "2489 (2019)", "2019"),
        (COUNCIL, "1946/9 (I)", "1946"),
        (COUNCIL, "37 (IV)", "1947"),
        (COUNCIL, "1967/1196 (XLII)", "1967"),
        (RIGHTS, "46/7", "2021"),
        (RIGHTS, "PRST/OS/12/1", ""),
        (UNEA, "6/4", "2024"),
        (UNEA, "UNEP/EA.4/HLS.1", "2019"),
        (EUROPE, "ECE/HBP/190", ""),
    ],
)
def test_the_year_is_given_only_where_the_symbol_tells_it(
    heading: str, cell: str, year: str
) -> None:
    assert [cited.session_on for cited in read_symbols(cell, read_heading(heading, None))] == [year]


@pytest.mark.parametrize(
    ("body", "symbol", "year"),
    [
        ("general-assembly", "A/RES/S-10/2", "1978"),
        ("general-assembly", "A/RES/S-26/2", "2001"),
        ("general-assembly", "A/RES/S-30/1", "2016"),
        ("general-assembly", "A/RES/S-11/1", ""),
        ("economic-and-social-council", "E/RES/671(XXV) A", "1958"),
        ("economic-and-social-council", "E/RES/920(XXXIV)", "1962"),
        ("economic-and-social-council", "E/RES/1818(LV)", "1973"),
        ("economic-and-social-council", "E/RES/1000(XXXVII)", ""),
        ("human-rights-council", "A/HRC/DEC/3/104", "2006"),
        ("human-rights-council", "A/HRC/RES/4/1", "2007"),
        ("human-rights-council", "A/HRC/PRST/6/2", "2007"),
        ("human-rights-council", "A/HRC/RES/7/14", "2008"),
        ("human-rights-council", "A/HRC/RES/27/31/Corr.1", "2014"),
        ("human-rights-council", "A/HRC/RES/58/1", "2025"),
        ("human-rights-council", "A/HRC/RES/61/1", ""),
        ("human-rights-council", "A/HRC/RES/S-7/1", "2008"),
        ("human-rights-council", "A/HRC/RES/S-35/1", "2022"),
        ("human-rights-council", "A/HRC/RES/S-99/1", ""),
        ("unea", "UNEP/EA.1/RES.5", "2014"),
        ("unea", "UNEP/EA.5/RES.14", "2022"),
        ("unea", "UNEP/EA.5/DEC.1", ""),
        ("unea", "UNEP/EA.SS.1/1", ""),
        ("unea", "UNEP/EA.7/RES.1", ""),
        ("unep-governing-council", "UNEP/GC/DEC/19/1", "1997"),
        ("unep-governing-council", "UNEP/GC/DEC/27/2", "2013"),
        ("unep-governing-council", "UNEP/GC/DEC/SS.VII/1", "2002"),
        ("unep-governing-council", "UNEP/GC/DEC/SS.XII/3", "2012"),
        ("un-habitat-governing-council", "HSP/GC/RES/26/8", "2017"),
        ("un-habitat-assembly", "HSP/HA.2/DEC.1", "2023"),
        ("commission-on-narcotic-drugs", "CND/RES/63/1", "2020"),
        ("commission-on-narcotic-drugs", "CND/RES/41/1", ""),
        ("commission-on-crime-prevention-and-criminal-justice", "CCPCJ/RES/26/4", "2017"),
        ("commission-for-social-development", "CSocD/RES/61/1", "2023"),
        ("conference-of-the-parties-to-untoc", "CTOC/RES/11/1", "2022"),
        ("conference-of-the-states-parties-to-uncac", "CAC/RES/2/1", "2008"),
        ("conference-of-the-states-parties-to-uncac", "CAC/RES/10/1", "2023"),
        ("conference-of-the-parties-to-unfccc", "Decision 1/CP.21", "2015"),
        ("economic-commission-for-africa", "ECA/RES/818(XXXI)", "1996"),
        ("economic-commission-for-africa", "ECA/RES/748(XXVIII)", ""),
        ("economic-commission-for-africa", "ECA/RES/968(LII)", "2019"),
        ("economic-commission-for-africa", "ECA/RES/975(LIII)", "2021"),
        ("economic-commission-for-africa", "ECA/RES/935(XLVII)", ""),
        ("economic-commission-for-europe", "ECE/DEC/A(66)", "2015"),
        ("economic-commission-for-europe", "ECE/DEC/E(79)", ""),
        ("economic-commission-for-latin-america-and-the-caribbean", "ECLAC/RES/700(XXXVI)",
         "2016"),
        ("economic-commission-for-latin-america-and-the-caribbean", "ECLAC/RES/678(XXXVI)", ""),
        ("economic-commission-for-latin-america-and-the-caribbean", "ECLAC/RES/751(PLEN.36)", ""),
        ("economic-and-social-commission-for-asia-and-the-pacific", "ESCAP/RES/75/3", "2019"),
        ("economic-and-social-commission-for-western-asia", "ESCWA/RES/305(XXVII)", "2012"),
        ("economic-and-social-commission-for-western-asia", "ESCWA/RES/343(XXXI)", "2023"),
        ("economic-and-social-commission-for-western-asia", "ESCWA/RES/335(S-VI)", "2019"),
        ("economic-and-social-commission-for-western-asia", "ESCWA/RES/337(S-VII)", ""),
        ("wto-ministerial-conference", "WT/MIN(01)/DEC/1", "2001"),
        ("other-body", "X/RES/46/7", ""),
        ("treaty-text", "United Nations Convention against Corruption", ""),
    ],
)  # fmt: skip
def test_a_session_has_the_year_in_which_it_was_held(body: str, symbol: str, year: str) -> None:
    assert year_of(symbol, body) == year


def test_only_its_own_budget_may_call_a_body_by_half_its_name() -> None:
    heading = read_heading("Governing Council resolutions", "un-habitat")
    assert heading.body.concept == "un-habitat-governing-council"
    assert not read_heading("Governing Council resolutions", "unodc").known


def test_letters_that_only_look_latin_are_mended() -> None:
    assert plain("А/RЕS/65/161") == "A/RES/65/161"


# Lists


def test_a_list_gives_mandates_and_citations(tmp_path: Path, known: Known) -> None:
    made = Fascicle().mandates()
    made.listed(ASSEMBLY, (Linked("47/190", f"{DOCS}A/RES/47/190"), "Report of the Conference"))
    made.say("Subprogramme 1", "Climate action").listed(UNEA, ("6/4", "Promoting synergies"))
    drafts = read([made.deliverables().save(tmp_path)], known)
    assert not drafts.unread
    assert cells(drafts, "citations", "entity", "mandate", "programme", "locator") == [
        ("unep", "a-res-47-190", "", "para. 14.8, General Assembly resolutions, row 1"),
        (
            "unep",
            "unep-ea-6-res-4",
            "pb2027-unep-sp1",
            f"para. 14.8, subprogramme 1, {UNEA}, row 1",
        ),
    ]
    assert cells(drafts, "mandates", "id", "symbol", "title", "body", "session_on", "homepage") == [
        ("a-res-47-190", "A/RES/47/190", "Report of the Conference", "general-assembly", "1992",
         f"{DOCS}A/RES/47/190"),
        ("unep-ea-6-res-4", "UNEP/EA.6/RES.4", "Promoting synergies", "unea", "2024", ""),
    ]  # fmt: skip
    assert cells(drafts, "programmes", "id", "name", "number", "entity", "budget_on") == [
        ("pb2027-unep", "Environment", "programme 11", "unep", "2027"),
        ("pb2027-unep-sp1", "Climate action", "subprogramme 1", "unep", "2027"),
    ]


def test_the_next_edition_brings_its_own_source(tmp_path: Path, known: Known) -> None:
    drafts = read(
        [Fascicle().mandates().listed(ASSEMBLY, ("70/1", "Agenda")).save(tmp_path)], known
    )
    assert rows(drafts, "sources") == [
        {
            "id": "a-81-6-sect-14",
            "title": "Proposed programme budget for 2027, section 14, Environment",
            "publisher": "United Nations",
            "symbol": "A/81/6 (Sect. 14)",
            "evidence_class": "A",
            "issued_on": "2026",
            "url": "https://undocs.org/A/81/6(Sect.14)",
        }
    ]
    assert {row["source"] for row in rows(drafts, "citations")} == {"a-81-6-sect-14"}


def test_a_source_that_is_there_stays_as_it_is(tmp_path: Path, known: Known) -> None:
    made = Fascicle("A/80/6 (Sect. 14)", year="2026").mandates()
    drafts = read([made.listed(ASSEMBLY, ("70/1", "Agenda")).save(tmp_path)], known)
    assert not rows(drafts, "sources")
    assert cells(drafts, "citations", "source") == [("a-80-6-sect-14",)]


def test_awkward_tables_are_read(tmp_path: Path, known: Known) -> None:
    made = Fascicle().mandates().say(ASSEMBLY, "s", style="Body Text")
    made.table(
        ("Symbol", "Title"),
        ("", ""),
        ("65/161\u200d ", "Convention on\u00a0Biological Diversity"),
        (["75/185; 77/219;", "79/172"], "Human rights"),
        ("75/290 A", "Review of the implementation"),
        ("", "Economic and Social Council"),
        ("А/RES/66/288", ""),
    )
    marked = made.document.tables[-1].cell(2, 1).paragraphs[0]
    raise_mark(marked, "a")
    drafts = read([made.deliverables().save(tmp_path)], known)
    assert not drafts.unread
    assert cells(drafts, "citations", "mandate", "name_as_written", "locator")[1:4:2] == [
        ("a-res-75-185", "75/185; 77/219; 79/172", f"para. 14.8, {ASSEMBLY}, row 2"),
        ("a-res-79-172", "75/185; 77/219; 79/172", f"para. 14.8, {ASSEMBLY}, row 2"),
    ]
    found = titles(drafts)
    assert found["a-res-65-161"] == "Convention on Biological Diversity"
    assert found["a-res-75-290-a"] == "Review of the implementation; Economic and Social Council"
    assert found["a-res-66-288"] == ""
    assert drafts.tallies[0].rows == 4


def test_rows_below_a_merged_cell_belong_to_the_row_above(tmp_path: Path, known: Known) -> None:
    made = Fascicle().mandates().listed(ASSEMBLY, ("70/1", "Agenda"), ("", "for 2030"))
    merge_down(made.document.tables[-1], 0, 0, 1)
    drafts = read([made.save(tmp_path)], known)
    assert cells(drafts, "mandates", "id", "title") == [("a-res-70-1", "Agenda; for 2030")]


def test_what_word_wraps_or_hides_is_read_as_it_is_seen(tmp_path: Path, known: Known) -> None:
    made = Fascicle().mandates().listed(ASSEMBLY, ("S-19/2", "Long-term"), ("70/1", "Agenda"))
    made.wrap_last_table()
    made.spell_hyphen("S-19/2").delete_row_text("Agenda")
    drafts = read([made.save(tmp_path)], known)
    assert cells(drafts, "mandates", "id", "title") == [
        ("a-res-70-1", ""),
        ("a-res-s-19-2", "Long-term"),
    ]


def test_numbers_go_on_where_a_table_is_cut_in_two(tmp_path: Path, known: Known) -> None:
    made = Fascicle().mandates().listed(SECURITY, ("1325 (2000)", "")).table(("2242 (2015)", ""))
    drafts = read([made.save(tmp_path)], known)
    assert [row["locator"][-5:] for row in rows(drafts, "citations")] == ["row 1", "row 2"]


def test_a_break_is_made_where_a_link_begins_after_a_number(tmp_path: Path, known: Known) -> None:
    cell = Linked("53/3", f"{DOCS}A/HRC/RES/53/3", before="44/15")
    drafts = read([Fascicle().mandates().listed(RIGHTS, (cell, "Business")).save(tmp_path)], known)
    assert cells(drafts, "mandates", "id", "homepage") == [
        ("a-hrc-res-44-15", ""),
        ("a-hrc-res-53-3", f"{DOCS}A/HRC/RES/53/3"),
    ]


@pytest.mark.parametrize("form", ["hyperlink", "field", "simple"])
def test_a_link_is_read_however_word_keeps_it(tmp_path: Path, known: Known, form: str) -> None:
    first = Linked("47/190", f"{DOCS}A/RES/47/190", form=form)
    second = Linked("66/288", f"{DOCS}A/RES/66/288", before="; ", form=form)
    made = Fascicle().mandates().listed(ASSEMBLY, ([first, second], "Reports"))
    drafts = read([made.save(tmp_path)], known)
    assert cells(drafts, "mandates", "id", "homepage") == [
        ("a-res-47-190", f"{DOCS}A/RES/47/190"),
        ("a-res-66-288", f"{DOCS}A/RES/66/288"),
    ]
    assert cells(drafts, "citations", "name_as_written")[0] == ("47/190; 66/288",)


@pytest.mark.parametrize("part", ["begin", "separate", "end"])
def test_a_field_that_lacks_a_part_has_no_link(tmp_path: Path, known: Known, part: str) -> None:
    linked = Linked("47/190", f"{DOCS}A/RES/47/190", form="field")
    made = Fascicle().mandates().listed(ASSEMBLY, (linked, "Report")).lose_mark(part)
    drafts = read([made.save(tmp_path)], known)
    assert cells(drafts, "mandates", "id", "homepage") == [
        ("a-res-47-190", f"{DOCS}A/RES/47/190" if part == "separate" else "")
    ]


@pytest.mark.parametrize(
    "address",
    [
        "https://unitednations.sharepoint.com/sites/a/47-190.docx",
        "https://view.officeapps.live.com/op/view.aspx?src=https%3A%2F%2Fdocuments.un.org",
        "https://docs.un.org/en/A/RES/47/191",
        "https://www.un.org",
        "ftp://docs.un.org/en/A/RES/47/190",
    ],
)
def test_an_address_that_is_not_public_or_not_of_the_document_is_left_out(
    tmp_path: Path, known: Known, address: str
) -> None:
    made = Fascicle().mandates().listed(ASSEMBLY, (Linked("47/190", address), "Report"))
    assert cells(read([made.save(tmp_path)], known), "mandates", "homepage") == [("",)]


@pytest.mark.parametrize(
    "address",
    [
        "http://[Insert link]",
        "https://[bad",
        "http://un℀.org",
        "https://www.un.org:port/a",
        "https://www.un.org/100%25",
        "https://www.un.org/a#b#c",
    ],
)
def test_an_address_that_is_none_leaves_the_row_without_a_link(
    tmp_path: Path, known: Known, address: str
) -> None:
    made = Fascicle().mandates().listed(ASSEMBLY, (Linked("47/190", address), "Report"))
    drafts = read([made.save(tmp_path)], known)
    assert cells(drafts, "mandates", "id", "homepage") == [("a-res-47-190", "")]
    assert drafts.unread == []


def test_texts_without_a_symbol_are_known_by_their_name(tmp_path: Path, known: Known) -> None:
    made = Fascicle().mandates().say("Conventions and protocols")
    made.say("•\tConvention on Psychotropic Substances of 1971")
    made.say("Provisional rules of procedure of the Security Council")
    made.listed("Charter of the United Nations", ("Articles 33 and 99", ""))
    made.listed("International Narcotics Control Board", ("Single Convention of 1961, article 11",))
    made.listed(ASSEMBLY, ("60/1", "World Summit Outcome (para. 61 (d))"))
    drafts = read([made.save(tmp_path)], known)
    assert not drafts.unread
    assert cells(drafts, "citations", "mandate", "provision") == [
        ("text-convention-on-psychotropic-substances-of-1971", ""),
        ("text-provisional-rules-of-procedure-of-the-security-council", ""),
        ("text-charter-of-the-united-nations", "Articles 33 and 99"),
        ("text-single-convention-of-1961", "article 11"),
        ("a-res-60-1", "para. 61 (d)"),
    ]
    assert titles(drafts)["a-res-60-1"] == "World Summit Outcome"


def test_a_site_of_a_commission_is_public(tmp_path: Path, known: Known) -> None:
    address = "https://unece.org/sites/default/files/2023-06/ECE CPTEIA_44_E.pdf"
    made = Fascicle().mandates().listed(TREATIES, (Linked("ECE/CP.TEIA/44", address), "Report"))
    assert cells(read([made.save(tmp_path)], known), "mandates", "homepage") == [
        (address.replace(" ", "%20"),)
    ]


def test_documents_of_one_year_are_told_apart_by_their_titles(tmp_path: Path, known: Known) -> None:
    heading = "Agreed conclusions of the Commission on the Status of Women"
    made = (
        Fascicle().mandates().listed(heading, ("1997", "Women and the economy"), ("1997", "Girls"))
    )
    assert cells(read([made.save(tmp_path)], known), "mandates", "id", "symbol") == [
        ("csw-agreed-conclusions-1997-girls", "CSW agreed conclusions 1997"),
        ("csw-agreed-conclusions-1997-women-and-the-economy", "CSW agreed conclusions 1997"),
    ]


def test_components_and_parts_without_number_are_programmes(tmp_path: Path, known: Known) -> None:
    made = Fascicle("A/81/6 (Sect. 2)", title="Conferences", programme=None).mandates("2.14")
    made.say("Conference management, Vienna").listed(ASSEMBLY, ("70/1", "Agenda"))
    made.say("Subprogramme 1", "Services").say("Component 2", "Rooms")
    made.listed(ASSEMBLY, ("70/2", "Rooms"))
    made.say("Subprogramme 9", "Component 1").listed(ASSEMBLY, ("70/3", "Halls"))
    made.say("Subprogramme 3. Halls").listed(ASSEMBLY, ("70/4", "Halls"))
    drafts = read([made.save(tmp_path)], known)
    assert cells(drafts, "citations", "mandate", "programme") == [
        ("a-res-70-1", "pb2027-dgacm-conference-management-vienna"),
        ("a-res-70-2", "pb2027-dgacm-sp1-c2"),
        ("a-res-70-3", "pb2027-dgacm-sp9-c1"),
        ("a-res-70-4", "pb2027-dgacm-sp3"),
    ]


def test_what_is_not_understood_is_told_with_its_place(tmp_path: Path, known: Known) -> None:
    made = Fascicle().mandates().table(("47/190", "Report"))
    made.listed(ASSEMBLY, ("n/a", "None"), ("", "No symbol"), ("70/1", "Agenda"))
    made.say("What is this", "Climate action is good.")
    drafts = read([made.save(tmp_path, "sect14.docx")], known)
    assert doubts(drafts) == [
        "sect14.docx, para. 14.8: 'What is this' is neither a heading nor a row",
        "sect14.docx, para. 14.8, row 1: '47/190' stands under no heading",
        f"sect14.docx, para. 14.8, {ASSEMBLY}, row 1: 'n/a' is no symbol of a document",
    ]
    assert (drafts.tallies[0].rows, drafts.tallies[0].unread) == (4, 3)


def test_a_first_row_without_a_symbol_is_told(tmp_path: Path, known: Known) -> None:
    made = Fascicle().mandates().listed(ASSEMBLY, ("", "No symbol"))
    assert [one.value for one in read([made.save(tmp_path)], known).unread] == ["No symbol"]


def test_a_fascicle_without_mandates_says_so(tmp_path: Path, known: Known) -> None:
    made = Fascicle("A/81/6 (Sect. 36)", title="Staff assessment", programme=None)
    made.say("36.4\tWith regard to cooperation with other entities, the Office knows nobody.")
    tally = read([made.save(tmp_path)], known).tallies[0]
    assert (tally.rows, tally.unread) == (0, 0)
    assert tally.besides == (
        "no legislative mandates found; 1 paragraph on cooperation names nobody known (para. 36.4)"
    )


def test_a_corrigendum_gives_the_rows_of_its_table(tmp_path: Path, known: Known) -> None:
    made = Fascicle("A/80/6 (Sect. 24)/Corr.1", year="2026", title="Human rights")
    made.say("Corrigendum", "Paragraph 24.11")
    made.say("Replace the table for subprogramme 3, Advisory services, with the following:")
    drafts = read([made.listed(ASSEMBLY, ("63/170", "Regional")).save(tmp_path)], known)
    assert cells(drafts, "citations", "entity", "programme", "source", "locator") == [
        ("ohchr", "pb2026-ohchr-sp3", "a-80-6-sect-24-corr-1",
         f"para. 24.11, subprogramme 3, {ASSEMBLY}, row 1"),
    ]  # fmt: skip


# Chapters


def test_a_heading_that_has_a_code_begins_another_entity(tmp_path: Path, known: Known) -> None:
    made = Fascicle("A/81/6 (Sect. 27)", title="Humanitarian assistance", programme=None)
    made.say("I. Office for the Coordination of Humanitarian Affairs")
    made.say("A. Proposed programme plan for 2027").mandates("27.I.10")
    made.listed(ASSEMBLY, ("46/182", "Strengthening")).deliverables()
    made.say("II. United Nations Office for Disaster Risk Reduction")
    made.say("A. Proposed programme plan for 2027").mandates("27.II.21")
    drafts = read([made.listed(ASSEMBLY, ("54/219", "Decade")).save(tmp_path)], known)
    assert cells(drafts, "citations", "entity", "mandate") == [
        ("ocha", "a-res-46-182"),
        ("undrr", "a-res-54-219"),
    ]


def test_a_chapter_of_an_unknown_entity_is_told_once(tmp_path: Path, known: Known) -> None:
    made = Fascicle("A/81/6 (Sect. 5)", title="Peacekeeping operations", programme=None)
    made.say("IV. A mission nobody knows", "A. Proposed programme plan for 2027 and so on")
    made.say("With regard to cooperation with other entities, it works with UNDP.")
    made.mandates("5.IV.1").listed(ASSEMBLY, ("46/182", "One"), ("47/120 A", "Two"))
    drafts = read([made.save(tmp_path)], known)
    assert not rows(drafts, "citations")
    assert not rows(drafts, "cooperations")
    assert doubts(drafts) == [
        "fascicle.docx, chapter: 'sect. 5 | A mission nobody knows' has no entity in the codes of"
        " programme-budget in codes.csv, so 2 rows of its lists and 1 paragraph on cooperation are"
        " not read; add the code"
    ]
    assert (drafts.tallies[0].rows, drafts.tallies[0].unread) == (2, 2)


def test_the_share_not_understood_is_of_all_rows_of_a_chapter_that_is_lost(
    tmp_path: Path, known: Known
) -> None:
    made = Fascicle("A/81/6 (Sect. 27)", title="Humanitarian assistance", programme=None)
    made.say("I. Office for the Coordination of Humanitarian Affairs")
    made.say("A. Proposed programme plan for 2027").mandates("27.I.10")
    made.listed(ASSEMBLY, ("46/182", "Strengthening"), ("n/a", "Nothing")).deliverables()
    made.say("II. An office nobody knows", "A. Proposed programme plan for 2027")
    made.mandates("27.II.21").listed(ASSEMBLY, ("54/219", "Decade"), ("70/1", "Agenda"))
    drafts = read([made.save(tmp_path)], known)
    assert [one.value for one in drafts.unread] == ["sect. 27 | An office nobody knows", "n/a"]
    assert (drafts.tallies[0].rows, drafts.tallies[0].unread) == (4, 3)
    assert cells(drafts, "citations", "mandate") == [("a-res-46-182",)]


def test_a_fascicle_of_which_every_row_is_lost_is_refused_beside_a_sound_one(
    tmp_path: Path, known: Known
) -> None:
    sound = Fascicle().mandates().listed(ASSEMBLY, ("70/1", "Agenda")).save(tmp_path, "a.docx")
    other = Fascicle("A/81/6 (Sect. 99)", title="Nobody", programme=None).mandates("99.1")
    lost = other.listed(ASSEMBLY, ("46/182", "One"), ("n/a", "None")).save(tmp_path, "b.docx")
    drafts = read([sound, lost], known)
    told = r"b\.docx was read and nothing in it understood \(2 rows\); the first is chapter: 'sect"
    with pytest.raises(DocumentError, match=told):
        drafts.require_understood()


@needs_shared
def test_without_its_code_every_row_of_a_section_is_counted_as_lost(known: Known) -> None:
    codes = {key: one for key, one in known.codes.items() if key[1] != "sect. 15"}
    files = sorted((SHARED / "programme-budget-2026").glob("*[Ss]ect.15*.docx"))
    drafts = read(files, replace(known, codes=codes))
    assert (drafts.tallies[0].rows, drafts.tallies[0].unread) == (127, 127)
    [one] = drafts.unread
    assert "so 127 rows of its lists and 2 paragraphs on cooperation are not read" in one.reason


def test_a_subprogramme_may_be_of_another_entity(tmp_path: Path, known: Known) -> None:
    title = "Public information and awareness activities in support of Agenda 2063"
    made = Fascicle("A/81/6 (Sect. 11)", title="Africa", programme=None).mandates("11.10")
    made.say("Subprogramme 3", title).listed(ASSEMBLY, ("79/93 B", "Information"))
    drafts = read([made.save(tmp_path)], known)
    assert cells(drafts, "citations", "entity", "programme", "confidence") == [
        ("dgc", "pb2027-osaa-sp3", "medium")
    ]


# Covers


def test_the_letterhead_is_believed_before_stale_headers(tmp_path: Path, known: Known) -> None:
    made = Fascicle("A/81/6 (Sect. 14)", stale="A/80/6 (Sect. 14)").mandates()
    drafts = read([made.listed(ASSEMBLY, ("70/1", "Agenda")).save(tmp_path)], known)
    assert cells(drafts, "citations", "source") == [("a-81-6-sect-14",)]


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("A_81_6_Sect.14.docx", "a-81-6-sect-14"),
        ("A_81_6_SECT.24_CORR.1.docx", "a-81-6-sect-24-corr-1"),
        ("A_81_6_Sect._3_Add.2_Cluster_I.docx", "a-81-6-sect-3-add-2"),
        ("A_81_6_INCOMESECT.1.docx", "a-81-6-income-sect-1"),
        ("A_81_6_PLANOUTLINE.docx", "a-81-6-plan-outline"),
    ],
)
def test_a_name_tells_what_the_document_does_not(
    tmp_path: Path, known: Known, name: str, source: str
) -> None:
    made = Fascicle("", year="", programme=None).save(tmp_path, name)
    assert cells(read([made], known), "sources", "id", "issued_on") == [(source, "2026")]


@pytest.mark.parametrize("name", ["letter.docx", "A_81_6_SECT.docx"])
def test_another_document_is_refused(tmp_path: Path, known: Known, name: str) -> None:
    made = Fascicle("", year="", programme=None).save(tmp_path, name)
    with pytest.raises(DocumentError, match="is no fascicle of a proposed programme budget"):
        read([made], known)


def test_a_file_that_is_no_word_document_is_refused(tmp_path: Path, known: Known) -> None:
    path = tmp_path / "sect14.docx"
    path.write_bytes(b"%PDF-1.7")
    with pytest.raises(DocumentError, match="it is a PDF"):
        read([path], known)


# Partners


def partners(tmp_path: Path, known: Known, text: str) -> list[tuple[str, ...]]:
    made = Fascicle().say(f"14.4\tWith regard to inter-agency coordination and liaison, {text}")
    drafts = read([made.save(tmp_path)], known)
    return cells(drafts, "cooperations", "entity", "partner", "name_as_written", "confidence")


def test_a_paragraph_on_cooperation_names_partners(tmp_path: Path, known: Known) -> None:
    text = (
        "UNEP works with the Food and Agriculture Organization of the United Nations (FAO), the"
        " World Bank and WHO, and again with FAO. UNEP has a finance initiative."
    )
    made = Fascicle().say(f"14.3\tRegarding cooperation with other entities, {text}")
    drafts = read([made.save(tmp_path)], known)
    assert cells(drafts, "cooperations", "partner", "name_as_written", "kind", "locator") == [
        ("fao", "Food and Agriculture Organization of the United Nations", "names-as-partner",
         "para. 14.3"),
        ("world-bank", "World Bank", "names-as-partner", "para. 14.3"),
        ("who", "WHO", "names-as-partner", "para. 14.3"),
    ]  # fmt: skip
    assert all("summary" not in row for row in rows(drafts, "cooperations"))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("UNEP meets the secretariat of the Minamata Convention on Mercury.",
         "minamata-secretariat"),
        ("UNEP meets the UNFCCC secretariat.", "unfccc-secretariat"),
        ("UNEP works with UNDP, the United Nations Framework Convention on Climate Change.",
         "undp unfccc-secretariat"),
        ("UNEP promotes the Paris Agreement.", ""),
        ("UNEP follows the WHO Framework Convention on Tobacco Control.", ""),
        ("UNEP follows the Sustainable World Bank.", ""),
        ("UNEP asks who knows a rare unit.", ""),
    ],
)  # fmt: skip
def test_a_treaty_is_its_secretariat_only_where_the_text_says_so(
    tmp_path: Path, known: Known, text: str, found: str
) -> None:
    assert [row[1] for row in partners(tmp_path, known, text)] == found.split()


def test_a_treaty_beside_a_body_is_less_sure(tmp_path: Path, known: Known) -> None:
    text = "it works with the Convention on Biological Diversity and UNDP."
    assert [row[1::2] for row in partners(tmp_path, known, text)] == [
        ("cbd-secretariat", "medium"),
        ("undp", "high"),
    ]


def test_other_paragraphs_name_no_partners(tmp_path: Path, known: Known) -> None:
    made = Fascicle().say("14.5\tWith regard to the external factors, FAO continues its work.")
    assert not rows(read([made.save(tmp_path)], known), "cooperations")


def test_an_office_does_not_name_what_it_is_part_of(tmp_path: Path, known: Known) -> None:
    made = Fascicle("A/81/6 (Sect. 34)", title="Safety", programme=None)
    made.say("34.9\tWith regard to cooperation with other entities, it and the United Nations")
    made.say("34.10\tWith regard to cooperation, DSS joins the United Nations Secretariat.")
    assert not rows(read([made.save(tmp_path)], known), "cooperations")


def test_a_number_that_word_gives_is_the_place(tmp_path: Path, known: Known) -> None:
    made = Fascicle().say("The programme exists.", style="List Number")
    made.say("With regard to cooperation, UNEP works with UNDP.", style="List Number")
    assert cells(read([made.save(tmp_path)], known), "cooperations", "locator") == [("para. 2",)]


def test_levels_of_numbers_are_counted_as_word_does(tmp_path: Path, known: Known) -> None:
    made = Fascicle()
    made.define_numbers("%1.", "14.%2", "(%3)", "%1.%4")
    made.numbered("Overall orientation", 0).numbered("UNEP exists.", 1).numbered("First", 2)
    made.numbered("With regard to cooperation, UNEP works with UNDP.", 1)
    made.numbered("Programme of work", 0)
    made.numbered("With regard to cooperation, UNEP works with WHO.", 1)
    made.numbered("With regard to cooperation, UNEP works with FAO.", 2)
    made.numbered("With regard to cooperation, UNEP works with WMO.", 3)
    made.numbered("With regard to cooperation, UNEP works with ILO.", 7)
    place = "sect. 14, paragraph on cooperation with other entities"
    assert cells(read([made.save(tmp_path)], known), "cooperations", "partner", "locator") == [
        ("undp", "para. 14.2"),
        ("who", "para. 14.1"),
        ("fao", place),
        ("wmo", place),
        ("ilo", place),
    ]


def test_without_a_number_the_place_is_the_chapter(tmp_path: Path, known: Known) -> None:
    made = Fascicle().say("With regard to cooperation, UNEP works with UNDP.")
    assert cells(read([made.save(tmp_path)], known), "cooperations", "locator") == [
        ("sect. 14, paragraph on cooperation with other entities",)
    ]


# Several files


def test_the_order_of_files_does_not_matter(tmp_path: Path, known: Known) -> None:
    one = Fascicle().mandates().listed(SECURITY, ("1325 (2000)", "")).save(tmp_path, "one.docx")
    made = Fascicle("A/81/6 (Sect. 9)", title="Economic and social affairs").mandates("9.14")
    two = made.listed(SECURITY, ("1325 (2000)", "Women")).save(tmp_path, "two.docx")
    drafts = read([one, two], known)
    assert drafts.rows == read([two, one], known).rows
    assert cells(drafts, "mandates", "title", "source") == [("Women", "a-81-6-sect-9")]


def test_a_title_of_its_own_comes_before_a_shared_one(tmp_path: Path, known: Known) -> None:
    made = Fascicle().mandates().listed(ASSEMBLY, ("68/1; 72/305", "Both"), ("72/305", "Own"))
    found = titles(read([made.save(tmp_path)], known))
    assert found == {"a-res-68-1": "Both", "a-res-72-305": "Own"}


@pytest.fixture(scope="module")
def published(known: Known) -> Drafts:
    """Return what the 49 fascicles of 2026 give."""
    return read(sorted((SHARED / "programme-budget-2026").glob("*.docx")), known)


@pytest.mark.slow
@needs_shared
class TestPublished:
    def test_section_14_gives_199_rows_for_unep(self, published: Drafts) -> None:
        tally = next(one for one in published.tallies if "SECT.14" in one.path)
        found = {row["locator"] for row in rows(published, "citations") if row["entity"] == "unep"}
        assert (tally.rows, tally.unread, len(found)) == (199, 0, 199)

    def test_every_cell_is_understood(self, published: Drafts) -> None:
        assert len(published.tallies) == 49
        assert sum(tally.rows for tally in published.tallies) == 4199
        assert not published.unread

    def test_there_are_exactly_these_many(self, published: Drafts) -> None:
        assert len(rows(published, "citations")) == 5395
        assert len(rows(published, "mandates")) == 3725
        assert len({row["entity"] for row in rows(published, "citations")}) == 59

    def test_most_mandates_have_an_address_and_nearly_all_a_year(self, published: Drafts) -> None:
        found = rows(published, "mandates")
        assert sum(bool(row["homepage"]) for row in found) >= 2700
        assert sum(not row["session_on"] for row in found) == 130

    def test_the_shipped_tables_are_what_the_fascicles_give(self, published: Drafts) -> None:
        merged = merge(folder("data"), published.rows)
        assert (merged.added, merged.changed, merged.gone, merged.texts) == ([], [], [], {})
        assert len(merged.left) > 9000
