"""Documents that are not what they say: one clear line, and no row."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from docx import Document

from emg_graph.errors import DocumentError
from emg_graph.importers import documents


def refused(read: Callable[[Path], object], path: Path) -> str:
    """Return the one line that says why a file is not read."""
    with pytest.raises(DocumentError) as caught:
        read(path)
    told = str(caught.value)
    assert str(path) in told
    assert "\n" not in told
    assert len(told) < 400 + len(str(path))
    return told.replace(str(path), "FILE")


def in_csv(path: Path) -> object:
    return list(documents.read_csv(path, ("entity", "amount")))


def in_objects(path: Path) -> object:
    return documents.records_of(path, ("entity", "amount"))


def put(path: Path, content: str | bytes) -> Path:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


@pytest.fixture
def docx(tmp_path: Path) -> Path:
    """Return a sound Word document."""
    path = tmp_path / "sound.docx"
    made = Document()
    made.add_paragraph("Legislative mandates")
    made.save(str(path))
    return path


def test_a_sound_document_is_opened(docx: Path) -> None:
    assert [one.text for one in documents.read_docx(docx).paragraphs] == ["Legislative mandates"]


def test_a_renamed_pdf_is_called_so(tmp_path: Path) -> None:
    path = put(tmp_path / "sect14.docx", b"%PDF-1.7\n...")
    assert refused(documents.read_docx, path) == "FILE is no Word document (.docx): it is a PDF"


def test_a_truncated_archive_is_refused(docx: Path) -> None:
    path = put(docx.with_name("cut.docx"), docx.read_bytes()[:-400])
    assert "is damaged or something else" in refused(documents.read_docx, path)


def test_a_part_that_does_not_match_its_checksum_is_told(docx: Path) -> None:
    content = bytearray(docx.read_bytes())
    with zipfile.ZipFile(docx) as archive:
        part = archive.getinfo("word/document.xml")
    place = part.header_offset + 30 + len(part.filename) + part.compress_size // 2
    content[place] ^= 0xFF
    assert "damaged" in refused(
        documents.read_docx, put(docx.with_name("bad.docx"), bytes(content))
    )


def test_an_archive_that_swells_beyond_reason_is_not_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "bomb.docx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"\0" * 8 * 2**20)
    assert path.stat().st_size < 2**16
    assert "would unpack to 8,388,608 bytes" in refused(documents.read_docx, path)


def test_many_parts_that_swell_little_are_counted_together(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(documents, "_LARGEST", 1000)
    path = tmp_path / "many.docx"
    with zipfile.ZipFile(path, "w") as archive:
        for number in range(3):
            archive.writestr(f"part{number}.xml", b"x" * 400)
    assert "would unpack to 1,200 bytes" in refused(documents.read_docx, path)


def test_another_archive_is_no_word_document(tmp_path: Path) -> None:
    path = tmp_path / "other.docx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("notes.txt", "nothing of Word")
    assert refused(documents.read_docx, path) == (
        "FILE is no Word document that can be read; save it anew"
    )


def test_a_document_behind_a_password_is_refused(docx: Path) -> None:
    content = bytearray(docx.read_bytes())
    for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = content.find(mark)
        content[place + flags] |= 1
    path = put(docx.with_name("locked.docx"), bytes(content))
    assert "damaged" in refused(documents.read_docx, path)


@pytest.mark.parametrize("read", [documents.read_docx, in_csv, in_objects, documents.read_header])
def test_a_missing_file_and_a_folder_are_told(
    tmp_path: Path, read: Callable[[Path], object]
) -> None:
    assert refused(read, tmp_path / "gone") == "FILE cannot be read: No such file or directory"
    assert refused(read, tmp_path) == "FILE cannot be read: Is a directory"


def test_rows_come_with_the_line_on_which_they_begin(tmp_path: Path) -> None:
    path = put(tmp_path / "a.csv", '\ufeffentity,amount\r\n"UN\r\nEP",5\r\n\r\nWHO,6\r\n')
    assert in_csv(path) == [
        (2, {"entity": "UN\r\nEP", "amount": "5"}),
        (5, {"entity": "WHO", "amount": "6"}),
    ]
    assert documents.read_header(path) == ("entity", "amount")


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("", "FILE is empty, or its first line names no columns"),
        ("\nentity,amount\n", "FILE is empty, or its first line names no columns"),
        ('[{"entity": "UNEP", "amount": 5}]\n', "FILE is JSON; a table in CSV was expected"),
        ('{"entity": "UNEP"}\n', "FILE is JSON; a table in CSV was expected"),
        ("entity,sum\nUNEP,5\n", "FILE has other columns: amount not found among entity, sum"),
        ("entity,amount,entity\n", "FILE has columns of one name: entity"),
        ("entity,amount\nUNEP\n", "FILE, line 2: 1 cells instead of 2"),
        ('entity,amount\n"UNEP"x,5\n', "FILE, line 2: is no CSV: ',' expected after '\"'"),
        ('entity,amount\nUNEP,"5\n', "FILE, line 2: is no CSV: unexpected end of data"),
    ],
)
def test_a_table_of_another_form_is_refused(tmp_path: Path, content: str, told: str) -> None:
    assert refused(in_csv, put(tmp_path / "a.csv", content)) == told


@pytest.mark.parametrize(("mark", "name"), [(";", "semicolons"), ("\t", "tabs"), ("|", "bars")])
def test_cells_parted_by_something_else_are_told(tmp_path: Path, mark: str, name: str) -> None:
    path = put(tmp_path / "a.csv", f"entity{mark}amount\nUNEP{mark}5\n")
    assert refused(in_csv, path).endswith(f"; its cells are parted by {name}: save it with commas")


def test_a_text_in_another_encoding_is_refused(tmp_path: Path) -> None:
    for encoding in ("latin-1", "utf-16"):
        path = put(tmp_path / "a.csv", "entity,amount\nTürkiye,5\n".encode(encoding))
        assert refused(in_csv, path) == "FILE is no text in UTF-8; save it as such"


def test_a_spreadsheet_is_called_what_it_is(tmp_path: Path) -> None:
    told = "FILE is an archive or an Office file, no text; save it as such"
    for read in (in_csv, in_objects):
        assert refused(read, put(tmp_path / "a.csv", b"PK\x03\x04rest")) == told


def test_a_text_larger_than_any_known_is_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(documents, "_LARGEST", 5)
    assert "is larger than" in refused(in_objects, put(tmp_path / "a.json", "[1, 2, 3]"))


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ('[{"entity": "UNEP", "amou', "FILE is no JSON: "),
        ("", "FILE is empty"),
        (" \n", "FILE is empty"),
        ("entity,amount\nUNEP,5\n", "FILE is no JSON: "),
        ("[" * 200_000, "FILE is no JSON: "),
        ("[" + "1" * 5000 + "]", "FILE is no JSON: "),
        ('{"entity": "UNEP"}', "FILE is another kind of JSON: a list of objects was expected"),
        ("[]", "FILE is another kind of JSON: a list of objects was expected"),
        ("[5]", "FILE is another kind of JSON: entry 1 has no entity, amount"),
        (
            json.dumps([{"entity": "UNEP", "amount": 1}, {"entity": "WHO"}]),
            "FILE is another kind of JSON: entry 2 has no amount",
        ),
    ],
)
def test_json_of_another_shape_is_refused(tmp_path: Path, content: str, told: str) -> None:
    assert refused(in_objects, put(tmp_path / "a.json", content)).startswith(told)


def test_objects_with_more_than_the_wanted_keys_are_read(tmp_path: Path) -> None:
    found = [{"entity": "UNEP", "amount": 1.5, "more": None}]
    assert in_objects(put(tmp_path / "a.json", "\ufeff" + json.dumps(found))) == found
