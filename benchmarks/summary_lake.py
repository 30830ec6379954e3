#!/usr/bin/env python3
"""Summaries of a lake on 2 cores, Parquet to published: how long 17,597 speeches of Europarl take with digests of their groups, whether the same comes out of 1, 4 and 16 partitions, and whether digests keep their word.

    benchmarks/summary_lake.py                          # 1, 4 and 16 files
    benchmarks/summary_lake.py --files 2 32

The student is that of examples/europarl-summaries.yaml, trained by the first start: two sentences, a headline, five keywords. Groups are language and block (the speech's number modulo 5); the corpus has no language (title, date, text), so it is the one that the task's own summaries of it have.
Speeches are dealt out to so many files of one row group each. To open a file is said to cost as much as a partition may hold, so Spark reads each as a partition of its own, whole; its shuffles, by id before summarising and by group before digests, have as many partitions (with 1 there is one task at a time), and so many files are published (column `partitions`). The JVM is told that the machine has --memory and --cores and is pinned to so many.
`stage` is by the clock of stage.json: reading, summaries, digests, reading back, counting; `command` has the start of JVM and session too. CPU seconds are the stage's, which other work changes least. Summaries are compared in all columns but `model`, digests in all. Twice in a digest: the same but for case, white space and punctuation. Misplaced: the document has another text at begin..end (code points; one space for white space).
Ends with exit code 1 where anything but the time is not as it must be. Linux, Python 3.10. Prints Markdown tables.
"""

import argparse
import json
import pathlib
import re
import shutil
import sys
from typing import Dict, List, NamedTuple

import environment

environment.SUMMARIES.enter()

import pyarrow.dataset  # noqa: E402
import pyarrow.parquet  # noqa: E402

import corpora  # noqa: E402
import curation_scale  # noqa: E402
import labelled_sets  # noqa: E402
import launcher  # noqa: E402

TASK = environment.ROOT / "examples" / "europarl-summaries.yaml"
WORKSPACE = environment.OUT / "summaries" / "lake"
LAKE = environment.OUT / "summaries" / "lake-files"
GROUPS = ["language", "block"]
BLOCKS = 5
LEAST_GROUPS, TARGET_SECONDS = 100, 60


class Published(NamedTuple):
    summaries: pyarrow.Table
    digests: pyarrow.Table
    partitions: int


def current() -> pathlib.Path:
    stage = WORKSPACE / "summarize"
    return stage / "runs" / (stage / "CURRENT").read_text().strip()


def published(dataset: str, order: List[str]) -> pyarrow.Table:
    table = pyarrow.dataset.dataset(current() / dataset, format="parquet").to_table()
    return table.sort_by([(column, "ascending") for column in order])


def documents() -> pyarrow.Table:
    """The speeches with the languages of the summaries that `run` published, whose ids are places in the same file, of as many digits each."""
    languages = published("summaries", ["id"])["language"]
    ids, texts = zip(*corpora.europarl())
    return pyarrow.table({"id": ids, "text": texts, "language": languages, "block": [number % BLOCKS for number in range(len(ids))]})


def write(speeches: pyarrow.Table, files: int) -> pathlib.Path:
    folder = LAKE / f"files-{files}"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for number in range(files):
        rows = speeches.take(list(range(number, len(speeches), files)))
        pyarrow.parquet.write_table(rows, folder / f"part-{number:05d}.parquet", row_group_size=len(rows), compression="zstd")
    return folder


