#!/usr/bin/env python3
"""Curation of a million documents, Parquet to published, on 2 cores and 8 GB: wall time, documents a second, peak memory, and how the time of a document grows.

    benchmarks/curation_scale.py                            # 1,000, 100,000 and 1,000,000 documents, and the million copies
    benchmarks/curation_scale.py --cases scale-100k         # one of them
    benchmarks/curation_scale.py --make-only                # makes the corpora, about 4 minutes, 1 GB on disk

scale-*: Europarl's speeches with 30 % of their words replaced, 10.5 % near copies, 2 % exact copies (corpora.py). copies: one speech a million times. numbered: the same with a number that changes. mixed: half of
100,000 documents numbered copies, the other half as in scale. The JVM is told that the machine has --memory and --cores (of which the launcher's own share is heap) and pinned to so many
cores. Peak memory: the highest sum of the resident sets of ./stillhouse and all its children, by /proc (Linux). Growth: wall time a document of 1,000,000 over 100,000, as it is and less the wall time of 1,000
documents, which is nearly all start-up. Ends with exit code 1 where a limit is not kept. Needs Python 3.10 and what ./stillhouse needs.
"""

import argparse
import collections
import itertools
import json
import os
import pathlib
import re
import subprocess
import sys
import time
from typing import Dict, Iterator, List, NamedTuple

import corpora
import environment
import launcher

OUT = environment.OUT / "curation-scale"
GROWTH = 1.2


