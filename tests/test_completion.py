"""What a shell is offered: ids of the right kinds, at once, in silence, with nothing built."""

from __future__ import annotations

import csv
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import click
import pytest
from click.shell_completion import get_completion_class
from conftest import Run
from folders import SMALL, DataFolder

from emg_graph.cli import cli, known, shells
from emg_graph.cli.known import Known, known_things
from emg_graph.cli.names import Name, Offers, ThingName
from emg_graph.cli.shells import PROGRAM, SHELLS, VARIABLE
from emg_graph.errors import StoreError
from emg_graph.graph import STORE_VARIABLE, Graph
from emg_graph.namespaces import EMG
from emg_graph.records import THINGS, ConceptRecord
from emg_graph.resources import folder
from emg_graph.tables import Tables

BASH = shutil.which("bash")
TYPES = {
    ("brief", "agreement"): ("agreement",),
    ("collaborators", "agreement"): ("agreement",),
    ("collaborators", "functions"): ("function",),
    ("collaborators", "themes"): ("theme",),
    ("collaborators", "exclude_sources"): ("source",),
    ("collaborators", "kinds"): ("entity-kind",),
    ("show", "thing"): (),
}
with (folder("data") / "agreements.csv").open(encoding="utf-8", newline="") as _file:
    AGREEMENTS = {row["id"] for row in csv.DictReader(_file)}

Offer = Callable[..., dict[str, str | None]]


@pytest.fixture
def nowhere(tmp_path: Path) -> Path:
    """Return a store that does not exist."""
    return tmp_path / "no" / "store"


@pytest.fixture
def offered(store_folder: Path, graph: Graph, monkeypatch: pytest.MonkeyPatch) -> Offer:
    """Return a function that gives what is offered after some words, with the help of each."""

    def complete(
        *words: str, shell: str = "zsh", store: Path = store_folder
    ) -> dict[str, str | None]:
        monkeypatch.setenv(STORE_VARIABLE, str(store))
        *args, incomplete = words
        asked = SHELLS[shell](cli, {}, PROGRAM, VARIABLE)
        return {item.value: item.help for item in asked.get_completions(args, incomplete)}

    return complete


