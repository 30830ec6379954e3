"""The examples of docs/sql-functions.md, run as they stand by the Spark that comes with pip's pyspark, print what the page says."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

PAGE = Path(__file__).parents[2] / "docs" / "sql-functions.md"


@pytest.fixture(scope="module")
def page(functions_jar) -> str:
    """The page, with the jar's path as it is here."""
    text = PAGE.read_text()
    named = f"udfs/target/{functions_jar.name}"
    assert text.count(named) == 2
    return text.replace(named, str(functions_jar))


def example(page: str, language: str) -> tuple[str, str]:
    """The page's only block in a language, and what it prints."""
    ((code, printed),) = re.findall(rf"```{language}\n(.*?)```\n\nprints\n\n```text\n(.*?)```\n", page, re.DOTALL)
    return code, printed


def run(command: list[str], folder: Path) -> str:
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-4000:]
    return done.stdout


def test_spark_sql_prints_what_the_page_says(page, tmp_path):
    (start,) = re.findall(r"```shell\n(.*?)```", page, re.DOTALL)
    code, printed = example(page, "sql")
    (tmp_path / "example.sql").write_text(code)
    quick = ["--master", "local[2]", "--conf", "spark.ui.enabled=false", "--conf", "spark.sql.catalogImplementation=in-memory"]
    assert run([*shlex.split(start), *quick, "-f", "example.sql"], tmp_path) == printed


def test_pyspark_prints_what_the_page_says(page, tmp_path):
    code, printed = example(page, "python")
    (tmp_path / "example.py").write_text(code)
    assert run([sys.executable, "example.py"], tmp_path).strip() == printed.strip()


def test_a_published_student_is_called_from_pyspark(loop_run, jar, tmp_path):
    ((code),) = re.findall(r"## models\n.*?```python\n(.*?)```", PAGE.read_text(), re.DOTALL)
    assert code.count("jobs/cli/target/stillhouse.jar") == code.count("out/wordnet-topics") == 1
    code = code.replace("jobs/cli/target/stillhouse.jar", str(jar)).replace("out/wordnet-topics", str(loop_run.workspace))
    (tmp_path / "example.py").write_text(code)
    table = [line for line in run([sys.executable, "example.py"], tmp_path).splitlines() if line.startswith("|")]
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in table]
    assert rows[0] == ["id", "label", "probability", "margin"]
    (first, second) = sorted(rows[1:])
    assert first[1] in {"weather", "kitchen"}
    assert 0.5 <= float(first[2]) <= 1
    assert float(first[3]) == pytest.approx(2 * float(first[2]) - 1, abs=1e-4)
    assert second == ["2", "NULL", "NULL", "NULL"]
