"""The commands that the documents show: found in their console blocks, run, and compared."""

from __future__ import annotations

import re
import shlex
import shutil
from collections.abc import Callable, Iterator
from contextlib import chdir
from dataclasses import dataclass
from pathlib import Path

from click.testing import CliRunner, Result
from fascicles import Fascicle

from emg_graph.cli import cli
from emg_graph.errors import EmgGraphError
from emg_graph.graph import STORE_VARIABLE
from emg_graph.resources import folder

SMALL = Path(__file__).parent / "data" / "small"
OVERLAYS = Path(__file__).parent.parent / "docs" / "overlay"
"""Folders of tables that the document on overlays lays over the shipped ones."""
MORE = "…"
"""The last line of what is shown, where the command prints more than that."""
LINES = 20
"""How much is shown of a longer output where a document does not say: so many lines."""

_DATA = (".local", "share")
_BLOCK = re.compile(r"(^```console\n)(.*?)(^```$)", re.MULTILINE | re.DOTALL)
_COMMAND = re.compile(r"^\$ (emg-graph.*)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Transcript:
    """A command, and the lines that a document shows of what it prints."""

    command: str
    shown: tuple[str, ...]

    @property
    def cut(self) -> bool:
        return self.shown[-1:] == (MORE,)

    @property
    def lines(self) -> tuple[str, ...]:
        """Return the lines shown, without the mark that there are more."""
        return self.shown[:-1] if self.cut else self.shown

    @property
    def fresh(self) -> bool:
        """Whether it shows a first use, when there is no graph yet."""
        return any("no graph in ~" in line for line in self.shown)

    def renewed(self, printed: tuple[str, ...]) -> Transcript:
        """Show what is printed now, cut where it was cut, or after ``LINES``."""
        count = len(self.lines) or LINES
        if not self.cut and self.shown:
            count = len(printed)
        if len(printed) <= count:
            return Transcript(self.command, printed)
        return Transcript(self.command, (*(line for line in printed[:count]), MORE))


def transcripts(text: str) -> Iterator[Transcript]:
    """Yield every ``$ emg-graph …`` in the console blocks of a document."""
    for block in _BLOCK.finditer(text):
        yield from _read(block[2])


def refreshed(text: str, ask: Callable[[Transcript], tuple[str, ...]]) -> str:
    """Return the document with each command's output as it is now."""

    def renew(block: re.Match[str]) -> str:
        if not _COMMAND.match(block[2]):
            return block[0]
        found = [transcript.renewed(ask(transcript)) for transcript in _read(block[2])]
        shown = ("\n".join([f"$ {one.command}", *one.shown]) + "\n" for one in found)
        return block[1] + "\n".join(shown) + block[3]

    return _BLOCK.sub(renew, text)


def _read(block: str) -> Iterator[Transcript]:
    _, *parts = _COMMAND.split(block)
    for command, shown in zip(parts[::2], parts[1::2], strict=True):
        yield Transcript(command, tuple(shown.strip("\n").split("\n")) if shown.strip() else ())


class Terminal:
    """A home and a working folder of their own in which documented commands are run.

    The home starts with a copy of a store of the shipped data, where one is given.
    """

    def __init__(self, place: Path, shipped: Path | None = None) -> None:
        self._place = place
        self._shipped = shipped
        self._laid = False
        self._homes = 0
        self._work = place / "work"
        shutil.copytree(SMALL, self._work / "my-tables")
        for overlay in OVERLAYS.iterdir():
            shutil.copytree(overlay, self._work / overlay.name)
        self.tables = place / "tables"
        """A copy of the shipped tables, for commands that may rewrite them."""
        shutil.copytree(folder("data"), self.tables)
        (self._work / "my-query.rq").write_text(
            "SELECT ?graph WHERE { GRAPH ?graph { ?s ?p ?o } } GROUP BY ?graph ORDER BY ?graph\n",
            encoding="utf-8",
        )
        _write_documents(self._work)
        _write_codes(self._work / "my-tables")
        self._home = self._new_home()

    def printed(self, transcript: Transcript) -> tuple[str, ...]:
        """Run a command and return the lines that a terminal would show."""
        home = self._new_home() if transcript.fresh else self._built(transcript.command)
        result = self.run(transcript.command, home)
        found_something = result.exit_code == 1 and isinstance(result.exception, SystemExit)
        assert result.exit_code == 0 or found_something, result.output
        text = result.output.replace(str(home), "~").replace(str(folder("data")), "data")
        return tuple(text.rstrip("\n").split("\n")) if text.strip() else ()

    def run(self, command: str, home: Path | None = None) -> Result:
        """Run a command as it stands in a document, fed by ``cat FILE |`` where it says so."""
        words = shlex.split(command)
        stdin = None
        with chdir(self._work):
            if words[0] == "cat" and words[2] == "|":
                stdin = Path(words[1]).read_text(encoding="utf-8")
                words = words[3:]
            assert words[0] == "emg-graph", command
            result = CliRunner().invoke(
                cli, words[1:], input=stdin, env=self._environment(home or self._built(command))
            )
        if isinstance(result.exception, EmgGraphError):
            raise result.exception
        return result

    def _built(self, command: str) -> Path:
        """Return the home, with the graphs in it that a command would else have to build."""
        if not any(self._home.iterdir()):
            if self._shipped:
                shutil.copytree(self._shipped, self._home.joinpath(*_DATA, "emg-graph", "shipped"))
            else:
                self._build()
        if "--overlay" in command and not self._laid:
            self._laid = True
            self._build("--overlay", "country-team")
        return self._home

    def _build(self, *options: str) -> None:
        with chdir(self._work):
            CliRunner().invoke(cli, ["build", *options], env=self._environment(self._home))

    def _new_home(self) -> Path:
        self._homes += 1
        home = self._place / f"home{self._homes}"
        home.mkdir()
        return home

    @staticmethod
    def _environment(home: Path) -> dict[str, str | None]:
        return {
            "HOME": str(home),
            "XDG_DATA_HOME": str(home.joinpath(*_DATA)),
            STORE_VARIABLE: None,
            "COLUMNS": "100",
        }


def _write_documents(place: Path) -> None:
    """Write a small document of each kind that the examples import."""
    texts = {
        "basel.csv": (
            "Code,Name,Signature,Ratification-Acceptance-Accession-Approval-Succession,Kind\n"
            "JOR,Jordan,,1989-06-22,Accession\n"
        ),
        "expenses.csv": (
            "calendar year,entity code,type of financial information,amount,SDG goal,SDG target,"
            "SDG indicator\n2024,UNEP,EXP,1250000,13,,\n"
        ),
        "export.csv": (
            "Title,ID,Countries,Focal Areas,Type,Agencies,GEF Grant,Cofinancing,Status,Approval FY,"
            "Funding Source (indexed field),Non-Grant Instrument (indexed field),"
            "Capacity-building Initiative for Transparency,GEF Period\n"
            "Minamata Initial Assessment,9,Jordan,Chemicals and Waste,Enabling Activity,"
            'United Nations Environment Programme,"200,000",,Completed,2015,GEF Trust Fund,No,No,'
            "GEF - 6\n"
        ),
        "minamata.csv": (
            "country,agreement,signed_on,consented_on,consent,from_on,as_of_on\n"
            "JOR,minamata,2013-10-10,2015-11-12,ratification,2017-08-16,2026-10-01\n"
        ),
    }
    for name, text in texts.items():
        (place / name).write_text(text, encoding="utf-8")
    fascicle = Fascicle().mandates().listed("General Assembly resolutions", ("70/1", "Our world"))
    fascicle.save(place, "A_80_6_Sect.14.docx")


def _write_codes(tables: Path) -> None:
    """Add to the tables what the fascicle calls its entity: one of nobody known is refused."""
    added = {
        "concepts": "programme-budget,registry,Programme budget,Sections by their number,,,,,,",
        "codes": "unep,programme-budget,sect. 14,stated,som31-report,-,high,,",
    }
    for table, row in added.items():
        with (tables / f"{table}.csv").open("a", encoding="utf-8") as file:
            file.write(f"{row}\n")