@pytest.fixture
def answer(store_folder: Path, graph: Graph, monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """Return a function that gives what a shell is told, in its own format."""
    monkeypatch.setenv(STORE_VARIABLE, str(store_folder))
    shells.register()

    def tell(shell: str, words: str, place: int | str) -> str:
        monkeypatch.setenv("COMP_WORDS", words)
        monkeypatch.setenv("COMP_CWORD", str(place))
        chosen = get_completion_class(shell)
        assert chosen
        return chosen(cli, {}, PROGRAM, VARIABLE).complete()

    return tell


class TestNames:
    def test_ids_of_the_right_kind_are_offered_with_their_names(self, offered: Offer) -> None:
        assert offered("brief", "mina") == {"minamata": "Minamata Convention on Mercury"}
        assert set(offered("brief", "")) == AGREEMENTS
        assert set(offered("collaborators", "")) == AGREEMENTS

    def test_any_thing_is_offered_where_any_is_taken(self, offered: Offer) -> None:
        found = list(offered("show", ""))
        assert set(found) >= AGREEMENTS | {"unep", "mercury", "som31", "som31-report", "jor"}
        assert found.index("whc") < found.index("adb"), "agreements before entities"
        assert found[-1] in offered("collaborators", "cbd", "--exclude-source", ""), "sources last"

    def test_the_case_typed_does_not_matter(self, offered: Offer) -> None:
        assert set(offered("show", "UNIC")) >= {"unicef"}

    @pytest.mark.parametrize(
        ("words", "expected"),
        [
            (("collaborators", "cbd", "--function", "fin"), "finance"),
            (("collaborators", "cbd", "--theme", "mer"), "mercury"),
            (("collaborators", "cbd", "--kinds", "special"), "specialised-agency"),
            (("collaborators", "cbd", "--exclude-source", "som31-"), "som31-report"),
            (("find", "x", "--kind", "agr"), "agreement"),
            (("find", "x", "--kind", "the"), "theme"),
            (("ontology", "--scheme", "the"), "theme"),
            (("data", "columns", "ro"), "roles"),
            (("query", "show", "shared-a"), "shared-agreements"),
            (("query", "run", "cq01"), "CQ01"),
            (("query", "run", "roles-of"), "roles-of-agreement"),
            (("completion", "z"), "zsh"),
            (("collab",), "collaborators"),
            (("data", "pack"), "package"),
        ],
    )
    def test_each_name_is_completed(
        self, offered: Offer, words: tuple[str, ...], expected: str
    ) -> None:
        assert expected in offered(*words)

    def test_a_scheme_is_no_kind_of_thing(self, offered: Offer) -> None:
        schemes = offered("ontology", "--scheme", "")
        assert "agreement" not in schemes
        assert {"theme", "role"} <= set(schemes)
        assert schemes["act"] == "5"

    def test_terms_are_offered_with_and_without_their_prefix(self, offered: Offer) -> None:
        assert offered("ontology", "serv") == {"serves": "object property"}
        assert offered("ontology", "emg:Rol") == {
            "emg:Role": "class",
            "emg:role": "object property",
        }
        assert len(offered("ontology", "")) == len(list(EMG))

    @pytest.mark.parametrize(("place", "kinds"), TYPES.items())
    def test_an_argument_says_of_which_kinds_it_is(
        self, place: tuple[str, str], kinds: tuple[str, ...]
    ) -> None:
        command = cli.get_command(click.Context(cli), place[0])
        assert command
        (param,) = [param for param in command.params if param.name == place[1]]
        assert isinstance(param.type, ThingName)
        assert param.type.kinds == kinds

    def test_a_name_that_is_not_known_is_taken_as_it_is(self) -> None:
        assert ThingName("agreement").convert("Basel Convention", None, None) == "Basel Convention"


class TestParameters:
    RUN = ("query", "run", "CQ01", "-p")

    def test_the_parameters_of_the_query_are_offered(self, offered: Offer) -> None:
        assert offered(*self.RUN, "") == {"agreement=": "the agreement asked about"}
        assert set(offered("query", "run", "CQ02", "--param", "e")) == {"entity="}

    def test_after_the_name_come_ids_of_its_kinds(self, offered: Offer) -> None:
        found = offered(*self.RUN, "agreement=mina")
        assert found == {"agreement=minamata": "Minamata Convention on Mercury"}
        shared = offered("query", "run", "shared-agreements", "-p", "entity=")
        assert {"entity=unep", "entity=gef"} <= set(shared)
        assert "entity=cbd" not in shared

    def test_any_thing_where_the_query_takes_any(self, offered: Offer) -> None:
        found = offered("query", "run", "CQ33", "-p", "thing=m")
        assert {"thing=minamata", "thing=mercury"} <= set(found)

    def test_after_a_comma_comes_another(self, offered: Offer) -> None:
        found = offered(*self.RUN, "agreement=minamata,stock")
        assert set(found) == {"agreement=minamata,stockholm"}

    def test_the_query_may_stand_after_other_parameters(self, offered: Offer) -> None:
        words = ("query", "run", "-p", "agreement=cbd", "CQ01", "-p", "agr")
        assert set(offered(*words)) == {"agreement="}

    @pytest.mark.parametrize(
        "words",
        [
            ("query", "run", "-p", "a"),
            ("query", "run", "no-such-query", "-p", "a"),
            ("query", "run", "CQ01", "-p", "no-such=a"),
            ("query", "run", "CQ01", "-p", "agreement=no-such"),
        ],
    )
    def test_nothing_is_offered_where_nothing_is_known(
        self, offered: Offer, words: tuple[str, ...]
    ) -> None:
        assert offered(*words) == {}


class TestSources:
    def test_without_a_store_the_ids_are_those_of_the_tables_and_none_is_made(
        self, offered: Offer, nowhere: Path
    ) -> None:
        for words in (
            ("brief", ""),
            ("show", ""),
            ("ontology", "--scheme", ""),
            ("find", "x", "--kind", ""),
        ):
            assert offered(*words, store=nowhere) == offered(*words)
        assert not nowhere.parent.exists()

    def test_no_store_is_made_in_the_users_own_folder_either(
        self, offered: Offer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "home"))
        assert known_things(None, None, kinds=["agreement"])
        assert not (tmp_path / "home").exists()

    def test_a_store_in_memory_has_the_ids_of_the_tables(self, offered: Offer) -> None:
        assert set(offered("brief", "--store", "memory:", "")) == AGREEMENTS

    def test_given_tables_come_before_a_store(self, offered: Offer) -> None:
        found = set(offered("brief", "--data", str(SMALL), ""))
        assert "minamata" in found
        assert found < AGREEMENTS

    def test_a_store_of_other_tables_has_their_ids(
        self, offered: Offer, tmp_path: Path, run: Run
    ) -> None:
        data = DataFolder(tmp_path / "data")
        data.add("agreements", id="ours", name="Ours", short_name="", acronym="", aliases="")
        store = tmp_path / "store"
        assert run("build", "--data", data.path, "--store", store).exit_code == 0
        assert offered("brief", "our", store=store) == {"ours": "Ours"}

    def test_a_broken_store_is_passed_over(self, offered: Offer, tmp_path: Path) -> None:
        store = tmp_path / "store"
        build = store / "builds" / "x"
        build.mkdir(parents=True)
        (store / "current").write_text("x", encoding="utf-8")
        (build / "manifest.json").write_text("{}", encoding="utf-8")
        assert set(offered("brief", "", store=store)) == AGREEMENTS

    def test_a_web_address_is_passed_over(self, offered: Offer) -> None:
        assert set(offered("brief", "--store", "https://example.org/sparql", "")) == AGREEMENTS

    def test_the_things_of_an_overlay_are_offered_too(self, offered: Offer, tmp_path: Path) -> None:
        (tmp_path / "agreements.csv").write_text("id,name\nours,Ours\n", encoding="utf-8")
        assert offered("brief", "--overlay", str(tmp_path), "our") == {"ours": "Ours"}
        assert "minamata" in offered("brief", "--overlay", str(tmp_path), "min")

    def test_tables_laid_over_others_add_rename_and_take_away(self, tmp_path: Path) -> None:
        (tmp_path / "agreements.csv").write_text(
            "id,name,retired\nours,Ours,\nbasel,Renamed,\ncites,,\ncbd,,yes\nnot-there,,yes\n",
            encoding="utf-8",
        )
        (tmp_path / "concepts.csv").write_text("id,label\nmercury,\n", encoding="utf-8")
        found = {one.id: one for one in known_things("x", None, [tmp_path])}
        assert found["ours"].name == "Ours"
        assert found["basel"].name == "Renamed"
        assert found["cites"].name.startswith("Convention on International Trade")
        assert (found["mercury"].kind, found["mercury"].name) == ("theme", "Mercury")
        assert not {"cbd", "not-there"} & set(found)

    def test_tables_that_cannot_be_read_count_as_empty(
        self, offered: Offer, tmp_path: Path
    ) -> None:
        data = DataFolder(tmp_path / "data")
        data.file("agreements").write_bytes(b"id,name\nx,\xff\n")
        data.file("entities").unlink()
        data.file("mechanisms").write_text("name\nno id\n", encoding="utf-8")
        found = offered("show", "--data", str(data.path), "")
        assert "mercury" in found
        assert not {"x", "unep", ""} & set(found)

    def test_every_table_of_things_is_read_as_its_kind(self) -> None:
        expected = {model.TABLE: model.PATH for model in THINGS} | {ConceptRecord.TABLE: ""}
        assert dict(known.TABLES) == expected
        assert all(known.TABLES[table] for table in set(known.TABLES) - {"concepts"})

    def test_every_row_is_read(self, tables: Tables) -> None:
        rows = tables.things()
        expected = {
            (row.id, row.scheme if isinstance(row, ConceptRecord) else row.PATH) for row in rows
        }
        assert {(one.id, one.kind) for one in known_things("memory:", None)} == expected