def summarized(speeches: pyarrow.Table, files: int, arguments) -> Published:
    """What was published; prints what it took."""
    print(f"  files: {files} ...", file=sys.stderr, flush=True)
    source = {"source": "parquet", "name": "lake", "path": f"{write(speeches, files)}/*.parquet", "id": "id", "text": "text"}
    settings = launcher.overrides({"workspace": WORKSPACE, "summarize.sources": json.dumps([source]), "summarize.group_by": json.dumps(GROUPS)})
    spark = {"files.maxPartitionBytes": "128m", "files.openCostInBytes": "128m", "shuffle.partitions": files, "adaptive.coalescePartitions.enabled": "false"}
    options = [f"--master=local[{arguments.cores}]", *(f"--conf=spark.sql.{key}={value}" for key, value in spark.items())]
    log = LAKE / f"files-{files}.log"
    run = curation_scale.watched([str(launcher.LAUNCHER), *options, "summarize", str(TASK), "--force", *settings], log, arguments)
    if run.exit_code != 0:
        launcher.fail(f"files-{files}", run.exit_code, log)
    record = json.loads((current() / "stage.json").read_text())
    cost, rate = record["cost"], record["figures"]["stage_docs_per_second"]
    target = f"< {TARGET_SECONDS} s: {'met' if cost['wall_seconds'] < TARGET_SECONDS else 'NOT MET'}"
    print(f"| {files} | {run.wall_seconds:.1f} | {cost['wall_seconds']:.1f} | {cost['cpu_seconds']:.1f} | {rate:,.0f} | {run.peak_bytes / 1e9:.2f} | {target} |", flush=True)
    return Published(published("summaries", ["id"]).drop_columns(["model"]), published("digests", GROUPS), len(list((current() / "summaries").glob("*.parquet"))))


def checks(made: Published, first: Published, files: int, texts: Dict[str, str]) -> Dict[str, tuple]:
    """What is found, and whether it is as it must be."""
    digests = made.digests["sentences"].to_pylist()
    sentences = [sentence for digest in digests for sentence in digest]
    said = [{re.sub(r"[\W_]+", " ", sentence["text"].lower()).strip() for sentence in digest} for digest in digests]
    twice = len(sentences) - sum(map(len, said))
    misplaced = sum(sentence["text"] != " ".join(texts[sentence["id"]][sentence["begin"] : sentence["end"]].split()) for sentence in sentences)
    unsaid = sum(sentence["said_by"] < 1 for sentence in sentences)
    equal = {name: getattr(made, name).equals(getattr(first, name)) for name in ("summaries", "digests")}
    return {
        "partitions": (made.partitions, made.partitions == files),
        "documents": (len(made.summaries), made.summaries["id"].to_pylist() == list(texts)),
        **{f"{name} as of the first": ("equal" if same else "DIFFERENT", same) for name, same in equal.items()},
        "digests": (len(digests), len(digests) >= LEAST_GROUPS),
        "their sentences": (len(sentences), True),
        "twice in a digest": (twice, twice == 0),
        "misplaced": (misplaced, misplaced == 0),
        "said by none": (unsaid, unsaid == 0),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--files", nargs="+", type=int, default=[1, 4, 16])
    parser.add_argument("--memory", default="8g", help="all memory that the JVM is told of")
    parser.add_argument("--cores", type=int, default=2)
    arguments = parser.parse_args()
    launcher.build()
    print("run ...", file=sys.stderr, flush=True)
    labelled_sets.stillhouse("run", TASK, *launcher.overrides({"workspace": WORKSPACE}))
    speeches = documents()
    texts = dict(zip(speeches["id"].to_pylist(), speeches["text"].to_pylist()))
    print("| files | command, s | stage, s | CPU s | documents / s | peak GB | target of the stage |\n|--:|--:|--:|--:|--:|--:|---|", flush=True)
    made = {files: summarized(speeches, files, arguments) for files in arguments.files}
    rows = {files: checks(one, made[arguments.files[0]], files, texts) for files, one in made.items()}
    titles = rows[arguments.files[0]]
    print(f"\n| files | {' | '.join(titles)} |\n|--:" + "|--:" * len(titles) + "|")
    for files, row in rows.items():
        print(f"| {files} | " + " | ".join(f"{value:,}" if isinstance(value, int) else value for value, _ in row.values()) + " |")
    wrong = [f"files {files}: {name}: {value}" for files, row in rows.items() for name, (value, right) in row.items() if not right]
    if wrong:
        sys.exit("\n".join(["", "Not met:", *wrong]))


if __name__ == "__main__":
    main()
