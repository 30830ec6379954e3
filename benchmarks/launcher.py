"""Runs ./stillhouse for the curation benchmarks and reads what it published. Runs in the environment of environment.py."""

import os
import pathlib
import subprocess
import sys
from typing import Dict, List

import environment

TASK = environment.ROOT / "benchmarks" / "curation.yaml"
LAUNCHER = environment.ROOT / "stillhouse"


def build() -> None:
    """Builds Stillhouse where it is stale, so that no measured run does."""
    if subprocess.run([str(LAUNCHER), "--help"], stdout=subprocess.DEVNULL).returncode != 0:
        sys.exit("Cannot build Stillhouse: see its messages above")


def overrides(settings: Dict[str, object]) -> List[str]:
    return [part for key, value in settings.items() for part in ("--set", f"{key}={value}")]


def curate_command(settings: Dict[str, object], *options: str) -> List[str]:
    return [str(LAUNCHER), *options, "curate", str(TASK), *overrides(settings)]


def fail(name: str, exit_code: int, log: pathlib.Path) -> None:
    sys.exit(f"Cannot run {name}: exit code {exit_code}; {log.relative_to(environment.ROOT)} ends with\n{log.read_text(errors='replace')[-2000:]}")


def published(settings: Dict[str, object], dataset: str, columns: List[str]):
    """Columns of a dataset that the last run published, as an Arrow table."""
    import pyarrow.dataset

    command = [str(LAUNCHER), "path", str(TASK), dataset, *overrides(settings)]
    quiet = {key: value for key, value in os.environ.items() if key != "JDK_JAVA_OPTIONS"}
    path = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True, env=quiet).stdout.strip()
    return pyarrow.dataset.dataset(path.replace("file:", "", 1), format="parquet").to_table(columns=columns)
