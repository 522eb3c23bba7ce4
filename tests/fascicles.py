"""Small fascicles of a programme budget, in Word, as awkward as the published ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm


@dataclass(frozen=True)
class Linked:
    """Words of a cell with a hyperlink on them; what comes before stands plain."""

    text: str
    address: str
    before: str = ""
    form: str = "hyperlink"
    """How Word keeps it: as a ``hyperlink``, a ``field`` of marked runs, or a ``simple`` field."""


Written = str | Linked | Sequence["str | Linked"]


class Fascicle:
    """A fascicle in the making: its cover is there, the rest is said line by line."""

    def __init__(
        self,
        symbol: str = "A/81/6 (Sect. 14)",
        *,
        year: str = "2027",
        title: str = "Environment",
        programme: tuple[str, str] | None = ("11", "Environment"),
        stale: str = "",
    ) -> None:
        self.document = Document()
        section = self.document.sections[0]
        section.different_first_page_header_footer = True
        section.header.paragraphs[0].text = stale or symbol
        letterhead = section.first_page_header.add_table(1, 2, Cm(16))
        letterhead.cell(0, 1).text = f"{symbol}  Distr.: General" if symbol else ""
        if year:
            self.say(f"Proposed programme budget for {year}")
        if "Sect" in symbol:
            self.say("Section " + symbol.split("ect. ")[1].split(")")[0], title)
        if programme:
            self.say(f"Programme {programme[0]}", programme[1])
        self.say("* A/81/50.")

    def say(self, *texts: str, style: str | None = None) -> Fascicle:
        """Add paragraphs."""
        for text in texts:
            self.document.add_paragraph(text, style=style)
        return self

    def mandates(self, paragraph: str = "14.8") -> Fascicle:
        """Begin the list of legislative mandates, as every fascicle does."""
        self.say("Legislative mandates", "")
        return self.say(f"{paragraph}\tThe list below provides all mandates of the programme.")

    def listed(self, heading: str, *rows: Sequence[Written], style: str | None = None) -> Fascicle:
        """Add a heading and the table under it."""
        self.say(heading, "", style=style)
        return self.table(*rows)

    def table(self, *rows: Sequence[Written]) -> Fascicle:
        """Add a table; a row of one cell is merged over both columns."""
        made = self.document.add_table(len(rows), 2)
        for number, row in enumerate(rows):
            if len(row) == 1:
                made.cell(number, 0).merge(made.cell(number, 1))
            for place, written in enumerate(row):
                _write(made.cell(number, place), written)
        return self

    def define_numbers(self, *levels: str) -> None:
        """Define a list of Word's own numbers, each level in Arabic numerals."""
        numbering = self.document.part.numbering_part.element
        abstract = _element("w:abstractNum", "w:abstractNumId", "99")
        for level, text in enumerate(levels):
            made = _element("w:lvl", "w:ilvl", str(level))
            made.append(_element("w:start", "w:val", "1"))
            made.append(_element("w:numFmt", "w:val", "decimal"))
            made.append(_element("w:lvlText", "w:val", text))
            abstract.append(made)
        numbering.insert(0, abstract)
        number = _element("w:num", "w:numId", "99")
        number.append(_element("w:abstractNumId", "w:val", "99"))
        numbering.append(number)

    def numbered(self, text: str, level: int) -> Fascicle:
        """Add a paragraph that Word numbers by the defined list."""
        properties = self.document.add_paragraph(text)._p.get_or_add_pPr()
        found = OxmlElement("w:numPr")
        found.append(_element("w:ilvl", "w:val", str(level)))
        found.append(_element("w:numId", "w:val", "99"))
        properties.append(found)
        return self

    def wrap_last_table(self) -> Fascicle:
        """Put the last table into a content control."""
        table = self.document.tables[-1]._tbl
        control, content = OxmlElement("w:sdt"), OxmlElement("w:sdtContent")
        table.addprevious(control)
        control.append(content)
        content.append(table)
        return self

    def spell_hyphen(self, text: str) -> Fascicle:
        """Write the first hyphen of a text as the element that Word has for it."""
        for node in self._nodes(text):
            before, after = text.split("-", 1)
            node.text = before
            node.addnext(OxmlElement("w:noBreakHyphen"))
            rest = OxmlElement("w:t")
            rest.text = after
            node.getnext().addnext(rest)
        return self

    def delete_row_text(self, text: str) -> Fascicle:
        """Mark a text as deleted, with a change that is not accepted yet."""
        for node in self._nodes(text):
            run = node.getparent()
            deletion = OxmlElement("w:del")
            run.addprevious(deletion)
            deletion.append(run)
        return self

    def lose_mark(self, kind: str) -> Fascicle:
        """Take a mark out of every field: where it begins, shows its words, or ends."""
        for node in [*self.document.element.body.iter(qn("w:fldChar"))]:
            if node.get(qn("w:fldCharType")) == kind:
                node.getparent().remove(node)
        return self

    def _nodes(self, text: str) -> list[Any]:
        body = self.document.element.body
        return [node for node in body.iter(qn("w:t")) if node.text == text]

    def deliverables(self) -> Fascicle:
        """End the list, with a table that is none of its own."""
        self.say("Deliverables")
        return self.table(("Category and subcategory", "2027 planned"), ("Seminars", "12"))

    def save(self, folder: Path, name: str = "fascicle.docx") -> Path:
        """Write the document into a folder and return its path."""
        folder.mkdir(parents=True, exist_ok=True)
        self.document.save(str(folder / name))
        return folder / name