class TestSilence:
    def test_whatever_goes_wrong_nothing_is_said(
        self, offered: Offer, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
    ) -> None:
        def fail(*_: object) -> tuple[Known, ...]:
            raise RuntimeError("out of luck")

        monkeypatch.setattr(known, "known_things", fail)
        assert offered("brief", "m") == {}
        assert capfd.readouterr() == ("", "")

    @pytest.mark.parametrize("words", [("nonsense", "x"), ("query", "nonsense", "x")])
    def test_what_is_no_command_gets_no_answer_and_no_error(
        self, offered: Offer, words: tuple[str, ...]
    ) -> None:
        assert offered(*words) == {}

    def test_a_list_of_names_has_to_say_what_it_offers(self) -> None:
        with pytest.raises(TypeError, match="abstract"):
            Name()  # type: ignore[abstract]

    def test_a_list_of_names_that_fails_offers_nothing(self) -> None:
        class Broken(Name):
            def offers(self, ctx: click.Context, incomplete: str, /) -> Offers:
                raise StoreError("gone")

        assert Broken().shell_complete(click.Context(cli), click.Argument(["a"]), "") == []


class TestFormats:
    WORDS = "emg-graph brief mina"

    def test_each_shell_is_told_in_its_own_way(self, answer: Callable[..., str]) -> None:
        assert answer("bash", self.WORDS, 2) == "plain,minamata"
        assert answer("zsh", self.WORDS, 2) == "plain\nminamata\nMinamata Convention on Mercury"
        assert (
            answer("fish", self.WORDS, "mina") == "plain,minamata\tMinamata Convention on Mercury"
        )

    @pytest.mark.parametrize(
        ("words", "place", "expected"),
        [
            ("emg-graph query run CQ01 -p agreement = mina", 7, "minamata"),
            ("emg-graph query run CQ01 -p agreement=mina", 5, "agreement=minamata"),
            ("emg-graph query run CQ01 -p agreement = minamata,stock", 7, "minamata,stockholm"),
            ("emg-graph query run CQ01 -p agr", 5, "agreement="),
            ("emg-graph query run CQ01 -p ", 5, "agreement="),
            ("emg-graph find x --kind = workstream-", 5, "workstream-kind"),
            ("emg-graph find x --kind=workstream-", 3, "--kind=workstream-kind"),
            ("emg-graph ontology emg : serv", 4, "serves"),
            ("emg-graph brief --store memory : mina", 5, "minamata"),
            ("emg-graph brief mina --store x", 2, "minamata"),
            ("emg-graph query run CQ01 -p agreement = --for", 7, "--format"),
            ("emg-graph brief 'mina", 2, "minamata"),
            ("emg-graph comple", 1, "completion"),
        ],
    )
    def test_bash_is_given_what_stands_after_its_own_break(
        self, answer: Callable[..., str], words: str, place: int, expected: str
    ) -> None:
        assert answer("bash", words, place) == f"plain,{expected}"

    def test_bash_that_has_just_read_the_equals_sign_is_offered_every_id(
        self, answer: Callable[..., str]
    ) -> None:
        lines = answer("bash", "emg-graph query run CQ01 -p agreement =", 6).splitlines()
        assert {line.removeprefix("plain,") for line in lines} == AGREEMENTS

    @pytest.mark.parametrize("shell", ["zsh", "fish"])
    def test_the_other_shells_get_the_whole_word(
        self, answer: Callable[..., str], shell: str
    ) -> None:
        word = "--kind=workstream-"
        told = answer(shell, f"emg-graph find x {word}", 3 if shell == "zsh" else word)
        assert "--kind=workstream-kind" in told

    def test_a_folder_is_left_to_the_shell(self, answer: Callable[..., str]) -> None:
        assert answer("bash", "emg-graph brief --data my", 3) == "dir,my"


