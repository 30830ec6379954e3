#!/usr/bin/env python3
"""Scoring through Spark on 2 cores and 8 GB, Parquet to published: wall time beside the same command without a model, and how the time of a document grows.

    benchmarks/scoring_scale.py                                             # 1,000 and 1,000,000 documents
    benchmarks/scoring_scale.py --documents 1000000 10000000 --rounds 1     # ten times as many: 3 GB of text

Documents are glosses of WordNet and passages of Europarl, 300 bytes on average (corpora.py). Two contestants take turns: `./stillhouse score` by the engine kernel, and the same command from a copy of stillhouse.jar in
which ConstantEngine.java stands in for the kernel: every document gets the same verdict, and all else is the same: start of the JVM, reading (the text too, since documents are checked), writing, reading back, counting,
publishing. Constants take next to no room in Parquet and are counted fast, which is in favour of the run without a model. To its time comes what the kernel itself needs: documents times its CPU seconds a
document, measured on one core in memory over the first 20,000, divided by the cores where time on the wall is compared. The JVM is told that the machine has --memory and --cores and pinned to so many cores. Rows: `wall` is the whole process, `stage` leaves out the
start of JVM and session, `cpu` is the CPU seconds of the process, which other work on the machine changes least. Peak memory: the sum of the high-water marks of the processes, by /proc (Linux). Prints Markdown tables; ratios are taken round by round: median, lowest and highest.
"""

import argparse
import json
import pathlib
import shutil
import statistics
import subprocess
import sys
import time
from typing import Dict, List, NamedTuple

import bulk
import contestants
import corpora
import curation_scale
import environment
import labelled_sets
import launcher
import scoring_students

OUT = scoring_students.OUT / "scale"
CONSTANT_JAR = OUT / "constant.jar"
SAMPLE = 20_000
MEASURES = ["wall", "stage", "cpu"]
TARGET, GROWTH = 1.2, 1.1


class Scored(NamedTuple):
    wall_seconds: float
    stage_seconds: float
    cpu_seconds: float
    peak_bytes: int


class Size(NamedTuple):
    """What was measured of a number of documents."""

    made: bulk.Bulk
    kernel: List[Scored]
    constant: List[Scored]
    kernel_cpu_seconds: float
    cores: int

    def own(self, what: str) -> float:
        """What the kernel itself needs of such seconds."""
        return self.kernel_cpu_seconds if what == "cpu" else self.kernel_cpu_seconds / self.cores

    def seconds(self, contestant: str, what: str) -> List[float]:
        return [getattr(run, f"{what}_seconds") for run in getattr(self, contestant)]

    def ratios(self, what: str) -> List[float]:
        return [ours / (theirs + self.own(what)) for ours, theirs in zip(self.seconds("kernel", what), self.seconds("constant", what))]


def constant_jar() -> pathlib.Path:
    """A copy of stillhouse.jar with another engine in the kernel's place."""
    source = contestants.BENCHMARKS / "ConstantEngine.java"
    if CONSTANT_JAR.is_file() and CONSTANT_JAR.stat().st_mtime > max(contestants.JAR.stat().st_mtime, source.stat().st_mtime):
        return CONSTANT_JAR
    classes, fresh = OUT / "classes", CONSTANT_JAR.with_suffix(".fresh")
    subprocess.run([contestants.jdk("javac"), "-proc:none", "-cp", contestants.class_path(), "-d", str(classes), str(source)], check=True)
    shutil.copyfile(contestants.JAR, fresh)
    subprocess.run([contestants.jdk("jar"), "--update", "--file", str(fresh), "-C", str(classes), "dev"], check=True)
    fresh.replace(CONSTANT_JAR)
    return CONSTANT_JAR


def command(jar: pathlib.Path, trained: scoring_students.Students, made: bulk.Bulk, arguments) -> List[str]:
    """What ./stillhouse starts, of a jar."""
    score = {"workspace": trained.workspace, "score[0].source": "parquet", "score[0].path": made.files, "score[0].id": "id", "score[0].text": "text"}
    settings = labelled_sets.settings(trained.data, trained.name, scoring_students.SEED, score)
    submit = ["org.apache.spark.deploy.SparkSubmit", "--master", f"local[{arguments.cores}]", "--class", "dev.stillhouse.cli.Main", str(jar)]
    task = ["score", str(labelled_sets.TASK), "--engine", "kernel", "--force", *map(str, settings)]
    return [contestants.jdk("java"), *contestants.java_options(OUT / "spark.log"), "-cp", contestants.spark_class_path(), *submit, *task]


