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
