#!/usr/bin/env python3
"""Whether a cascade keeps its promise: 200 random samples of the test documents of three sets, Stillhouse's threshold for each, and what then is realised over the documents.

    benchmarks/cascade.py                                        # banking77, clinc150, sst2; targets 0.95, 0.98, 0.99
    benchmarks/cascade.py --sets sst2 --targets 0.98 --sample 600

Teacher and student of each set are those of benchmarks/students.py, seed 0, whose workspaces are used again; the student is the published file, run by plain ONNX Runtime. `met` counts the splits of which the share of documents with the teacher's label reaches the target: over all documents, those of the sample (which the teacher answers) among them; and,
stricter than what is promised, over those outside the sample alone. At a confidence of 0.95 at least 182 of 200 are asked for (190 are expected where it is exact; fewer than 182 would be an accident of 1 in 100). Speed-up: documents over the time of student and teacher at their measured speeds, beside the teacher alone.
Without --sample each target draws four times the fewest documents that can show it, as `route` does. Prints a Markdown table.
"""

import argparse
import json
import os
import pathlib
import statistics
import subprocess
import sys

import environment

environment.STUDENTS.enter()

import numpy as np  # noqa: E402

import contestants  # noqa: E402
import labelled_sets  # noqa: E402
import students  # noqa: E402

SETS = ["banking77", "clinc150", "sst2"]
SPLITS = 200
CONFIDENCE = 0.95
LEAST_MET = 182


def documents(data: pathlib.Path, name: str) -> tuple:
    """(file of {sureness, agreement}, share of documents on which student and teacher agree, report) of the test documents."""
    report = students.contest(data, name, 0, "1000")["report"]
    workspace = students.WORKSPACES / f"{name}-0-1000"
    student = students.Student(workspace)
    rows = students.rows(workspace / "exported" / "evaluate.jsonl", student.labels, False)
    agreeing, lines = 0, []
    for start in range(0, len(rows.texts), 256):
        probabilities = student.probabilities(rows.texts[start : start + 256])
        for own, teacher in zip(probabilities, rows.targets[start : start + 256]):
            agrees = bool(own.argmax() == teacher.argmax())
            agreeing += agrees
            lines.append(json.dumps({"sureness": float(own.max()), "agreement": int(agrees)}))
    file = workspace / "cascade.jsonl"
    file.write_text("\n".join(lines) + "\n")
    return file, agreeing / len(lines), report


def splits(file: pathlib.Path, target: float, sample: int) -> list:
    command = contestants.java("CascadeSplits.java", file, target, CONFIDENCE, sample, SPLITS, "CLOPPER_PEARSON")
    return [json.loads(line) for line in subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout.splitlines()]


def drawn(target: float) -> int:
    return 4 * int(np.ceil(np.log(1 - CONFIDENCE) / np.log(target) - 1e-9))


def quantiles(values: list) -> str:
    low, middle, high = np.quantile(values, [0.05, 0.5, 0.95])
    return f"{100 * middle:.1f} ({100 * low:.1f} to {100 * high:.1f})"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sets", nargs="+", default=SETS)
    parser.add_argument("--targets", nargs="+", type=float, default=[0.95, 0.98, 0.99])
    parser.add_argument("--sample", type=int)
    arguments = parser.parse_args()
    data = labelled_sets.folder(arguments.sets)
    print("| set | documents | student agrees with teacher | target | sample | met, of 200 | met outside the sample | realised, median (5 % to 95 %) | teacher answers | times the teacher alone |")
    print("|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|")
    for name in arguments.sets:
        file, agreement, report = documents(data, name)
        count = len(file.read_text().splitlines())
        for target in arguments.targets:
            sample = min(count, arguments.sample or drawn(target))
            found = splits(file, target, sample)
            met = sum(one["realised"] >= target for one in found)
            outside = sum(one["rest"] >= target for one in found)
            sent = statistics.median(one["sent"] for one in found)
            teacher, student = report["teacher"]["docs_per_second"], report["student"]["docs_per_second"]
            speedup = (1 / teacher) / (sent / teacher + 1 / student)
            cells = [name, f"{count:,}", f"{100 * agreement:.1f} %", f"{100 * target:.0f} %", f"{sample:,}", f"{met}: {'met' if met >= LEAST_MET else 'NOT MET'}", str(outside), quantiles([one["realised"] for one in found]), quantiles([one["sent"] for one in found]), f"{speedup:.1f}"]
            print("| " + " | ".join(cells) + " |", flush=True)


if __name__ == "__main__":
    main()
