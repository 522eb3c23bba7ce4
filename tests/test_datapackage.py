"""The data package: current, valid by the standard's own tool, and of use for finding faults."""

from __future__ import annotations

import csv
import json
import re
import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import Run
from folders import SMALL, DataFolder
from frictionless import Package, validate
from regenerate import PACKAGE, package_text

from emg_graph.errors import OutputError
from emg_graph.graph import open_graph
from emg_graph.namespaces import expand
from emg_graph.records import CLAIMS, RECORDS, Claim, columns
from emg_graph.resources import folder
from emg_graph.tables import Tables
from emg_graph.views import datapackage

SHIPPED: dict[str, Any] = json.loads(datapackage.to_json(folder("data")))
DESCRIPTOR: dict[str, Any] = json.loads(datapackage.to_json(SMALL))
"""That of a folder which has every table."""
RESOURCES = {resource["name"]: resource for resource in DESCRIPTOR["resources"]}
FIELDS = {
    (table, field["name"]): field
    for table, resource in RESOURCES.items()
    for field in resource["schema"]["fields"]
}
COLUMNS = [(table, column, model) for table, model in RECORDS.items() for column in columns(model)]


def faults(place: Path) -> list[tuple[str, str]]:
    """Return what the standard's tool finds wrong with a folder: each table and kind of fault."""
    report = validate(str(place / datapackage.FILE))
    found = [(task.name, error.type) for task in report.tasks for error in task.errors]
    return [*found, *(("", error.type) for error in report.errors)]


def test_the_descriptor_beside_the_tables_is_the_one_that_is_generated() -> None:
    assert PACKAGE.read_text(encoding="utf-8") == package_text()


@pytest.mark.no_cover
def test_the_shipped_tables_and_their_descriptor_are_valid() -> None:
    assert faults(folder("data")) == []
    package = Package(str(PACKAGE))
    held = [table for table in RECORDS if (folder("data") / f"{table}.csv").is_file()]
    assert [resource.name for resource in package.resources] == held
    assert package.version == (folder("data") / "VERSION").read_text(encoding="utf-8").strip()


@pytest.fixture
def package(tmp_path: Path) -> DataFolder:
    """Return a folder of tables of one's own with its descriptor."""
    data = DataFolder(tmp_path / "data")
    (data.path / datapackage.FILE).write_text(datapackage.to_json(data.path), encoding="utf-8")
    return data


BROKEN = (
    ("roles", "summary", "", "constraint-error"),
    ("roles", "from_on", "in May", "constraint-error"),
    ("roles", "functions", "finance;data", "constraint-error"),
    ("sources", "evidence_class", "F", "constraint-error"),
    ("sources", "url", "unep", "type-error"),
    ("roles", "agreement", "no-such", "foreign-key"),
    ("roles", "role", "no-such", "foreign-key"),
    ("agreements", "parent_agreement", "no-such", "foreign-key"),
    ("expenditures", "amount_usd", "1,250,000", "type-error"),
    ("expenditures", "amount_usd", "", "constraint-error"),
    ("portfolio_counts", "projects", "2.5", "type-error"),
    ("portfolio_counts", "projects", "-2", "constraint-error"),
    ("citations", "mandate", "no-such", "foreign-key"),
)


@pytest.mark.no_cover
class TestFaults:
    def test_a_sound_folder_has_none(self, package: DataFolder) -> None:
        assert faults(package.path) == []

    def test_every_broken_cell_is_found_and_nothing_besides(self, package: DataFolder) -> None:
        spoilt: Counter[str] = Counter()
        for table, column, value, _ in BROKEN:
            package.set(table, column, value, row=spoilt[table])
            spoilt[table] += 1
        found = faults(package.path)
        assert sorted(found) == sorted((table, kind) for table, _, _, kind in BROKEN)

    def test_an_id_of_another_form_is_found(self, package: DataFolder) -> None:
        package.set("entities", "id", "No Id")
        assert ("entities", "constraint-error") in faults(package.path)

    def test_two_rows_of_one_id_are_found(self, package: DataFolder) -> None:
        package.add("meetings")
        assert ("meetings", "primary-key") in faults(package.path)

    def test_two_claims_of_one_identity_are_found(self, package: DataFolder) -> None:
        package.add("searches", confidence="low")
        assert ("searches", "primary-key") in faults(package.path)

    def test_a_column_out_of_place_is_found(self, package: DataFolder) -> None:
        rows = package.read("countries")
        package.write("countries", [row[::-1] for row in rows])
        assert ("countries", "incorrect-label") in faults(package.path)

    def test_a_broken_descriptor_is_found(self, package: DataFolder) -> None:
        file = package.path / datapackage.FILE
        broken = json.loads(file.read_text(encoding="utf-8"))
        broken["resources"][0]["schema"]["fields"][0]["type"] = "word"
        file.write_text(json.dumps(broken), encoding="utf-8")
        assert faults(package.path)


