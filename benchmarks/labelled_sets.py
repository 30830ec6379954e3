#!/usr/bin/env python3
"""Teacher, student and gold-alone baseline on labelled sets that others made: 1,000 gold labels, up to 8,000 documents to learn from, weighted F1 on the test split.

    benchmarks/labelled_sets.py                                  # every set, seeds 0 1 2
    benchmarks/labelled_sets.py --sets banking77 sst2 --seeds 0

Each set is a folder with train.jsonl and test.jsonl ({id, text, label} a line) under $STILLHOUSE_DATA, else ../shared/data beside the checkout. Prints a Markdown table of means and
standard deviations over the seeds. Needs Python 3.9 and nothing else; every figure is read from the report.json of a run of ./stillhouse.
"""

import argparse
import json
import os
import pathlib
import statistics
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
TASK = ROOT / "benchmarks" / "labelled-sets.yaml"
SETS = ["banking77", "clinc150", "sst2"]
COLUMNS = [
    ("teacher F1", ("teacher", "f1_weighted"), 100),
    ("student F1", ("student", "f1_weighted"), 100),
    ("uncompressed F1", ("student_fp32", "f1_weighted"), 100),
    ("gold alone F1", ("baseline", "f1_weighted"), 100),
    ("retained", ("student", "retained"), 100),
    ("agreement", ("student", "agreement"), 100),
    ("student ECE", ("student", "ece"), 100),
    ("bytes, teacher / student", None, 1),
    ("speedup", ("student", "speedup"), 1),
]


def folder(sets: list) -> pathlib.Path:
    """Where the labelled sets are."""
    return data_folder("train.jsonl", *sets)


def data_folder(file: str, *sets: str) -> pathlib.Path:
    """Where the data of others are, each set with a file of that name."""
    data = pathlib.Path(os.environ.get("STILLHOUSE_DATA", ROOT.parent / "shared" / "data"))
    missing = [name for name in sets if not (data / name / file).is_file()]
    if missing:
        sys.exit(f"Cannot find {', '.join(missing)} in {data}: set STILLHOUSE_DATA to the folder of labelled sets")
    return data


def settings(data: pathlib.Path, name: str, seed: int, others: dict) -> list:
    task = f"{name}-{seed}"
    keys = {
        "task": task,
        "workspace": ROOT / "out" / "benchmarks" / "labelled-sets" / task,
        "seed": seed,
        "corpus[0].path": data / name / "train.jsonl",
        "evaluate[0].path": data / name / "test.jsonl",
        **others,
    }
    return [part for key, value in keys.items() for part in ("--set", f"{key}={value}")]


def stillhouse(*arguments, accepted: tuple = (0,)) -> None:
    finished = subprocess.run([str(ROOT / "stillhouse"), *map(str, arguments)], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if finished.returncode not in accepted:
        sys.exit(f"Cannot run {' '.join(map(str, arguments))}: exit code {finished.returncode}\n{finished.stdout[-2000:]}")


def run(data: pathlib.Path, name: str, seed: int, others: dict = {}, accepted: tuple = (0,)) -> dict:
    """The report of a run of the loop; exit codes other than those accepted end the script."""
    keys = settings(data, name, seed, others)
    print(f"{name}-{seed} ...", file=sys.stderr, flush=True)
    stillhouse("run", TASK, *keys, accepted=accepted)
    workspace = pathlib.Path(others.get("workspace", ROOT / "out" / "benchmarks" / "labelled-sets" / f"{name}-{seed}"))
    return json.loads((workspace / "report.json").read_text())


def export(data: pathlib.Path, name: str, seed: int, others: dict, folder: pathlib.Path) -> None:
    """Writes the soft labels of a run into a folder that does not exist yet."""
    stillhouse("export", TASK, folder, *settings(data, name, seed, others))


def cell(reports: list, path, scale: float) -> str:
    if path is None:
        ratio = statistics.mean(report["teacher"]["bytes"] / report["student"]["bytes"] for report in reports)
        return f"{ratio:.0f}"
    values = [report[path[0]][path[1]] * scale for report in reports]
    spread = statistics.stdev(values) if len(values) > 1 else 0.0
    return f"{statistics.mean(values):.1f} ± {spread:.1f}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sets", nargs="+", default=SETS)
    parser.add_argument("--seeds", nargs="+", type=int, default=[0, 1, 2])
    arguments = parser.parse_args()
    data = folder(arguments.sets)
    print("| set | " + " | ".join(title for title, _, _ in COLUMNS) + " |")
    print("|---" * (len(COLUMNS) + 1) + "|")
    for name in arguments.sets:
        reports = [run(data, name, seed) for seed in arguments.seeds]
        print(f"| {name} | " + " | ".join(cell(reports, path, scale) for _, path, scale in COLUMNS) + " |", flush=True)


if __name__ == "__main__":
    main()
