"""Fixtures: the DAG as Airflow loads it, a small spark-submit that does what a test says, and one real run of the loop."""

from __future__ import annotations

import json
import os
import random
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

if "AIRFLOW_HOME" not in os.environ:
    pytest.exit("Start the tests with airflow/tests/run, which prepares an Airflow of their own", returncode=2)

from airflow.dag_processing.dagbag import BundleDagBag  # noqa: E402

ROOT = Path(__file__).parents[2]
DAGS = Path(__file__).parents[1] / "dags"

FAKE_SPARK_SUBMIT = """#!/usr/bin/env bash
set -u
printf '%s\\n' "$*" >>"$FAKE_SPARK/calls"
status=
while (($#)); do
  [[ $1 == --status-file ]] && status=$2
  shift
done
leave() { # EXIT REASON
  mkdir -p "$(dirname "$status")"
  printf '{"stage": "train", "exit": %d, "reason": "%s"}' "$1" "$2" >"$status"
}
source "$FAKE_SPARK/behaviour"
"""


@pytest.fixture(scope="session")
def dagbag() -> BundleDagBag:
    return BundleDagBag(dag_folder=str(DAGS), bundle_path=DAGS, bundle_name="dags-folder")


@pytest.fixture(scope="session")
def distill(dagbag):
    return dagbag.dags["stillhouse_distill"]


@dataclass(frozen=True)
class FakeSpark:
    """A spark-submit on the path that notes its arguments and then runs the lines of bash that a test gives."""

    folder: Path

    def behave(self, lines: str) -> None:
        (self.folder / "behaviour").write_text(lines)

    @property
    def calls(self) -> list[str]:
        calls = self.folder / "calls"
        return calls.read_text().splitlines() if calls.exists() else []


@pytest.fixture
def fake_spark(tmp_path, monkeypatch) -> FakeSpark:
    folder = tmp_path / "spark"
    folder.mkdir()
    binary = folder / "spark-submit"
    binary.write_text(FAKE_SPARK_SUBMIT)
    binary.chmod(0o755)
    monkeypatch.setenv("FAKE_SPARK", str(folder))
    monkeypatch.setenv("PATH", f"{folder}:{os.environ['PATH']}")
    return FakeSpark(folder)


@pytest.fixture(scope="session")
def jar() -> Path:
    """The built jar; its tests are skipped without one, and fail under CI=true."""
    return built(Path(os.environ["STILLHOUSE_JAR"]))


@pytest.fixture(scope="session")
def functions_jar() -> Path:
    """The jar that docs/sql-functions.md names; its tests are skipped without it, and fail under CI=true."""
    return built(ROOT / "udfs" / "target" / "stillhouse-udfs-0.1.0.jar")


def built(path: Path) -> Path:
    if not path.exists():
        reason = f"there is no {path.name}: build it with ./stillhouse build"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    return path


@dataclass(frozen=True)
class LoopRun:
    """A run of the whole loop by ``airflow dags test``."""

    exit: int
    log: str
    workspace: Path
    documents: dict[str, str]

    def current(self, stage: str) -> Path:
        """The folder of the stage's published run."""
        folder = self.workspace / stage
        return folder / "runs" / (folder / "CURRENT").read_text().strip()


@pytest.fixture(scope="session")
def loop_run(jar, tmp_path_factory) -> LoopRun:
    folder = tmp_path_factory.mktemp("loop")
    documents = write_documents(folder)
    conf = {
        "task_file": str(folder / "weather-or-kitchen.yaml"),
        "workspace": str(folder / "workspace"),
        "driver_memory": "2g",
        "gate": {"student.retained": {"min": 0.5}, "student.f1_weighted": {"min": 0.5, "max": 1}},
    }
    command = ["airflow", "dags", "test", "stillhouse_distill", "2025-03-01", "--conf", json.dumps(conf)]
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    return LoopRun(done.returncode, done.stdout, folder / "workspace", documents)


TASK = """task: weather-or-kitchen
kind: classify
workspace: elsewhere
seed: 7
corpus:
  - {source: jsonl, path: documents.jsonl, id: id, text: text, label: label}
evaluate: {rows: 80}
teacher: {kind: embedding-head, model: minilm, gold: 80}
student: {kind: lexical, pool: 200, targets: {retained: 0.5}}
score:
  - {source: jsonl, path: documents.jsonl, id: id, text: text}
"""

PARTS = {
    "weather": (
        ["Heavy rain", "A cold wind", "Thick fog", "Bright sunshine", "A late frost", "Distant thunder"],
        ["swept over", "settled on", "lingered above", "reached", "moved away from", "covered"],
        ["the coast", "the northern hills", "the valley", "the harbour", "the plain", "the islands"],
        ["before dawn", "all afternoon", "for three days", "by the weekend", "without warning", "after the storm"],
    ),
    "kitchen": (
        ["Fresh basil", "A pinch of salt", "Melted butter", "Chopped garlic", "Sourdough bread", "Roasted pepper"],
        ["goes well with", "was stirred into", "is served beside", "was baked with", "brightens", "was folded into"],
        ["the soup", "a lentil stew", "the salad", "grilled fish", "the omelette", "a creamy sauce"],
        ["before serving", "in a hot pan", "until golden", "over low heat", "with lemon juice", "for ten minutes"],
    ),
}


def write_documents(folder: Path) -> dict[str, str]:
    """Write the task file and 300 different sentences of two topics; give their texts by id."""
    seeded = random.Random(7)
    texts: dict[str, str] = {}
    while len(texts) < 300:
        label = "weather" if len(texts) % 2 else "kitchen"
        texts[" ".join(seeded.choice(part) for part in PARTS[label]) + "."] = label
    rows = [{"id": f"d{i}", "text": text, "label": label} for i, (text, label) in enumerate(texts.items())]
    (folder / "documents.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    (folder / "weather-or-kitchen.yaml").write_text(TASK)
    return {row["id"]: row["text"] for row in rows}