class TestDescriptor:
    def test_a_folder_of_ones_own_has_neither_our_name_nor_our_licence(
        self, package: DataFolder
    ) -> None:
        own = json.loads((package.path / datapackage.FILE).read_text(encoding="utf-8"))
        assert own["name"] == "emg-graph-tables"
        assert not {"licenses", "title"} & set(own)

    def test_a_version_is_one_line_whatever_its_file_holds(self, package: DataFolder) -> None:
        (package.path / "VERSION").write_bytes(b"a\n\n\xffb\n")
        assert json.loads(datapackage.to_json(package.path))["version"] == "a \ufffdb"

    def test_a_folder_that_lacks_a_table_is_refused(self, package: DataFolder) -> None:
        (package.path / "roles.csv").unlink()
        with pytest.raises(OutputError, match=r"no whole folder of tables: roles\.csv is not"):
            datapackage.to_json(package.path)

    @pytest.mark.parametrize("table", [n for n, model in RECORDS.items() if model.OPTIONAL])
    def test_an_optional_table_that_is_not_there_is_left_out(
        self, package: DataFolder, table: str
    ) -> None:
        package.file(table).unlink()
        found = json.loads(datapackage.to_json(package.path))
        assert [one["name"] for one in found["resources"]] == [n for n in RECORDS if n != table]
        keys = [key for one in found["resources"] for key in one["schema"]["foreignKeys"]]
        assert table not in [key["reference"]["resource"] for key in keys]

    def test_a_folder_without_its_optional_tables_is_valid(self, package: DataFolder) -> None:
        for name, model in RECORDS.items():
            if model.OPTIONAL and name != "cooperations":
                package.file(name).unlink()
        package.set("cooperations", "programme", "", row=1)
        (package.path / datapackage.FILE).write_text(
            datapackage.to_json(package.path), encoding="utf-8"
        )
        assert faults(package.path) == []

    def test_it_says_what_it_is_and_under_which_licence(self) -> None:
        assert re.fullmatch(r"[a-z0-9._/-]+", SHIPPED["name"])
        assert [licence["name"] for licence in SHIPPED["licenses"]] == ["CC-BY-4.0"]

    def test_every_column_of_every_table_is_described_in_order(self) -> None:
        assert list(FIELDS) == [(table, column.name) for table, column, _ in COLUMNS]
        for table, resource in RESOURCES.items():
            with (SMALL / resource["path"]).open(encoding="utf-8", newline="") as file:
                header = next(csv.reader(file))
            assert header == [field["name"] for field in resource["schema"]["fields"]], table

    def test_every_column_says_which_property_it_becomes(self) -> None:
        for table, column, _ in COLUMNS:
            expected = expand(column.maps.property) if column.maps else None
            assert FIELDS[table, column.name].get("rdfProperty") == expected

    def test_a_constraint_is_one_of_the_model(self) -> None:
        for table, column, _ in COLUMNS:
            found = FIELDS[table, column.name].get("constraints", {})
            assert found.get("required", False) == column.required, (table, column.name)
            assert tuple(found.get("enum", ())) == column.choices, (table, column.name)
            patterned = bool(column.pattern) and not column.number
            assert ("pattern" in found) == patterned, (table, column.name)
            assert "(?" not in found.get("pattern", ""), "the standard knows plain groups only"

    def test_a_number_is_one_and_a_count_has_no_sign(self) -> None:
        types = {None: "string", "xsd:decimal": "number", "xsd:integer": "integer"}
        for table, column, _ in COLUMNS:
            field = FIELDS[table, column.name]
            assert field["type"] == types[column.number], (table, column.name)
            counted = column.number == "xsd:integer"
            assert ("minimum" in field.get("constraints", {})) == counted, (table, column.name)
        assert FIELDS["projects", "grant"]["type"] == "number"
        assert FIELDS["portfolio_counts", "projects"]["constraints"]["minimum"] == 0

    def test_every_cell_of_the_model_fits_its_pattern(self, tables: Tables) -> None:
        for table, rows in tables.rows.items():
            for row in rows:
                for name, value in row:
                    pattern = FIELDS[table, name].get("constraints", {}).get("pattern")
                    text = "|".join(value) if isinstance(value, tuple) else value
                    assert not text or not pattern or re.fullmatch(pattern, text), (table, name)

    def test_things_have_their_id_as_key_and_claims_their_identity(self) -> None:
        for table, model in RECORDS.items():
            schema = RESOURCES[table]["schema"]
            if not issubclass(model, Claim) or table == "positions":
                assert schema["primaryKey"] == ["id"]
        identities = {
            claim.TABLE: RESOURCES[claim.TABLE]["schema"]
            for claim in CLAIMS
            if claim.TABLE != "positions"
        }
        for claim in CLAIMS:
            if schema := identities.get(claim.TABLE):
                assert tuple(schema.get("primaryKey") or schema["uniqueKeys"][0]) == claim.IDENTITY

    def test_a_primary_key_has_no_column_that_may_be_empty(self) -> None:
        for table, resource in RESOURCES.items():
            for name in resource["schema"].get("primaryKey", []):
                assert FIELDS[table, name]["constraints"]["required"], (table, name)
        assert "uniqueKeys" in RESOURCES["roles"]["schema"], "a period may be open"

    def test_a_reference_to_one_table_is_a_foreign_key(self) -> None:
        assert dict(foreign_keys("roles")) == {
            "agreement": "agreements",
            "role": "concepts",
            "basis": "concepts",
            "via_mechanism": "mechanisms",
            "standing": "concepts",
            "source": "sources",
            "confidence": "concepts",
        }
        assert dict(foreign_keys("meetings")) == {"parent_meeting": "", "source": "sources"}

    def test_a_reference_that_is_no_foreign_key_says_so(self) -> None:
        for table, column, _ in COLUMNS:
            words = FIELDS[table, column.name]["description"]
            refers = bool(column.ref or column.concept)
            keyed = column.name in dict(foreign_keys(table))
            assert ("cannot express this" in words) == (refers and not keyed), (table, column.name)
            assert ("separated by |" in words) == column.many
        several = FIELDS["roles", "entity"]["description"]
        assert "entities.csv or mechanisms.csv" in several
        assert "several tables" in several

    def test_what_is_inferred_is_said_to_be(self) -> None:
        assert "Inferred, not stated" in FIELDS["agreements", "themes"]["description"]
        assert "Inferred" not in FIELDS["agreements", "sdgs"]["description"]

    def test_a_column_of_one_class_says_which(self) -> None:
        assert FIELDS["roles", "agreement"]["rdfType"] == expand("emg:Agreement")
        assert FIELDS["roles", "role"]["rdfType"] == expand("skos:Concept")
        assert FIELDS["entities", "id"]["rdfType"] == expand("emg:Entity")
        assert "rdfType" not in FIELDS["roles", "entity"]
        assert "rdfType" not in FIELDS["positions", "id"]

    def test_it_holds_no_clock_and_no_path_of_this_machine(self) -> None:
        text = package_text()
        assert str(folder("data")) not in text
        assert not {"created", "modified", "hash", "bytes"} & set(keys(SHIPPED))


