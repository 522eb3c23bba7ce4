"""The benchmarks of growth and of draws: the tables they make, and what they let pass."""

from __future__ import annotations

import csv
import json
import random
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from scipy import sparse

from emg_graph.measures.sampling import MOST_ROWS
from emg_graph.resources import folder

sys.path.append(str(Path(__file__).parents[1] / "benchmarks"))
import draws
import scale
from made_up import Size, write_tables


def told(seconds: float, nonzeros: int, **more: float) -> scale.Told:
    return {"seconds": seconds, "nonzeros": nonzeros, "entities": 590, "grown_mb": 9.0, **more}


def rows_of(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as text:
        return list(csv.DictReader(text))


class TestTables:
    @pytest.mark.parametrize("times", [1, 2])
    def test_a_table_has_so_many_times_the_shipped_shape(self, tmp_path: Path, times: int) -> None:
        shipped = rows_of(folder("data") / "citations.csv")
        size = write_tables(tmp_path, times, 0)
        table = sparse.load_npz(tmp_path / "table.npz")
        assert size.entities == times * len({row["entity"] for row in shipped})
        assert size.mandates == times * len({row["mandate"] for row in shipped})
        assert table.shape == (size.entities, size.mandates)
        assert size.citations == table.nnz == table.sum()
        assert 0.5 < table.nnz / times / len(shipped) <= 1
        assert not (tmp_path / "data").exists()

    def test_the_same_tables_are_made_each_time(self, tmp_path: Path) -> None:
        tables = []
        for name in ("one", "other"):
            (tmp_path / name).mkdir()
            write_tables(tmp_path / name, 1, 0)
            tables.append(sparse.load_npz(tmp_path / name / "table.npz"))
        assert (tables[0] != tables[1]).nnz == 0

    def test_the_tables_of_a_graph_say_the_same(self, tmp_path: Path) -> None:
        size = write_tables(tmp_path, 1, 1)
        more = {
            name: len(rows_of(tmp_path / "data" / f"{name}.csv"))
            - len(rows_of(folder("data") / f"{name}.csv"))
            for name in ("entities", "mandates", "citations")
        }
        assert more == size._asdict()


class TestSteps:
    def test_the_measures_count_the_pairs_that_share_something(self, tmp_path: Path) -> None:
        write_tables(tmp_path, 1, 0)
        table = sparse.load_npz(tmp_path / "table.npz")
        found = scale.measures(tmp_path)
        assert found["nonzeros"] == (table @ table.T + sparse.eye_array(table.shape[0])).nnz
        assert found["entities"] == table.shape[0]

    def test_draws_are_as_many_as_asked(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(scale, "DRAWS", 64)
        write_tables(tmp_path, 1, 0)
        found = scale.draws(tmp_path)
        assert found["draws"] == 64
        assert found["ms_a_draw"] == pytest.approx(1000 * found["seconds"] / 64)

    def test_a_step_that_takes_too_long_is_none(
        self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        def late(*_: object, **known: float) -> None:
            raise subprocess.TimeoutExpired("step", known["timeout"])

        monkeypatch.setattr(subprocess, "run", late)
        assert scale._apart("measures", tmp_path, 0.1) is None
        assert scale._line(None, 600) == "not finished in 600 s"

    @pytest.mark.parametrize(
        ("words", "code", "why"),
        [
            ("Traceback\n  line 1\nQueryError: too many rows\n", 1, "QueryError: too many rows"),
            ("", -9, "ended with -9"),
        ],
    )
    def test_a_step_that_fails_says_why(
        self,
        monkeypatch: pytest.MonkeyPatch,
        tmp_path: Path,
        capsys: pytest.CaptureFixture[str],
        words: str,
        code: int,
        why: str,
    ) -> None:
        ended = subprocess.CompletedProcess([], code, stdout="", stderr=words)
        monkeypatch.setattr(subprocess, "run", lambda *_, **__: ended)
        told = scale._apart("gaps", tmp_path, 1)
        assert told == {"failed": why}
        assert words in capsys.readouterr().err
        assert scale._line(told, 600) == f"FAILED: {why}"

    def test_the_others_go_on_and_the_end_is_a_failure(
        self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        taken = []

        def apart(step: str, _: Path, __: float) -> scale.Told:
            taken.append(step)
            return {"failed": "killed"} if step == "gaps" else told(1, 4_000, peak_mb=9.0)

        monkeypatch.setattr(scale, "_apart", apart)
        monkeypatch.setattr(scale, "write_tables", lambda *_: Size(590, 9, 9))
        assert scale.main(["--times", "1", "--build-up-to", "1"]) == 1
        assert taken == [*scale.OF_TABLE, "build", *scale.ASKING]
        printed = capsys.readouterr().out
        assert "  gaps       FAILED: killed\n" in printed
        assert "gaps at 1 times: FAILED: killed\n" in printed
        assert "candidates: 250 ms for each 1,000 non-zeros" in printed
        assert "gaps: " not in printed

    def test_a_folder_that_is_named_is_kept_and_a_step_of_it_taken_again(
        self,
        tmp_path: Path,
        monkeypatch: pytest.MonkeyPatch,
        capsys: pytest.CaptureFixture[str],
    ) -> None:
        place = tmp_path / "kept"
        monkeypatch.setattr(scale, "_apart", lambda *_: told(1, 4_000, peak_mb=9.0))
        wanted = ["--times", "1", "--build-up-to", "0", "--place", str(place)]
        assert scale.main(wanted) == 0
        capsys.readouterr()
        assert scale.main(["--step", "measures", "--place", str(place / "1")]) == 0
        assert json.loads(capsys.readouterr().out)["entities"] == 59
        with pytest.raises(SystemExit):
            scale.main(wanted)
        assert f"{place / '1'}: there already; remove it" in capsys.readouterr().err

    @pytest.mark.parametrize("place", [[], ["--place", "nowhere"]])
    def test_a_step_alone_needs_a_folder_that_is_filled(
        self, place: list[str], capsys: pytest.CaptureFixture[str]
    ) -> None:
        with pytest.raises(SystemExit):
            scale.main(["--step", "gaps", *place])
        assert "--step needs --place DIR/TIMES" in capsys.readouterr().err

    def test_nobody_asks_a_graph_that_was_not_built(
        self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        taken: dict[str, float] = {}

        def apart(step: str, _: Path, deadline: float) -> scale.Told | None:
            taken[step] = deadline
            return None if step == "build" else told(1, 4_000, peak_mb=9.0)

        monkeypatch.setattr(scale, "_apart", apart)
        monkeypatch.setattr(scale, "write_tables", lambda *_: Size(MOST_ROWS + 1, 9, 9))
        asked = ["--times", "1000", "--build-up-to", "1000", "--deadline", "7200"]
        assert scale.main(asked) == 1
        assert taken == {"measures": 7200, "networkx": scale.PEER, "build": 7200}
        printed = capsys.readouterr().out
        assert "  build      not finished in 7,200 s\n" in printed
        assert "  gaps       not asked: there is no graph\n" in printed


class TestJudging:
    def test_what_grows_with_the_pairs_passes(self, capsys: pytest.CaptureFixture[str]) -> None:
        steps = {10: {"measures": told(1, 1_000)}, 100: {"measures": told(11, 10_000)}}
        assert scale.judge(steps) == 0
        assert "TOO MUCH" not in capsys.readouterr().out

    def test_what_grows_faster_fails(self, capsys: pytest.CaptureFixture[str]) -> None:
        slow = {10: {"measures": told(1, 1_000)}, 100: {"measures": told(16, 10_000)}}
        assert scale.judge(slow) == 1
        assert "16.0 times the time for 10.0 times the non-zeros – TOO MUCH" in (
            capsys.readouterr().out
        )

    def test_what_does_not_finish_fails(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert scale.judge({10: {"measures": told(1, 1_000)}, 1000: {"measures": None}}) == 1
        assert "measures at 1,000 times: not finished – TOO MUCH" in capsys.readouterr().out

    @pytest.mark.parametrize(("name", "code"), [("gaps", 1), ("build", 1), ("rdflib", 0)])
    def test_what_of_ours_does_not_finish_fails(self, name: str, code: int) -> None:
        assert scale.judge({10: {"measures": told(1, 1_000), name: None}}) == code

    @pytest.mark.parametrize(("grown", "code"), [(799, 0), (801, 1)])
    def test_a_table_of_all_by_all_fails(self, grown: float, code: int) -> None:
        large = told(1, 1_000, entities=10_000, grown_mb=grown)
        assert scale.judge({10: {"measures": large}}) == code

    def test_a_small_table_may_be_held_whole(self) -> None:
        assert scale.judge({10: {"measures": told(1, 1_000, entities=5_000, grown_mb=9e9)}}) == 0

    def test_what_is_asked_of_a_graph_is_told_for_each_pair(self) -> None:
        steps = {"measures": told(1, 4_000), "gaps": told(2, 0), "candidates": None}
        assert list(scale.per_pair(steps)) == ["gaps: 500 ms for each 1,000 non-zeros"]
        assert not list(scale.per_pair({"measures": None, "gaps": told(2, 0)}))
        assert not list(scale.per_pair({"measures": {"failed": "so"}, "gaps": told(2, 0)}))

    def test_growth_on_a_graph_is_judged_where_two_sizes_were_built(
        self, capsys: pytest.CaptureFixture[str]
    ) -> None:
        steps: dict[int, dict[str, scale.Told | None]] = {
            10: {"measures": told(1, 1_000), "candidates": told(2, 0), "rdflib": told(1, 0)},
            100: {"measures": told(9, 10_000), "candidates": told(4, 0), "rdflib": told(99, 0)},
            1000: {"measures": told(90, 100_000)},
        }
        assert [line for line in scale.growth(steps) if "candidates" in line[0]] == [
            (
                "candidates from 10 to 100 times: 2.0 times the time for 10.0 times the non-zeros",
                False,
            )
        ]
        assert scale.judge(steps) == 0
        steps[10]["gaps"], steps[100]["gaps"] = told(1, 0), told(16, 0)
        assert scale.judge(steps) == 1
        assert (
            "gaps from 10 to 100 times: 16.0 times the time for 10.0 times the non-zeros – TOO"
            in (capsys.readouterr().out)
        )

    @pytest.mark.parametrize(("name", "code"), [("gaps", 1), ("rdflib", 0)])
    def test_a_failed_step_of_ours_is_a_failure_but_no_growth(
        self, capsys: pytest.CaptureFixture[str], name: str, code: int
    ) -> None:
        failed = {"failed": "so"}
        steps: dict[int, scale.Steps] = {
            10: {"measures": told(1, 1_000), name: told(1, 0)},
            100: {"measures": told(9, 10_000), name: failed},
        }
        assert scale.judge(steps) == code
        assert not [line for line, _ in scale.growth(steps) if name in line]
        assert f"{name} at 100 times: FAILED: so" in capsys.readouterr().out
        assert scale.judge({10: {"measures": failed}}) == 1

    def test_draws_must_be_faster_by_the_limit(self) -> None:
        assert draws.judge(1.0, draws.LIMIT + 0.1) == 0
        assert draws.judge(1.0, draws.LIMIT) == 1


def test_both_ways_of_drawing_keep_all_sums() -> None:
    rows = [{0, 1, 2}, {2, 3}, {0, 4, 5, 6}, set()]
    before = [len(row) for row in rows], np.bincount(sorted(i for row in rows for i in row))
    chance = random.Random(1)
    for _ in range(50):
        draws._trade(rows, chance)
    assert [len(row) for row in rows] == before[0]
    assert (np.bincount(sorted(i for row in rows for i in row)) == before[1]).all()