class TestScripts:
    @pytest.mark.parametrize("shell", SHELLS)
    def test_the_command_prints_the_script_for_the_shell(self, run: Run, shell: str) -> None:
        done = run("completion", shell)
        assert done.exit_code == 0
        assert done.stderr == ""
        assert f"{VARIABLE}={shell}_complete" in done.stdout
        assert PROGRAM in done.stdout
        assert "%(" not in done.stdout

    def test_it_writes_a_file(self, run: Run, tmp_path: Path) -> None:
        run("completion", "fish", "-o", tmp_path / "emg-graph.fish")
        assert (tmp_path / "emg-graph.fish").read_text(encoding="utf-8").startswith("function ")

    def test_the_help_says_how_to_install_it(self, run: Run) -> None:
        text = run("completion", "--help").stdout
        assert "\n  Bash: echo 'eval \"$(emg-graph completion bash)\"' >> ~/.bashrc\n" in text
        assert "\n  Zsh: echo 'eval \"$(emg-graph completion zsh)\"' >> ~/.zshrc\n" in text
        assert "completion fish -o ~/.config/fish/completions/emg-graph.fish\n" in text


@pytest.fixture
def installed(tmp_path: Path, store_folder: Path, graph: Graph) -> Mapping[str, str]:
    """Return an environment in which the command is called by its name."""
    program = tmp_path / "bin" / PROGRAM
    program.parent.mkdir()
    program.write_text(
        f"#!{sys.executable} -Werror\nfrom emg_graph.cli import main\nmain()\n", encoding="utf-8"
    )
    program.chmod(0o755)
    path = f"{program.parent}{os.pathsep}{os.environ['PATH']}"
    return {**os.environ, "PATH": path, STORE_VARIABLE: str(store_folder)}