def mixed(count: int, seed: int) -> Iterator[corpora.Document]:
    copies = (document._replace(id=f"c{document.id}") for document in corpora.copies(count // 2, True))
    return itertools.chain(copies, corpora.Scale(seed).documents(count - count // 2))


CASES = {
    "scale-1k": lambda seed: corpora.Scale(seed).documents(1_000),
    "scale-100k": lambda seed: corpora.Scale(seed).documents(100_000),
    "scale-1m": lambda seed: corpora.Scale(seed).documents(1_000_000),
    "copies-1m": lambda seed: corpora.copies(1_000_000, False),
    "numbered-1m": lambda seed: corpora.copies(1_000_000, True),
    "mixed-100k": lambda seed: mixed(100_000, seed),
}


class Run(NamedTuple):
    exit_code: int
    wall_seconds: float
    cpu_seconds: float
    peak_bytes: int


class Outcome(NamedTuple):
    documents: int
    bytes: int
    run: Run
    removed: Dict[str, int]

    def wall_seconds(self, start: float = 0.0) -> float:
        """Of a document, less a start-up."""
        return (self.run.wall_seconds - start) / self.documents


def corpus(case: str, seed: int) -> dict:
    """Where the case's Parquet files are and what is in them; made once for a seed."""
    folder = corpora.OUT / f"{case}-seed{seed}"
    written = folder / "_written.json"
    if not written.is_file():
        print(f"{case}: making the corpus ...", file=sys.stderr, flush=True)
        corpora.write_parquet(CASES[case](seed), folder)
    return {"path": folder / "*.parquet", **json.loads(written.read_text())}


def children(root: int) -> List[int]:
    """The process and all below it, as far as /proc shows them now."""
    parents = {}
    for entry in pathlib.Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parents[int(entry.name)] = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
            except OSError:
                continue
    found = [root]
    for pid in found:
        found += [child for child, parent in parents.items() if parent == pid]
    return found


def resident_bytes(root: int) -> int:
    """Of each process the high-water mark, so that nothing between two looks is missed."""
    total = 0
    for pid in children(root):
        try:
            status = pathlib.Path("/proc", str(pid), "status").read_text()
        except OSError:
            continue
        mark = re.search(r"VmHWM:\s+(\d+) kB", status)
        total += int(mark.group(1)) * 1024 if mark else 0
    return total


def watched(command: List[str], log: pathlib.Path, arguments) -> Run:
    """Runs the command on so many cores and with so much memory; what it read and removed is not known yet."""
    options = f"-XX:MaxRAM={arguments.memory} -XX:ActiveProcessorCount={arguments.cores} {os.environ.get('JDK_JAVA_OPTIONS', '')}".strip()
    cores = set(sorted(os.sched_getaffinity(0))[: arguments.cores])
    start, peak, ended = time.monotonic(), 0, 0
    with open(log, "w") as output:
        process = subprocess.Popen(command, stdout=output, stderr=subprocess.STDOUT, env={**os.environ, "JDK_JAVA_OPTIONS": options}, preexec_fn=lambda: os.sched_setaffinity(0, cores))
    while not ended:
        peak = max(peak, resident_bytes(process.pid))
        time.sleep(0.1)
        ended, status, usage = os.wait4(process.pid, os.WNOHANG)
    return Run(os.waitstatus_to_exitcode(status), time.monotonic() - start, usage.ru_utime + usage.ru_stime, peak)


def curate(case: str, arguments) -> Outcome:
    made = corpus(case, arguments.seed)
    workspace = OUT / f"{case}-{time.strftime('%Y%m%dT%H%M%S')}"
    settings = {"task": f"curation-{case}", "workspace": workspace, "corpus[0].source": "parquet", "corpus[0].path": made["path"]}
    print(f"{case} ...", file=sys.stderr, flush=True)
    log = OUT / f"{case}.log"
    run = watched(launcher.curate_command(settings, "--master", f"local[{arguments.cores}]"), log, arguments)
    if run.exit_code != 0:
        launcher.fail(f"{case} (peak {run.peak_bytes / 1e9:.2f} GB)", run.exit_code, log)
    kept = launcher.published(settings, "curated", ["id"]).num_rows
    removed = collections.Counter(launcher.published(settings, "removed", ["reason"])["reason"].to_pylist())
    if kept + sum(removed.values()) != made["documents"]:
        sys.exit(f"Cannot trust {case}: {kept} kept and {sum(removed.values())} removed of {made['documents']} documents")
    return Outcome(made["documents"], made["bytes"], run, dict(removed))


def cells(case: str, outcome: Outcome) -> str:
    run = outcome.run
    removed = ", ".join(f"{reason} {count:,}" for reason, count in sorted(outcome.removed.items())) or "none"
    rates = f"{outcome.documents / run.wall_seconds:,.0f} | {outcome.bytes / run.wall_seconds / 1e6:,.1f}"
    return f"| {case} | {outcome.documents:,} | {outcome.bytes / 1e6:,.0f} | {run.wall_seconds:,.1f} | {run.cpu_seconds:,.1f} | {rates} | {run.peak_bytes / 1e9:.2f} | {removed} |"


def growth(outcomes: Dict[str, Outcome]) -> List[float]:
    """Wall time of a document of a million over one of 100,000: as it is, and less start-up where that was measured."""
    starts = [0.0] + [outcomes[case].run.wall_seconds for case in ("scale-1k",) if case in outcomes]
    return [outcomes["scale-1m"].wall_seconds(start) / outcomes["scale-100k"].wall_seconds(start) for start in starts]


def byte_size(text: str) -> int:
    match = re.fullmatch(r"(\d+)([gm])", text.lower())
    if not match:
        raise argparse.ArgumentTypeError(f"Invalid memory: {text} (must be a whole number with g or m, such as 8g)")
    return int(match.group(1)) * 1024 ** {"m": 2, "g": 3}[match.group(2)]


def main() -> None:
    environment.CURATION.enter()
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cases", nargs="+", choices=list(CASES), default=list(CASES))
    parser.add_argument("--memory", default="8g", help="all memory that the JVM is told of")
    parser.add_argument("--cores", type=int, default=2)
    parser.add_argument("--seed", type=int, default=42)
    parser.add_argument("--make-only", action="store_true")
    arguments = parser.parse_args()
    limit = byte_size(arguments.memory)
    if arguments.make_only:
        for case in arguments.cases:
            print(case, corpus(case, arguments.seed))
        return
    OUT.mkdir(parents=True, exist_ok=True)
    launcher.build()
    failures, outcomes = [], {}
    print("| case | documents | MB of text | wall s | CPU s | documents / s | MB / s | peak GB | removed |\n|---|--:|--:|--:|--:|--:|--:|--:|---|", flush=True)
    for case in arguments.cases:
        outcomes[case] = curate(case, arguments)
        print(cells(case, outcomes[case]), flush=True)
        if outcomes[case].run.peak_bytes > limit:
            failures.append(f"{case}: {outcomes[case].run.peak_bytes / 1e9:.2f} GB, more than {limit / 1e9:.2f} GB")
    if {"scale-100k", "scale-1m"} <= outcomes.keys():
        ratios = growth(outcomes)
        print(f"\nA document of a million takes {ratios[0]:.2f} times as long as one of 100,000" + (f" ({ratios[1]:.2f} times less start-up)" if ratios[1:] else "") + f"; the limit is {GROWTH}.")
        failures += [f"growth {max(ratios):.2f}"] if max(ratios) > GROWTH else []
    if failures:
        sys.exit("\n".join(["", "Not met:", *failures]))


if __name__ == "__main__":
    main()