def foreign_keys(table: str) -> Iterator[tuple[str, str]]:
    for key in RESOURCES[table]["schema"]["foreignKeys"]:
        (name,) = key["fields"]
        assert key["reference"]["fields"] == ["id"]
        yield name, key["reference"]["resource"]


def keys(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield key
            yield from keys(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from keys(inner)


class TestCommand:
    def test_it_prints_the_shipped_descriptor(self, run: Run) -> None:
        assert run("data", "package").stdout == PACKAGE.read_text(encoding="utf-8")

    def test_it_writes_that_of_a_folder_with_its_version_if_it_has_one(
        self, run: Run, tmp_path: Path
    ) -> None:
        place = tmp_path / "tables"
        shutil.copytree(SMALL, place)
        file = place / datapackage.FILE
        (place / "VERSION").write_text("7\n", encoding="utf-8")
        assert run("data", "package", place, "-o", file).exit_code == 0
        assert json.loads(file.read_text(encoding="utf-8"))["version"] == "7"
        (place / "VERSION").unlink()
        assert "version" not in json.loads(run("data", "package", place).stdout)

    def test_a_descriptor_among_the_tables_changes_nothing(
        self, run: Run, package: DataFolder
    ) -> None:
        graph = open_graph("memory:", package.path)
        assert run("data", "check", package.path).exit_code == 0
        assert run("data", "format", package.path, "--check").exit_code == 0
        (package.path / datapackage.FILE).unlink()
        bare = open_graph("memory:", package.path)
        assert graph.data_hash == bare.data_hash
        assert graph.store.snapshot_hash() == bare.store.snapshot_hash()