def asked(
    env: Mapping[str, str], words: str, place: int, store: Path | None = None
) -> subprocess.CompletedProcess[str]:
    """Ask the command as bash does."""
    given = {VARIABLE: "bash_complete", "COMP_WORDS": words, "COMP_CWORD": str(place)}
    if store:
        given[STORE_VARIABLE] = str(store)
    return subprocess.run(
        [PROGRAM], env={**env, **given}, capture_output=True, text=True, check=False, timeout=120
    )


class TestProcess:
    def test_the_command_answers_as_bash_asks(self, installed: Mapping[str, str]) -> None:
        done = asked(installed, "emg-graph query run CQ01 -p agreement = mina", 7)
        assert (done.returncode, done.stdout, done.stderr) == (0, "plain,minamata\n", "")

    def test_without_a_store_it_answers_the_same_and_makes_none(
        self, installed: Mapping[str, str], nowhere: Path
    ) -> None:
        done = asked(installed, "emg-graph brief mina", 2, store=nowhere)
        assert (done.returncode, done.stdout, done.stderr) == (0, "plain,minamata\n", "")
        assert not nowhere.parent.exists()

    @pytest.mark.parametrize(
        "words", ["emg-graph nonsense x", "emg-graph query run nonsense -p x="]
    )
    def test_it_says_nothing_of_what_it_does_not_know(
        self, installed: Mapping[str, str], words: str
    ) -> None:
        done = asked(installed, words, len(words.split()) - 1)
        assert (done.returncode, done.stdout.strip(), done.stderr) == (0, "", "")

    @pytest.mark.skipif(BASH is None, reason="there is no bash here")
    def test_bash_itself_completes_by_the_script(self, installed: Mapping[str, str]) -> None:
        assert BASH
        program = (
            'eval "$(emg-graph completion bash)"; complete -p emg-graph;'
            "COMP_WORDS=(emg-graph query run CQ01 -p agreement = m); COMP_CWORD=7;"
            '_emg_graph_completion emg-graph; printf "%s\\n" "${COMPREPLY[@]}"'
        )
        done = subprocess.run(
            [BASH, "--norc", "-c", program],
            env=dict(installed), capture_output=True, text=True, check=True, timeout=120,
        )  # fmt: skip
        registered, *words = done.stdout.splitlines()
        assert registered.endswith("-F _emg_graph_completion emg-graph")
        assert set(words) == {one for one in AGREEMENTS if one.startswith("m")}
        assert done.stderr == ""

    def test_it_imports_nothing_heavy(self, installed: Mapping[str, str]) -> None:
        program = (
            "import sys; sys.argv = ['emg-graph']; from emg_graph.cli import _outcome; _outcome();"
            "print(*sorted(sys.modules), file=sys.stderr)"
        )
        env = {"COMP_WORDS": "emg-graph show m", "COMP_CWORD": "2", VARIABLE: "bash_complete"}
        done = subprocess.run(
            [sys.executable, "-c", program],
            env={**installed, **env}, capture_output=True, text=True, check=True, timeout=120,
        )  # fmt: skip
        assert "plain,minamata" in done.stdout.splitlines()
        heavy = {"rdflib", "pydantic", "networkx", "numpy", "jinja2", "emg_graph.records"}
        assert not heavy & set(done.stderr.split())


def test_a_command_without_completion_is_not_slowed_by_it() -> None:
    program = "from emg_graph.cli import cli; import sys; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=120
    )
    assert not {"emg_graph.cli.shells", "emg_graph.cli.known"} & set(done.stdout.split())
