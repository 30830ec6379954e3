"""The throw-away Python environment of the curation benchmarks: made once from pinned requirements, made again when they change."""

import os
import pathlib
import shutil
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
OUT = ROOT / "out" / "benchmarks"
REQUIREMENTS = ROOT / "benchmarks" / "curation-requirements.txt"
HOME = OUT / ".venv-curation"


def python() -> pathlib.Path:
    """The environment's interpreter; makes the environment where it is missing or was made from other requirements."""
    interpreter = HOME / "bin" / "python"
    made_from = HOME / "requirements.txt"
    wanted = REQUIREMENTS.read_text()
    if interpreter.exists() and made_from.exists() and made_from.read_text() == wanted:
        return interpreter
    print(f"Making {HOME.relative_to(ROOT)} from {REQUIREMENTS.relative_to(ROOT)} ...", file=sys.stderr, flush=True)
    shutil.rmtree(HOME, ignore_errors=True)
    subprocess.run([sys.executable, "-m", "venv", str(HOME)], check=True)
    install = [str(interpreter), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r", str(REQUIREMENTS)]
    if subprocess.run(install).returncode != 0:
        sys.exit(f"Cannot install {REQUIREMENTS.name}: see pip's messages above (Python 3.10 or later is needed)")
    made_from.write_text(wanted)
    return interpreter


def enter() -> None:
    """Starts the running script again under the environment's interpreter, unless it already runs there."""
    if pathlib.Path(sys.prefix).resolve() != HOME.resolve():
        interpreter = str(python())
        os.execv(interpreter, [interpreter, *sys.argv])
