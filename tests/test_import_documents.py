"""Documents that are not what they say: one clear line, and no row."""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from docx import Document
from fascicles import Fascicle
from imports import small_world

from emg_graph.errors import DocumentError
from emg_graph.importers import Known, documents, programme_budget


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


@pytest.fixture(scope="module")
def world() -> Known:
    return small_world()


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


@pytest.mark.parametrize(
    ("start", "told"),
    [
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
            "it is an older Office file, or one behind a password",
        ),
        (b"{\\rtf1 Mandates}", "it is rich text (.rtf)"),
        (b"<html>", "it is damaged or something else"),
    ],
)
def test_what_is_no_archive_is_called_what_it_is(tmp_path: Path, start: bytes, told: str) -> None:
    path = put(tmp_path / "sect14.docx", start)
    assert refused(documents.read_docx, path) == f"FILE is no Word document (.docx): {told}"


@pytest.mark.parametrize(
    ("part", "content", "told"),
    [
        (
            "xl/workbook.xml",
            "<a/>",
            "FILE is no Word document (.docx): it is a spreadsheet of Excel",
        ),
        (
            "ppt/presentation.xml",
            "<a/>",
            "FILE is no Word document (.docx): it is a presentation of PowerPoint",
        ),
        (
            "mimetype",
            "application/vnd.oasis.opendocument.text",
            "FILE is an OpenDocument file; save it as a Word document (.docx)",
        ),
    ],
)
def test_a_file_of_another_office_program_is_called_what_it_is(
    tmp_path: Path, part: str, content: str, told: str
) -> None:
    path = tmp_path / "other.docx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(part, content)
    assert refused(documents.read_docx, path) == told


def rewrite(path: Path, part: str, *changes: tuple[str, str]) -> Path:
    """Write a Word document anew, with some words of a part changed."""
    made = path.with_name("rewritten.docx")
    with zipfile.ZipFile(path) as archive, zipfile.ZipFile(made, "w") as other:
        for name in archive.namelist():
            text = archive.read(name)
            if name == f"word/{part}":
                for found, instead in changes:
                    assert re.search(found, text.decode(), re.DOTALL), found
                    text = re.sub(found, instead, text.decode(), flags=re.DOTALL).encode()
            other.writestr(name, text)
    return made


@pytest.mark.parametrize(
    "changes",
    [
        [("<w:body>.*</w:body>", "")],
        [("<w:document ", "<w:hdr "), ("</w:document>", "</w:hdr>")],
        [("<w:document ", "<html "), ("</w:document>", "</html>")],
    ],
)
def test_a_document_without_a_body_of_text_is_refused(
    docx: Path, changes: list[tuple[str, str]]
) -> None:
    told = refused(documents.read_docx, rewrite(docx, "document.xml", *changes))
    assert told == "FILE is no Word document: it has no body of text; save it anew"


@pytest.mark.parametrize(
    ("part", "found", "instead"),
    [
        ("numbering.xml", '<w:start w:val="1"/>', "<w:start/>"),
        ("numbering.xml", ' w:ilvl="1"', ""),
        ("numbering.xml", ' w:ilvl="1"', ' w:ilvl="one"'),
        ("numbering.xml", '<w:abstractNumId w:val="99"/>', ""),
        ("document.xml", '<w:ilvl w:val="1"/>', '<w:ilvl w:val="one"/>'),
    ],
)
def test_a_fascicle_whose_numbers_are_damaged_is_refused(
    tmp_path: Path, world: Known, part: str, found: str, instead: str
) -> None:
    made = Fascicle()
    made.define_numbers("%1.", "14.%2")
    path = rewrite(made.numbered("UNEP exists.", 1).save(tmp_path), part, (found, instead))
    assert refused(lambda path: programme_budget.read([path], world), path) == (
        "FILE is damaged inside: its paragraphs and tables are not as Word writes them; open it in"
        " Word and save it anew"
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
        ("entity,amount\n", "FILE has a header and no rows"),
        ("entity,amount\n\n,\n", "FILE has a header and no rows"),
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