def raise_mark(paragraph: Any, mark: str) -> None:
    """Add the raised mark of a footnote to a paragraph."""
    run = paragraph.add_run(mark)
    run.font.superscript = True


def merge_down(table: Any, column: int, first: int, last: int) -> None:
    """Merge cells of a column over several rows."""
    table.cell(first, column).merge(table.cell(last, column))


def _write(cell: Any, written: Written) -> None:
    pieces: Sequence[str | Linked] = (
        [written] if isinstance(written, str | Linked) else list(written)
    )
    for number, piece in enumerate(pieces):
        paragraph = cell.add_paragraph() if number else cell.paragraphs[0]
        if isinstance(piece, str):
            paragraph.add_run(piece)
        else:
            paragraph.add_run(piece.before)
            _link(paragraph, piece)


def _element(name: str, attribute: str, value: str) -> Any:
    made = OxmlElement(name)
    made.set(qn(attribute), value)
    return made


def _link(paragraph: Any, linked: Linked) -> None:
    if linked.form == "field":
        _field(paragraph, linked)
    elif linked.form == "simple":
        element = _element("w:fldSimple", "w:instr", f' HYPERLINK "{linked.address}" ')
        element.append(paragraph.add_run(linked.text)._r)
        paragraph._p.append(element)
    else:
        _hyperlink(paragraph, linked)


def _field(paragraph: Any, linked: Linked) -> None:
    """Write a link as Word often does: the instruction and the words each cut into runs."""
    half = len(linked.text) // 2
    pieces = [
        _element("w:fldChar", "w:fldCharType", "begin"),
        _instruction("HYPERLINK "),
        _instruction(f'"{linked.address}"'),
        _element("w:fldChar", "w:fldCharType", "separate"),
        linked.text[:half],
        linked.text[half:],
        _element("w:fldChar", "w:fldCharType", "end"),
    ]
    for piece in pieces:
        run = paragraph.add_run(piece if isinstance(piece, str) else "")
        if not isinstance(piece, str):
            run._r.append(piece)


def _instruction(text: str) -> Any:
    made = OxmlElement("w:instrText")
    made.text = text
    return made


def _hyperlink(paragraph: Any, linked: Linked) -> None:
    name = paragraph.part.relate_to(linked.address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    element = OxmlElement("w:hyperlink")
    element.set(qn("r:id"), name)
    run = paragraph.add_run(linked.text)
    element.append(run._r)
    paragraph._p.append(element)
