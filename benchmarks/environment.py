"""The throw-away Python environments of the benchmarks: made once from pinned requirements, made again when they change."""

import os
import pathlib
import shutil
import subprocess
import sys
from typing import NamedTuple

ROOT = pathlib.Path(__file__).resolve().parent.parent
OUT = ROOT / "out" / "benchmarks"


class Environment(NamedTuple):
    """An environment by name, with the requirements of benchmarks/<name>-requirements.txt."""

    name: str

    @property
    def home(self) -> pathlib.Path:
        return OUT / f".venv-{self.name}"

    def python(self) -> pathlib.Path:
        """The environment's interpreter; makes the environment where it is missing or was made from other requirements."""
        requirements = ROOT / "benchmarks" / f"{self.name}-requirements.txt"
        interpreter = self.home / "bin" / "python"
        made_from = self.home / "requirements.txt"
        wanted = requirements.read_text()
        if interpreter.exists() and made_from.exists() and made_from.read_text() == wanted:
            return interpreter
        print(f"Making {self.home.relative_to(ROOT)} from {requirements.relative_to(ROOT)} ...", file=sys.stderr, flush=True)
        shutil.rmtree(self.home, ignore_errors=True)
        subprocess.run([sys.executable, "-m", "venv", str(self.home)], check=True)
        install = [str(interpreter), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r", str(requirements)]
        if subprocess.run(install).returncode != 0:
            sys.exit(f"Cannot install {requirements.name}: see pip's messages above (Python 3.10 or later is needed)")
        made_from.write_text(wanted)
        return interpreter

    def enter(self) -> None:
        """Starts the running script again under the environment's interpreter, unless it already runs there."""
        if pathlib.Path(sys.prefix).resolve() != self.home.resolve():
            interpreter = str(self.python())
            os.execv(interpreter, [interpreter, *sys.argv])


CURATION = Environment("curation")
TEACHER = Environment("teacher")
STUDENTS = Environment("students")
SUMMARIES = Environment("summaries")
