#!/usr/bin/env python3
"""A model with integer weights beside the same model in float32: how much faster, and whether the teacher says the same.

    benchmarks/precision.py                       # banking77 and clinc150, three rounds
    benchmarks/precision.py --sets sst2 --rounds 1

Each round runs the stage label with an empty cache in both precisions, in one JVM that has run each once. Prints a Markdown table: seconds of inference, the whole stage's, how many times as fast int8 is (median, lowest, highest), the share of documents with the same most probable label, and each head's accuracy on gold rows that it had not seen. Needs Python 3.10 and what ./stillhouse needs.
"""

import argparse
import json
import shutil
import statistics
import subprocess
import sys
from typing import Dict, List

import environment
import labelled_sets
import teacher_speed

OUT = environment.OUT / "precision"
TASK = environment.ROOT / "benchmarks" / "labelled-sets.yaml"
PRECISIONS = ["fp32", "int8"]


def command(stage: str, data, name: str, precision: str) -> List[str]:
    settings = {
        "workspace": OUT / name,
        "corpus[0].path": data / name / "train.jsonl",
        "evaluate[0].path": data / name / "test.jsonl",
        "teacher.precision": precision,
    }
    line = [stage, str(TASK), "--force"]
    for key, value in settings.items():
        line += ["--set", f"{key}={value}"]
    return line


def measure(warm: teacher_speed.WarmProcess, data, name: str, precision: str) -> dict:
    shutil.rmtree(OUT / name / "label", ignore_errors=True)
    warm.run(command("label", data, name, precision))
    run = OUT / name / "label" / "runs" / (OUT / name / "label" / "CURRENT").read_text().strip()
    record = json.loads((run / "stage.json").read_text())
    figures = record["figures"]
    return {
        "stage": record["cost"]["wall_seconds"],
        "inference": figures["inference"]["seconds"],
        "accuracy": figures["unseen"]["accuracy"],
        "labels": labels(run),
    }


def labels(run) -> Dict[str, int]:
    """The most probable label of each document."""
    import pyarrow.parquet

    rows = pyarrow.parquet.read_table(run / "soft_labels", columns=["source", "id", "probabilities"]).to_pylist()
    return {f"{row['source']} {row['id']}": max(range(len(row["probabilities"])), key=row["probabilities"].__getitem__) for row in rows}


def agreement(one: Dict[str, int], other: Dict[str, int]) -> float:
    if one.keys() != other.keys():
        sys.exit(f"Cannot compare labels of {len(one)} and {len(other)} documents")
    return sum(other[key] == label for key, label in one.items()) / len(one)


def spread(values: List[float]) -> str:
    return f"{statistics.median(values):.2f} ({min(values):.2f} to {max(values):.2f})"


def main() -> None:
    environment.TEACHER.enter()
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sets", nargs="+", default=["banking77", "clinc150"])
    parser.add_argument("--rounds", type=int, default=3)
    arguments = parser.parse_args()
    data = labelled_sets.folder(arguments.sets)
    teacher_speed.OUT.mkdir(parents=True, exist_ok=True)
    print("| set | documents | fp32, s of inference | int8 | times as fast | whole stage | same label | unseen accuracy fp32 / int8 |\n" + "|---" * 8 + "|")
    for name in arguments.sets:
        subprocess.run([str(environment.ROOT / "stillhouse"), *command("curate", data, name, "fp32")], check=True, stdout=subprocess.DEVNULL)
        warm = teacher_speed.WarmProcess()
        for precision in PRECISIONS:
            measure(warm, data, name, precision)
        rounds = []
        for number in range(arguments.rounds):
            order = PRECISIONS if number % 2 == 0 else PRECISIONS[::-1]
            print(f"{name}, round {number + 1} ...", file=sys.stderr, flush=True)
            rounds.append({precision: measure(warm, data, name, precision) for precision in order})
        warm.end()
        times = [one["fp32"]["inference"] / one["int8"]["inference"] for one in rounds]
        stage = [one["fp32"]["stage"] / one["int8"]["stage"] for one in rounds]
        last = rounds[-1]
        same = agreement(last["fp32"]["labels"], last["int8"]["labels"])
        seconds = {precision: statistics.median(one[precision]["inference"] for one in rounds) for precision in PRECISIONS}
        print(
            f"| {name} | {len(last['fp32']['labels']):,} | {seconds['fp32']:.1f} | {seconds['int8']:.1f} | {spread(times)} | {spread(stage)} | {same:.2%} "
            f"| {last['fp32']['accuracy']:.1%} / {last['int8']['accuracy']:.1%} |",
            flush=True,
        )


if __name__ == "__main__":
    main()
