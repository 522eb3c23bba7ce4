"""Files opened for what they say they are: a wrong one is told in one line, before any row."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from emg_graph.errors import DocumentError

if TYPE_CHECKING:
    from docx.document import Document

_LARGEST = 256 * 2**20
"""How many bytes a document may have, unpacked; the largest known has 30 million."""
_UNPACKED = 200
"""How many times larger than in its archive a part of a document may be."""
_SMALL = 2**20
_STARTS = {
    b"%PDF": "it is a PDF",
    b"\xd0\xcf\x11\xe0": "it is an older Office file, or one behind a password",
    b"{\\rt": "it is rich text (.rtf)",
}
"""What a file that is no archive is, by its first bytes."""
_OTHERS = {"ppt/": "a presentation of PowerPoint", "xl/": "a spreadsheet of Excel"}
"""What another Office file is, by the folder in it."""
_OPEN_DOCUMENT = b"application/vnd.oasis.opendocument."


def read_docx(path: Path) -> Document:
    """Open a Word document.

    Raises:
        DocumentError: the file is no Word document, is damaged, or would unpack beyond reason.
    """
    from docx import Document  # noqa: PLC0415  (only one kind of document needs it)
    from docx.opc.exceptions import OpcError  # noqa: PLC0415

    _require_sound(path)
    _require_word(path)
    try:
        document = Document(str(path))
    except (OpcError, KeyError, ValueError, SyntaxError, zipfile.BadZipFile, OSError) as error:
        raise DocumentError(f"{path} is no Word document that can be read; save it anew") from error
    if getattr(document.element, "body", None) is None:
        raise DocumentError(f"{path} is no Word document: it has no body of text; save it anew")
    return document


def read_header(path: Path) -> tuple[str, ...]:
    """Return the names of the columns of a CSV file, by which forms can be told apart.

    Raises:
        DocumentError: the file is no CSV, or has no column or one twice.
    """
    return _header(_rows(path), path)


def read_csv(path: Path, columns: Sequence[str]) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield each row of a CSV file with the line on which it begins.

    Args:
        path: the file, in UTF-8, with commas.
        columns: those that must be there; others may be.

    Raises:
        DocumentError: the file is no CSV of that form, or has no row.
    """
    rows, empty = _rows(path), True
    header = _header(rows, path)
    if missing := [name for name in columns if name not in header]:
        found = f"{_short(', '.join(missing))} not found among {_short(', '.join(header))}"
        raise DocumentError(f"{path} has other columns: {found}{_parted(header)}")
    for line, row in rows:
        if not any(row):
            continue
        if len(row) != len(header):
            raise DocumentError(f"{path}, line {line}: {len(row)} cells instead of {len(header)}")
        empty = False
        yield line, dict(zip(header, row, strict=True))
    if empty:
        raise DocumentError(f"{path} has a header and no rows")


def read_json(path: Path) -> Any:
    """Read a JSON file.

    Raises:
        DocumentError: the file is no JSON.
    """
    text = _text(path)
    if not text.strip():
        raise DocumentError(f"{path} is empty")
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise DocumentError(f"{path} is no JSON: {_short(str(error))}") from error


def records_of(path: Path, keys: Sequence[str]) -> list[dict[str, Any]]:
    """Read a JSON file that is a list of objects with at least these keys.

    Raises:
        DocumentError: it is not.
    """
    found = read_json(path)
    if not isinstance(found, list) or not found:
        raise DocumentError(f"{path} is another kind of JSON: a list of objects was expected")
    for number, one in enumerate(found, 1):
        missing = [key for key in keys if not isinstance(one, dict) or key not in one]
        if missing:
            raise DocumentError(
                f"{path} is another kind of JSON: entry {number} has no {', '.join(missing)}"
            )
    return found


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > _LARGEST:
            raise DocumentError(f"{path} is larger than {_LARGEST // 2**20} MB; it is not read")
        found = path.read_bytes()
        if found.startswith(b"PK"):
            raise DocumentError(f"{path} is an archive or an Office file, no text; save it as such")
        return found.decode("utf-8-sig")
    except OSError as error:
        raise DocumentError(f"{path} cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise DocumentError(f"{path} is no text in UTF-8; save it as such") from error


def _rows(path: Path) -> Iterator[tuple[int, list[str]]]:
    """Yield each row of a CSV file with the line on which it begins."""
    reader = csv.reader(io.StringIO(_text(path), newline=""), strict=True)
    line = 1
    try:
        for row in reader:
            yield line, row
            line = reader.line_num + 1
    except csv.Error as error:
        raise DocumentError(f"{path}, line {line}: is no CSV: {error}") from error


def _header(rows: Iterator[tuple[int, list[str]]], path: Path) -> tuple[str, ...]:
    _, header = next(rows, (1, []))
    if not any(header):
        raise DocumentError(f"{path} is empty, or its first line names no columns")
    if header[0].lstrip().startswith(("{", "[")):
        raise DocumentError(f"{path} is JSON; a table in CSV was expected")
    if twice := sorted({name for name in header if header.count(name) > 1}):
        raise DocumentError(f"{path} has columns of one name: {_short(', '.join(twice))}")
    return tuple(header)


def _parted(header: Sequence[str]) -> str:
    """Say so where a table seems to be parted by something else than commas."""
    marks = {";": "semicolons", "\t": "tabs", "|": "bars"}
    for mark, name in marks.items():
        if len(header) == 1 and mark in header[0]:
            return f"; its cells are parted by {name}: save it with commas"
    return ""


def _require_sound(path: Path) -> None:
    """Refuse what is no archive, is cut short, or unpacks beyond reason."""
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
            total = sum(part.file_size for part in parts)
            if total > _LARGEST or any(_swells(part) for part in parts):
                raise DocumentError(f"{path} would unpack to {total:,} bytes; it is not read")
            if damaged := archive.testzip():
                raise DocumentError(f"{path} is damaged: {damaged} does not match its checksum")
    except DocumentError:
        raise
    except OSError as error:
        raise DocumentError(f"{path} cannot be read: {error.strerror or error}") from error
    except (zipfile.BadZipFile, zipfile.LargeZipFile, EOFError, NotImplementedError) as error:
        what = _STARTS.get(_start(path), "it is damaged or something else")
        raise DocumentError(f"{path} is no Word document (.docx): {what}") from error
    except Exception as error:  # zlib and others tell damage in their own ways
        raise DocumentError(f"{path} is damaged: {error}") from error


def _require_word(path: Path) -> None:
    """Refuse a file of another program that is an archive too, and say which it is."""
    with zipfile.ZipFile(path) as archive:
        names = archive.namelist()
        kind = archive.read("mimetype") if "mimetype" in names else b""
    if kind.startswith(_OPEN_DOCUMENT):
        raise DocumentError(f"{path} is an OpenDocument file; save it as a Word document (.docx)")
    for folder, what in _OTHERS.items():
        if any(name.startswith(folder) for name in names):
            raise DocumentError(f"{path} is no Word document (.docx): it is {what}")


def _swells(part: zipfile.ZipInfo) -> bool:
    return part.file_size > _SMALL and part.file_size > _UNPACKED * max(1, part.compress_size)


def _start(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(4)


def _short(text: str, width: int = 120) -> str:
    return text if len(text) <= width else text[: width - 1] + "…"
