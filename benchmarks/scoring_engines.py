#!/usr/bin/env python3
"""The engines kernel, sql and onnx over the same documents through Spark: whether their scores are the same, and how many documents a second each scores.

    benchmarks/scoring_engines.py                                   # 100,000 documents, three rounds
    benchmarks/scoring_engines.py --documents 2000 --rounds 1

Documents are glosses of WordNet and passages of Europarl, 300 bytes on average (corpora.py). One JVM (EngineWorker.java), pinned to --cores, warms up each engine and then lets them take turns: from Parquet to Parquet with the
probabilities of all labels; a different engine begins each round. Of sql this is the speed on processors, which it is not made for. Prints a Markdown table: documents a second (median, lowest, highest), the kernel's
rate over the engine's (round by round), the largest difference of a probability from the kernel's (at most 1e-5 asked), documents with another label, and how many of those are ties: both labels within 1e-5 of
each other by either engine. Ends with exit code 1 where engines differ by more.
"""

import argparse
import json
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
from typing import Dict, List, NamedTuple

import environment

environment.TEACHER.enter()

import numpy as np  # noqa: E402
import pyarrow.dataset  # noqa: E402

import bulk  # noqa: E402
import contestants  # noqa: E402
import launcher  # noqa: E402
import scoring_students  # noqa: E402

OUT = scoring_students.OUT / "engines"
ENGINES = ["kernel", "sql", "onnx"]
TOLERANCE = 1e-5
# Both engines round to float32 before they are compared.
ROUNDING = 1e-7


class Scores(NamedTuple):
    """Of one engine, in the order of the ids: labels, and float[documents][labels]."""

    ids: list
    labels: np.ndarray
    probabilities: np.ndarray


def seconds(trained: scoring_students.Students, made: bulk.Bulk, arguments) -> Dict[str, List[float]]:
    """Engine to wall times of its rounds."""
    shutil.rmtree(OUT / "scores", ignore_errors=True)
    settings = {"spark.master": f"local[{arguments.cores}]", "spark.sql.shuffle.partitions": 4 * arguments.cores}
    program = [trained.workspace, made.files, OUT / "scores", arguments.rounds, arguments.warm, *arguments.engines]
    command = contestants.spark("EngineWorker.java", OUT / "spark.log", settings, *program)
    cores = set(sorted(os.sched_getaffinity(0))[: arguments.cores])
    found: Dict[str, List[float]] = {engine: [] for engine in arguments.engines}
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, preexec_fn=lambda: os.sched_setaffinity(0, cores))
    for line in process.stdout:
        answer = json.loads(line)
        print(f"  {answer['engine']}: {answer['seconds']:.1f} s", file=sys.stderr, flush=True)
        found[answer["engine"]].append(answer["seconds"])
    if process.wait() != 0:
        sys.exit(f"Cannot score: exit code {process.returncode}; see {(OUT / 'spark.log').relative_to(environment.ROOT)}")
    return found


def scores(engine: str) -> Scores:
    table = pyarrow.dataset.dataset(str(OUT / "scores" / engine), format="parquet").to_table(columns=["id", "label", "probabilities"]).sort_by("id")
    values = table["probabilities"].combine_chunks().flatten().to_numpy().astype(np.float64)
    return Scores(table["id"].to_pylist(), np.array(table["label"].to_pylist()), values.reshape(len(table), -1))


def differences(kernel: Scores, other: Scores) -> tuple:
    """The largest difference of a probability, documents with another label, and the ties among those."""
    if kernel.ids != other.ids:
        sys.exit(f"Cannot compare: {len(kernel.ids):,} documents were scored by one engine and {len(other.ids):,} by another, or not the same ones")
    largest = float(np.abs(kernel.probabilities - other.probabilities).max())
    rows = np.flatnonzero(kernel.labels != other.labels)
    firsts = [one.probabilities[rows].argmax(axis=1) for one in (kernel, other)]
    gaps = [np.abs(one.probabilities[rows, firsts[0]] - one.probabilities[rows, firsts[1]]) for one in (kernel, other)]
    return largest, len(rows), int((np.maximum(*gaps) <= TOLERANCE + ROUNDING).sum())


def spread(values: List[float], form: str) -> str:
    return f"{statistics.median(values):{form}} ({min(values):{form}} to {max(values):{form}})"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--warm", type=int, default=5_000, help="documents that each engine scores before the first round")
    parser.add_argument("--set", default="banking77", help="labelled set whose student scores")
    parser.add_argument("--engines", nargs="+", choices=ENGINES[1:], default=ENGINES[1:], help="beside the kernel")
    parser.add_argument("--cores", type=int, default=2)
    arguments = parser.parse_args()
    arguments.engines = ["kernel", *arguments.engines]
    OUT.mkdir(parents=True, exist_ok=True)
    launcher.build()
    trained = scoring_students.Students(arguments.set)
    trained.published()
    made = bulk.of(arguments.documents)
    measured = seconds(trained, made, arguments)
    kernel = scores("kernel")
    print(f"{made.documents:,} documents, {made.bytes / 1e6:.1f} MB, {kernel.probabilities.shape[1]} labels, {arguments.cores} cores\n")
    print("| engine | documents / s | kernel's rate over it | largest difference | other labels | of those, ties |\n|---|--:|--:|--:|--:|--:|")
    failures = []
    for engine in arguments.engines:
        largest, others, ties = differences(kernel, kernel if engine == "kernel" else scores(engine))
        ratios = [theirs / ours for ours, theirs in zip(measured["kernel"], measured[engine])]
        rates = [made.documents / second for second in measured[engine]]
        told = ["", "", "", ""] if engine == "kernel" else [spread(ratios, ",.1f"), f"{largest:.1e}", f"{others:,}", f"{ties:,}"]
        print("| " + " | ".join([engine, spread(rates, ",.0f"), *told]) + " |", flush=True)
        if largest > TOLERANCE or others > ties:
            failures.append(f"{engine}: {largest:.1e}, {others - ties} documents with another label that are no ties")
    if failures:
        sys.exit("\n".join(["", "Not met:", *failures]))


if __name__ == "__main__":
    main()
