"""The shipped data holds the facts that a careful reader of the meeting's record checks."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator
from itertools import chain
from typing import TypeVar

import pytest

from emg_graph.names import folded
from emg_graph.records import (
    ActionPoint,
    Agreement,
    Attendance,
    ConceptRecord,
    Decision,
    Entity,
    Figure,
    Mechanism,
    Meeting,
    Participation,
    Position,
    Product,
    Role,
    Row,
    Search,
    SourceRecord,
    Thing,
    Workstream,
)
from emg_graph.resources import folder
from emg_graph.tables import read_tables

DATA = folder("data")
TABLES = read_tables(DATA)
REPORT = DATA.parent.parent / "shared" / "sources" / "som31" / "summary-report.txt"
R = TypeVar("R", bound=Row)
T = TypeVar("T", bound=Thing)


def rows(model: type[R]) -> tuple[R, ...]:
    return tuple(row for row in TABLES.rows[model.TABLE] if isinstance(row, model))


def by_id(model: type[T]) -> dict[str, T]:
    return {row.id: row for row in rows(model)}


ENTITIES = by_id(Entity)
AGREEMENTS = by_id(Agreement)
MECHANISMS = by_id(Mechanism)
WORKSTREAMS = by_id(Workstream)
PRODUCTS = by_id(Product)
CONCEPTS = by_id(ConceptRecord)
ATTENDANCE = rows(Attendance)
POSITIONS = rows(Position)
DECISIONS = rows(Decision)
ROLES = rows(Role)
LISTED = {row.entity for row in ATTENDANCE} - {"emg-secretariat"}


def annex_row(row: Attendance) -> int:
    found = re.fullmatch(r"Annex I, row (\d+)", row.locator)
    assert found, row.locator
    return int(found[1])


def figures(subject: str, quantity: str) -> list[Figure]:
    return [f for f in rows(Figure) if (f.subject, f.quantity) == (subject, quantity)]


def searches(subject: str) -> list[Search]:
    return [search for search in rows(Search) if search.subject == subject]


def position(paragraph: int) -> Position:
    (found,) = (row for row in POSITIONS if row.locator == f"para. {paragraph}")
    return found


def is_of_the_un_system(entity: str) -> bool:
    return CONCEPTS[ENTITIES[entity].kind].broader_concept == "un-system"


def cells() -> Iterator[tuple[str, str]]:
    for path in sorted(DATA.rglob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            for line, cell in enumerate(csv.reader(file), 1):
                yield f"{path.relative_to(DATA)}, line {line}", " ".join(cell)


# The list of participants


def test_48_organisations_are_45_members_and_three_observers() -> None:
    statuses = Counter(ENTITIES[entity].emg_status for entity in LISTED)
    assert statuses == {"emg-member": 45, "emg-observer": 3}
    with_status = {e.id for e in ENTITIES.values() if e.emg_status in statuses}
    assert with_status == LISTED
    observers = {e for e in LISTED if ENTITIES[e].emg_status == "emg-observer"}
    assert observers == {"ceb", "iucn", "wwf"}
    assert observers == {row.entity for row in ATTENDANCE if row.capacity == "observer"}


def test_both_counts_of_participants_are_shown() -> None:
    assert [f.value for f in figures("som31-senior", "participant-count")] == ["48"]
    found = {f.value: f.basis for f in figures("som31-senior", "membership-as-used")}
    assert found == {"48 members": "stated", "45 members and 3 observers": "inferred"}


@pytest.mark.parametrize(
    ("written", "entity"),
    [
        ("DESA", "desa"),
        ("UNDESA", "desa"),
        ("ECA", "eca"),
        ("UNECA", "eca"),
        ("UNWTO", "un-tourism"),
        ("UN Tourism", "un-tourism"),
        ("WTO", "wto"),
        ("wто", "wto"),
        ("UNDCO", "dco"),
        ("ECE", "unece"),
    ],
)
def test_a_double_name_is_one_entity(written: str, entity: str) -> None:
    called = {
        e.id
        for e in ENTITIES.values()
        for name in (e.name, e.short_name, e.acronym, *e.aliases)
        if name and folded(name) == folded(written)
    }
    assert called == {entity}


def test_unu_flores_is_counted_with_its_university() -> None:
    written = {row.name_as_written for row in ATTENDANCE if row.entity == "unu"}
    assert written == {"UNU-FLORES"}
    assert ENTITIES["unu-flores"].parent_entity == "unu"
    assert "unu-flores" not in LISTED


def test_the_cyrillic_name_is_kept_as_written() -> None:
    (row,) = (row for row in ATTENDANCE if annex_row(row) == 46)
    assert (row.entity, row.name_as_written) == ("wto", "w\N{CYRILLIC SMALL LETTER TE}о")


def test_the_emg_secretariat_is_not_counted() -> None:
    found = {annex_row(row): row.capacity for row in ATTENDANCE if row.entity == "emg-secretariat"}
    assert found == dict.fromkeys((94, 95, 96), "secretariat-of")
    assert ENTITIES["emg-secretariat"].emg_status == "emg-secretariat-body"


def test_every_row_of_the_list_is_read_but_60_to_62() -> None:
    assert sorted(map(annex_row, ATTENDANCE)) == [*range(1, 60), *range(63, 97)]
    (search,) = searches("som31-senior")
    assert search.outcome == "unreadable"
    assert "60–62" in search.locator


def test_the_capacity_of_a_participant_is_the_heading_of_its_row() -> None:
    for row in ATTENDANCE:
        number = annex_row(row)
        if "(Observer)" in row.name_as_written:
            expected = "observer"
        elif number <= 22:
            expected = "head-or-deputy"
        elif number <= 48:
            expected = "representative"
        else:
            expected = "accompanying-staff" if number < 94 else "secretariat-of"
        assert row.capacity == expected, number


def test_only_the_senior_segment_has_a_list() -> None:
    assert {row.body for row in ATTENDANCE} == {"som31-senior"}


# The meeting


def test_each_segment_is_a_meeting_of_its_own() -> None:
    meetings = by_id(Meeting)
    assert meetings["som31-technical"].held_on == "2025-09-03"
    assert meetings["som31-senior"].held_on == "2025-09-15"
    parents = {meetings[m].parent_meeting for m in ("som31-technical", "som31-senior")}
    assert parents == {"som31"}
    assert [f.value for f in figures("som31-technical", "participant-count")] == ["46"]


def test_25_positions_by_23_entities() -> None:
    speakers = Counter(row.entity for row in POSITIONS)
    assert len(POSITIONS) == 25
    assert len(speakers) == 23
    assert {e: n for e, n in speakers.items() if n > 1} == {"desa": 2, "unodc": 2}
    assert set(speakers) <= LISTED
    assert [e for e in speakers if ENTITIES[e].emg_status == "emg-observer"] == ["wwf"]


def test_each_question_has_its_paragraphs() -> None:
    for letter, paragraphs in (("a", (8, 15)), ("b", (16, 23)), ("c", (24, 32))):
        first, last = paragraphs
        for number in range(first, last + 1):
            row = position(number)
            assert row.question == f"som31-question-{letter}"
            assert row.id == f"som31-s{number:02}-{row.entity.removesuffix('-secretariat')}"
            assert (row.meeting, row.source, row.basis) == (
                "som31-senior",
                "som31-report",
                "stated",
            )


def test_the_names_of_the_speaker_that_is_written_twice_are_both_kept() -> None:
    assert position(13).entity == position(29).entity == "desa"
    written = {(f.value, f.locator) for f in figures("desa", "name-used")}
    assert {("DESA", "para. 13"), ("UNDESA", "para. 29")} <= written


# Workstreams and action points

NUMBERS = {
    "img-biodiversity": ("I", "I"),
    "img-pollution": ("II", "II"),
    "img-human-rights": ("III", "III"),
    "swfs": ("IV", "IV"),
    "nexus-dialogues": ("V", "VII"),
    "img-urbanization": ("VI", "V"),
    "img-gender": ("VII", "VI"),
    "mea-synergies": ("VIII", "VIII"),
}


def in_annex(locator: str) -> bool:
    return locator.startswith("Annex II")


@pytest.mark.parametrize(("workstream", "numbers"), NUMBERS.items())
def test_both_numberings_are_kept(workstream: str, numbers: tuple[str, str]) -> None:
    decided = {in_annex(d.locator): d.number for d in DECISIONS if d.workstream == workstream}
    assert decided == {False: numbers[0], True: numbers[1]}
    used = {in_annex(f.locator): f for f in figures(workstream, "number-used")}
    assert {place: f.value for place, f in used.items()} == decided
    assert {f.source for f in used.values()} == {"som31-report"}


def test_eight_workstreams_and_eight_action_points() -> None:
    points = rows(ActionPoint)
    assert set(WORKSTREAMS) == set(NUMBERS)
    heads = {p.workstream: p.number for p in points if p.parent_action_point is None}
    assert heads == {workstream: numbers[1] for workstream, numbers in NUMBERS.items()}


def test_the_human_rights_group_is_one_node() -> None:
    names = [(thing.id, thing.name) for thing in WORKSTREAMS.values()]
    names += [(thing.id, thing.name) for thing in MECHANISMS.values()]
    names += [(thing.id, thing.name) for thing in ENTITIES.values()]
    named = [thing for thing, name in names if "group on human rights" in name.casefold()]
    assert named == ["img-human-rights"]


def test_action_point_iii_has_four_parts() -> None:
    points = rows(ActionPoint)
    parts = [p.number for p in points if p.parent_action_point == "som31-ap-3"]
    assert parts == ["III.a", "III.b", "III.c", "III.d"]
    assert {p.parent_action_point for p in points} == {None, "som31-ap-3"}


def test_three_new_workstreams_are_endorsed_and_one_of_them_only_invited() -> None:
    new = {d.workstream for d in DECISIONS if d.status == "new" and d.modality == "endorsed"}
    assert new == {"img-urbanization", "img-gender", "mea-synergies"}
    both = {
        (in_annex(d.locator), d.status, d.modality)
        for d in DECISIONS
        if d.workstream == "mea-synergies"
    }
    assert both == {(False, "new", "endorsed"), (True, "invited-to-consider", "invited")}
    assert WORKSTREAMS["mea-synergies"].kind != "issue-management-group"


def test_the_modalities_of_the_annex_are_kept() -> None:
    found = {d.workstream: d.modality for d in DECISIONS if in_annex(d.locator)}
    others = set(NUMBERS) - {"swfs", "mea-synergies"}
    assert found == {"swfs": "requested", "mea-synergies": "invited"} | dict.fromkeys(
        others, "agreed"
    )


def test_the_caveats_stand_on_both_paragraphs_and_their_scope_is_open() -> None:
    endorsed = [d for d in DECISIONS if not in_annex(d.locator)]
    assert {d.locator[:7] for d in endorsed} == {"para. 4", "para. 5"}
    assert len(endorsed) == len(NUMBERS)
    for decision in endorsed:
        assert decision.caveat
        assert decision.note
        assert "ambiguous" in decision.note


# Secretariats, treaties, hosts


def test_a_treaty_named_as_a_member_means_its_secretariat() -> None:
    meant = {row.name_as_written: row.entity for row in ATTENDANCE}
    for written in ("BRS", "CBD", "CITES", "RAMSAR", "UNCCD", "UNFCCC"):
        assert meant[written] == f"{written.lower()}-secretariat"
    actors = chain(
        (row.entity for row in rows(Participation)),
        LISTED,
        (row.entity for row in POSITIONS),
        (row.entity for row in ROLES),
    )
    assert not set(actors) & set(AGREEMENTS)


def test_a_secretariat_is_not_its_convention() -> None:
    assert not set(ENTITIES) & set(AGREEMENTS)
    treaties = {folded(name) for a in AGREEMENTS.values() for name in (a.name, *a.aliases)}
    for entity in ENTITIES.values():
        assert not treaties & {folded(name) for name in (entity.name, *entity.aliases)}


def test_brs_is_one_secretariat_for_three_conventions() -> None:
    served = {a.id for a in AGREEMENTS.values() if a.secretariat_entity == "brs-secretariat"}
    conventions = {a for a in served if AGREEMENTS[a].kind == "convention"}
    assert conventions == {"basel", "rotterdam", "stockholm"}
    assert set(AGREEMENTS["rotterdam"].administering_entities) == {"fao", "unep"}
    assert [e for e in ENTITIES if e.startswith(("basel", "rotterdam", "stockholm"))] == []


def test_the_cbd_secretariat_serves_the_convention_its_protocols_and_the_framework() -> None:
    served = {a.id for a in AGREEMENTS.values() if a.secretariat_entity == "cbd-secretariat"}
    assert served == {"cbd", "cartagena-protocol", "nagoya", "nkl", "km-gbf"}


def test_ramsar_is_hosted_by_iucn_which_is_no_un_body() -> None:
    hosts = {r.entity for r in ROLES if (r.agreement, r.role) == ("ramsar", "hosts-secretariat")}
    assert hosts == {"iucn"}
    assert not is_of_the_un_system("iucn")
    assert ENTITIES["ramsar-secretariat"].parent_entity is None
    assert AGREEMENTS["ramsar"].administering_entities == ()


@pytest.mark.parametrize(
    ("secretariat", "agreements"),
    [("unfccc-secretariat", ("unfccc", "kyoto", "paris")), ("unccd-secretariat", ("unccd",))],
)
def test_unep_does_not_administer(secretariat: str, agreements: tuple[str, ...]) -> None:
    assert ENTITIES[secretariat].parent_entity is None
    assert is_of_the_un_system(secretariat)
    for agreement in agreements:
        assert AGREEMENTS[agreement].secretariat_entity == secretariat
        assert AGREEMENTS[agreement].administering_entities == ()
        assert not [r for r in ROLES if (r.agreement, r.role) == (agreement, "administers")]


# Kinds of agreement, parties


@pytest.mark.parametrize("agreement", ["km-gbf", "gfc", "sendai"])
def test_a_framework_is_no_treaty_and_has_no_parties(agreement: str) -> None:
    row = AGREEMENTS[agreement]
    assert (row.kind, row.status, row.in_force_on) == ("voluntary-framework", "adopted", None)
    assert figures(agreement, "party-count") == []


def test_an_amendment_has_parties_of_its_own() -> None:
    assert AGREEMENTS["kigali"].parent_agreement == "montreal"
    counts = {
        agreement: {(f.value, f.as_of_on) for f in figures(agreement, "party-count")}
        for agreement in ("kigali", "montreal")
    }
    assert ("163", "2024-11-12") in counts["kigali"]
    assert ("198", "2024-11-12") in counts["montreal"]


def test_entry_into_force_varies() -> None:
    assert AGREEMENTS["bbnj"].in_force_on == "2026-01-17"
    assert AGREEMENTS["minamata"].in_force_on == "2017-08-16"
    negotiated = AGREEMENTS["plastics-inc"]
    assert negotiated.status == "under-negotiation"
    assert (negotiated.adopted_on, negotiated.in_force_on) == (None, None)
    assert figures("plastics-inc", "party-count") == []


def test_states_leave_so_a_count_has_a_day() -> None:
    found = {f.value: f.as_of_on for f in figures("paris", "party-count") if f.as_of_on}
    assert found == {"195": "2025-05-13", "194": "2026-01-27"}


@pytest.mark.parametrize(
    ("agreement", "quantity", "values"),
    [
        ("aewa", "party-count", {"80", "81"}),
        ("cites", "party-count", {"184", "185"}),
        ("ramsar", "party-count", {"171", "172"}),
        ("cbd", "date-of-adoption", {"1992-05-22", "1992-06-05"}),
    ],
)
def test_a_known_conflict_stays_visible(agreement: str, quantity: str, values: set[str]) -> None:
    assert values <= {f.value for f in figures(agreement, quantity)}


def test_the_fifteen_secretariats_of_unep_were_not_confirmed() -> None:
    (search,) = searches("unep")
    assert search.outcome == "partly-found"
    assert search.note
    assert "unofficial" in search.note


# What the report says, and no more


def test_paragraph_10_is_one_position_and_three_announced_reports() -> None:
    row = position(10)
    reports = (
        "unicef-fao-pesticides-report",
        "unicef-minamata-mercury-report",
        "unicef-who-air-pollution-report",
    )
    assert (row.entity, row.acts, row.question) == ("unicef", ("proposed",), "som31-question-a")
    assert row.functions == ("convening", "knowledge")
    assert row.themes == ("coordination",)
    assert row.agreements == ()
    assert row.inferred_agreements == ("minamata", "rotterdam")
    assert row.note
    assert "inferred" in row.note
    assert row.named_entities == ("fao", "minamata-secretariat", "who")
    assert row.named_products == reports
    for report in reports:
        product = PRODUCTS[report]
        assert (product.kind, product.status, product.agreements) == ("report", "announced", ())
        assert "unicef" in product.entities
    outcomes = {report: {s.outcome for s in searches(report)} for report in reports}
    assert list(outcomes.values()) == [{"none-found"}, {"none-found"}, {"found"}]
    published = PRODUCTS[reports[2]]
    assert published.published_on == "2025-10-14"
    assert published.published_title
    assert published.also_sources


def test_unicef_has_no_role_for_minamata() -> None:
    assert not [r for r in ROLES if (r.entity, r.agreement) == ("unicef", "minamata")]
    assert not [r for r in ROLES if r.source == "som31-report"]
    taken = {
        row.body
        for row in rows(Participation)
        if row.source == "som31-report" and row.entity == "unicef"
    }
    assert taken == set()


def test_the_29_entities_in_jordan_are_a_figure() -> None:
    (figure,) = figures("jor", "entity-count")
    assert (figure.value, figure.locator) == ("29", "para. 12")
    naming = {
        (model.TABLE, row.source)
        for model in (Position, Participation, Attendance, Role)
        for row in rows(model)
        if "jor" in chain.from_iterable(v for _, v in row if isinstance(v, tuple))
        or "jor" in dict(row).values()
    }
    assert naming == {("positions", "som31-report")}
    assert position(12).named_countries == ("jor",)


def test_the_protocol_on_environmental_crime_is_possible_and_no_agreement() -> None:
    row = position(15)
    assert (row.agreements, row.inferred_agreements) == ((), ("basel", "cites"))
    assert "possible" in row.summary
    assert row.note
    assert "not as a treaty" in row.note
    assert not [
        a.id
        for a in AGREEMENTS.values()
        if re.search(r"organized crime|environmental crime|UNTOC", " ".join((a.name, *a.aliases)))
    ]
    (search,) = searches("unodc")
    assert search.note
    assert "still not a treaty" in search.note


def test_a_proposal_is_not_a_product_that_exists() -> None:
    for product in ("one-un-mea-package", "climate-thematic-hub", "sustainability-training"):
        assert PRODUCTS[product].status == "proposed-product"
    assert "img-environmental-finance" not in WORKSTREAMS
    assert position(28).named_workstreams == ()


def test_an_agreement_is_stated_only_where_the_paragraph_names_one() -> None:
    named = {row.id: row.agreements for row in POSITIONS if row.agreements}
    assert named == {"som31-s16-cbd": ("km-gbf",)}
    for row in POSITIONS:
        if row.inferred_agreements:
            assert row.note, row.id
            assert re.search("infer", row.note), row.id


def test_none_found_names_where_it_was_looked_for() -> None:
    for search in rows(Search):
        assert search.sources_searched, search


def test_partial_memberships_say_so() -> None:
    known = {row.body for row in rows(Participation) if row.capacity in {"member", "partner"}}
    for mechanism in known & set(MECHANISMS):
        assert MECHANISMS[mechanism].membership != "not-seen" or mechanism == "idra", mechanism
    for mechanism in ("un-oceans", "un-water", "informea-initiative", "iasg", "cpw", "ccac"):
        assert MECHANISMS[mechanism].membership == "partial"


def test_the_class_of_the_report_is_that_of_a_meeting_record() -> None:
    sources = by_id(SourceRecord)
    assert sources["som31-report"].evidence_class == "C"
    computed = {s.id for s in sources.values() if s.evidence_class == "E"}
    assert computed == {"emg-editorial"}


# No persons


def test_no_cell_has_a_title_before_a_name() -> None:
    title = re.compile(r"\b(?:Ms|Mr|Mrs|Dr|Prof|H\.E)\.? [A-Z]")
    assert [place for place, text in cells() if title.search(text)] == []


def test_no_cell_has_the_name_of_a_participant() -> None:
    if not REPORT.exists():
        pytest.skip("the report is not at hand, so the names to look for are not known")
    names: set[str] = set()
    for line in REPORT.read_text(encoding="utf-8").splitlines():
        found = re.match(r"\d+\.\t(?:Ms|Mr|Dr)\. ([^,\t]+)", line)
        if found:
            words = found[1].split()
            names |= {w for w in words if w.isupper() and len(w) > 2} or {words[-1]}
    assert len(names) > 90
    surname = re.compile(
        rf"(?<!Viet )\b(?:{'|'.join(map(re.escape, sorted(names)))})\b(?! Rica)", re.IGNORECASE
    )
    found_in = [
        (place, match[0])
        for place, text in cells()
        for match in surname.finditer(text)
        if not (match[0] in ("nam", "NAM") and re.search(r"\bnam\b", text))  # Namibia
    ]
    assert found_in == []