def scored(name: str, jar: pathlib.Path, trained: scoring_students.Students, made: bulk.Bulk, arguments) -> Scored:
    stage = trained.workspace / "score"
    shutil.rmtree(stage, ignore_errors=True)
    print(f"  {made.documents:,} documents, {name} ...", file=sys.stderr, flush=True)
    log = OUT / f"{name}.log"
    run = curation_scale.watched(command(jar, trained, made, arguments), log, arguments)
    if run.exit_code != 0:
        launcher.fail(f"{name} (peak {run.peak_bytes / 1e9:.2f} GB)", run.exit_code, log)
    record = json.loads((stage / "runs" / (stage / "CURRENT").read_text().strip() / "stage.json").read_text())
    if record["figures"]["documents"] != made.documents:
        sys.exit(f"Cannot trust {name}: {record['figures']['documents']} of {made.documents} documents were scored")
    return Scored(run.wall_seconds, record["cost"]["wall_seconds"], run.cpu_seconds, run.peak_bytes)


def kernel_seconds(student: pathlib.Path, arguments) -> float:
    """CPU seconds that the kernel itself needs for a document, on one core in memory."""
    corpus = OUT / "sample.jsonl"
    corpora.write_jsonl(corpora.Bulk(bulk.SEED).documents(SAMPLE), corpus)
    worker = contestants.Contestant("kernel", contestants.java("KernelWorker.java", corpus, student), contestants.last_core())
    limits = argparse.Namespace(rounds=3, seconds=2.0, warm=5.0)
    answers = contestants.in_turns({"kernel": worker}, {"kernel": "student"}, limits)["kernel"]
    worker.close()
    return 1 / statistics.median(map(contestants.rate, answers))


def measure(documents: int, trained: scoring_students.Students, own: float, arguments) -> Size:
    made = bulk.of(documents)
    jars = {"kernel": contestants.JAR, "constant": constant_jar()}
    runs: Dict[str, List[Scored]] = {name: [] for name in jars}
    for turn in range(arguments.rounds):
        for name in list(jars)[:: 1 if turn % 2 == 0 else -1]:
            runs[name].append(scored(name, jars[name], trained, made, arguments))
    return Size(made, runs["kernel"], runs["constant"], own * made.documents, arguments.cores)


def spread(values: List[float], form: str) -> str:
    return f"{statistics.median(values):{form}} ({min(values):{form}} to {max(values):{form}})"


def row(size: Size, what: str) -> str:
    kernel = size.seconds("kernel", what)
    met = "met" if statistics.median(size.ratios(what)) <= TARGET else "not met"
    cells = [
        f"{size.made.documents:,}",
        f"{size.made.bytes / 1e6:,.0f}",
        what,
        spread(kernel, ",.1f"),
        spread(size.seconds("constant", what), ",.1f"),
        f"{size.own(what):,.1f}",
        spread(size.ratios(what), ".2f"),
        f"≤ {TARGET}: {met}",
        "" if what == "cpu" else f"{size.made.documents / statistics.median(kernel):,.0f}",
        f"{max(run.peak_bytes for run in size.kernel) / 1e9:.2f}",
    ]
    return "| " + " | ".join(cells) + " |"


def growth(sizes: List[Size]) -> None:
    """Of the time of a document between neighbouring sizes of at least a hundred thousand documents."""
    large = [size for size in sizes if size.made.documents >= 100_000]
    for fewer, more in zip(large, large[1:]):
        for what in MEASURES:
            one, other = [statistics.median(size.seconds("kernel", what)) / size.made.documents for size in (fewer, more)]
            verdict = "met" if other / one <= GROWTH else "not met"
            print(f"\nA document of {more.made.documents:,} takes {other / one:.2f} times as long as one of {fewer.made.documents:,} ({what}; ≤ {GROWTH}: {verdict}).", flush=True)


def main() -> None:
    environment.TEACHER.enter()
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", nargs="+", type=int, default=[1_000, 1_000_000])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--set", default="banking77", help="labelled set whose student scores")
    parser.add_argument("--memory", default="8g", help="all memory that the JVM is told of")
    parser.add_argument("--cores", type=int, default=2)
    arguments = parser.parse_args()
    curation_scale.byte_size(arguments.memory)
    OUT.mkdir(parents=True, exist_ok=True)
    launcher.build()
    trained = scoring_students.Students(arguments.set)
    own = kernel_seconds(trained.published(), arguments)
    print(f"The kernel itself: {own * 1e6:.2f} microseconds a document, on one core.\n")
    print("| documents | MB of text | | kernel, s | constant, s | kernel itself, s | ratio | target | documents / s | peak GB |\n|--:|--:|---|--:|--:|--:|--:|---|--:|--:|", flush=True)
    sizes = []
    for documents in sorted(arguments.documents):
        start = time.monotonic()
        sizes.append(measure(documents, trained, own, arguments))
        for what in MEASURES:
            print(row(sizes[-1], what), flush=True)
        print(f"  {documents:,} documents took {(time.monotonic() - start) / 60:.1f} minutes, all rounds together", file=sys.stderr, flush=True)
    growth(sizes)


if __name__ == "__main__":
    main()
