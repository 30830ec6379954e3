#!/usr/bin/env python3
"""Memory of the stage label over 100,000 documents, in a heap of fixed size that is resident from the start: what grows is native memory.

    benchmarks/teacher_memory.py                      # 100,000 passages of one sentence
    benchmarks/teacher_memory.py --texts 200000 --heap 4g

Looks at the process (VmRSS) ten times a second, and at the label cache for how many documents are done. Prints the resident set at every 10,000 documents and the slope of a line through all looks after the first 10,000, as a share of what was resident then (at most 1 % asked). The model has integer weights, so that 100,000 documents take minutes. Linux, Python 3.10 and what ./stillhouse needs.
"""

import argparse
import gzip
import json
import os
import pathlib
import random
import re
import shutil
import subprocess
import sys
import time
from typing import List, Tuple

import environment
import teacher_speed

OUT = teacher_speed.OUT
MAX_TOKENS = 128
STEP = 10_000


def sentences(count: int) -> pathlib.Path:
    """Sentences of medical articles and reviews of films, each once."""
    import pyarrow
    import pyarrow.parquet

    data = teacher_speed.data_folder()
    films = {json.loads(line)["text"] for name in ("mr", "subj") for line in (data / name / "train.jsonl").open()}
    medicine = set()
    with gzip.open(data / "pubmed" / "train.jsonl.gz", "rt") as articles:
        for article in articles:
            medicine.update(json.loads(article)["text"].split("\n"))
    wanted = [("film", text) for text in sorted(films)] + [("medicine", text) for text in sorted(medicine)]
    chance = random.Random(0)
    chance.shuffle(wanted)
    if len(wanted) < count:
        # Different texts of the same kind: two sentences each.
        wanted += [(label, f"{text} {chance.choice(wanted)[1]}") for label, text in wanted[: count - len(wanted)]]
    if len(wanted) < count:
        sys.exit(f"Cannot make {count:,} texts: the corpora have {len(wanted):,}")
    rows = wanted[:count]
    path = OUT / f"sentences-{count}.parquet"
    path.parent.mkdir(parents=True, exist_ok=True)
    table = {"id": [f"d{i}" for i in range(count)], "text": [text for _, text in rows], "label": [label for label, _ in rows]}
    pyarrow.parquet.write_table(pyarrow.table(table), path)
    return path


def done(seen: dict) -> int:
    """Documents whose outputs are in the cache."""
    import pyarrow.parquet

    for path in (OUT / "work" / "label" / "cache").glob("*/segment=*/part-*.parquet"):
        if path not in seen:
            try:
                seen[path] = pyarrow.parquet.read_metadata(path).num_rows
            except (OSError, pyarrow.lib.ArrowInvalid):
                continue
    return sum(seen.values())


def resident(pid: int) -> float:
    """Megabytes."""
    status = pathlib.Path("/proc", str(pid), "status").read_text()
    found = re.search(r"VmRSS:\s+(\d+) kB", status)
    return int(found.group(1)) * 1024 / 1e6 if found else 0


def watch(command: List[str], heap: str) -> List[Tuple[int, float]]:
    options = f"-Xms{heap} -Xmx{heap} -XX:+AlwaysPreTouch {os.environ.get('JDK_JAVA_OPTIONS', '')}".strip()
    looks: List[Tuple[int, float]] = []
    seen: dict = {}
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env={**os.environ, "JDK_JAVA_OPTIONS": options})
    while process.poll() is None:
        try:
            looks.append((done(seen), resident(process.pid)))
        except FileNotFoundError:
            break
        time.sleep(0.1)
    if process.wait() != 0:
        sys.exit(f"Cannot label: exit code {process.returncode}")
    return looks


def slope(points: List[Tuple[int, float]]) -> float:
    """Of the least-squares line, megabytes a document."""
    n = len(points)
    mean_x = sum(x for x, _ in points) / n
    mean_y = sum(y for _, y in points) / n
    return sum((x - mean_x) * (y - mean_y) for x, y in points) / sum((x - mean_x) ** 2 for x, _ in points)


def main() -> None:
    environment.TEACHER.enter()
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--texts", type=int, default=100_000)
    parser.add_argument("--heap", default="2g")
    arguments = parser.parse_args()
    path = sentences(arguments.texts)
    shutil.rmtree(OUT / "work", ignore_errors=True)
    teacher_speed.stillhouse("curate", path, MAX_TOKENS)
    launcher = [str(environment.ROOT / "stillhouse"), *teacher_speed.command("label", path, MAX_TOKENS), "--set", "teacher.precision=int8"]
    looks = watch(launcher, arguments.heap)
    most = max(documents for documents, _ in looks)
    steady = [(documents, megabytes) for documents, megabytes in looks if STEP <= documents < most]
    print("| documents | resident, MB |\n|--:|--:|")
    for mark in range(STEP, most + 1, STEP):
        at = [megabytes for documents, megabytes in looks if documents >= mark][0]
        print(f"| {mark:,} | {at:,.0f} |")
    growth = slope(steady) * STEP / steady[0][1]
    print(f"\nSlope after the first {STEP:,}: {growth:+.2%} of {steady[0][1]:,.0f} MB for every {STEP:,} documents (at most +1 %: {'met' if growth <= 0.01 else 'not met'}), heap {arguments.heap} of it")


if __name__ == "__main__":
    main()
