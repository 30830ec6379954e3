#!/usr/bin/env python3
"""Memory of a JVM that scores over and over, by the kernel itself and by the SQL function of a published student, in turns.

    benchmarks/scoring_soak.py                      # 10 minutes
    benchmarks/scoring_soak.py --minutes 60

SoakWorker.java scores the same 20,000 documents (glosses of WordNet and passages of Europarl, 300 bytes on average), each time by a new query through Spark, with a heap of fixed size that is resident from the start, so that what
grows of the process is native memory. What grows in the heap is told by what is reachable when it is collected, every 20 s. Looks at the process (VmRSS, Linux) every 10 s. Prints both over time, and the slopes of
lines by least squares through all looks after the second minute, as a share of what there was then (at most 1 % a minute asked). Also says whether scores were the same each time.
"""

import argparse
import json
import os
import subprocess
import sys
import threading
import time
from typing import List, NamedTuple

import environment

environment.TEACHER.enter()

import bulk  # noqa: E402
import contestants  # noqa: E402
import launcher  # noqa: E402
import scoring_students  # noqa: E402
import teacher_memory  # noqa: E402

OUT = scoring_students.OUT / "soak"
# What Spark remembers of past queries fills up within the first minute.
HISTORY = {"spark.ui.retainedJobs": 20, "spark.ui.retainedStages": 20, "spark.ui.retainedTasks": 100, "spark.sql.ui.retainedExecutions": 20}
TARGET = 0.01


class Look(NamedTuple):
    minutes: float
    resident: float
    live: float


class Soak:
    """A process, and what it said last."""

    def __init__(self, command: List[str], heap: str, cores: int):
        options = f"-Xms{heap} -Xmx{heap} -XX:+AlwaysPreTouch -XX:ActiveProcessorCount={cores} {os.environ.get('JDK_JAVA_OPTIONS', '')}".strip()
        chosen = set(sorted(os.sched_getaffinity(0))[:cores])
        environ = {**os.environ, "JDK_JAVA_OPTIONS": options}
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environ, preexec_fn=lambda: os.sched_setaffinity(0, chosen))
        self.said = json.loads(self.process.stdout.readline() or "null")
        if self.said is None:
            sys.exit(f"Cannot score: exit code {self.process.wait()}; see {(OUT / 'spark.log').relative_to(environment.ROOT)}")
        threading.Thread(target=self.listen, daemon=True).start()

    def listen(self) -> None:
        for line in self.process.stdout:
            self.said = json.loads(line)

    def watch(self, every: float) -> List[Look]:
        """Until the process ends; time counts from its first turn."""
        start, looks = time.monotonic(), []
        while True:
            try:
                looks.append(Look((time.monotonic() - start) / 60, teacher_memory.resident(self.process.pid), self.said["live"] / 1e6))
                self.process.wait(every)
                break
            except subprocess.TimeoutExpired:
                continue
        if self.process.returncode != 0:
            sys.exit(f"Cannot score: exit code {self.process.returncode}; see {(OUT / 'spark.log').relative_to(environment.ROOT)}")
        return looks


def growth(name: str, looks: List[Look], settle: float) -> str:
    points = [(look.minutes, getattr(look, name)) for look in looks if look.minutes >= settle]
    if len(points) < 3:
        sys.exit(f"Cannot tell growth: {len(points)} looks after minute {settle:g}")
    share = teacher_memory.slope(points) / points[0][1]
    return f"{share:+.2%} a minute of {points[0][1]:,.0f} MB (≤ {TARGET:.0%}: {'met' if share <= TARGET else 'not met'})"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--settle", type=float, default=2, help="minutes before the first look that counts")
    parser.add_argument("--every", type=float, default=10, help="seconds between looks")
    parser.add_argument("--heap", default="2g")
    parser.add_argument("--documents", type=int, default=20_000)
    parser.add_argument("--set", default="banking77", help="labelled set whose student scores")
    parser.add_argument("--cores", type=int, default=2)
    arguments = parser.parse_args()
    OUT.mkdir(parents=True, exist_ok=True)
    launcher.build()
    trained = scoring_students.Students(arguments.set)
    student = trained.published()
    made = bulk.of(arguments.documents)
    settings = {
        "spark.master": f"local[{arguments.cores}]",
        "spark.sql.catalog.stillhouse": "dev.stillhouse.udfs.sql.StillhouseCatalog",
        "spark.sql.catalog.stillhouse.models.soak": trained.workspace,
        **HISTORY,
    }
    command = contestants.spark("SoakWorker.java", OUT / "spark.log", settings, student, made.files, round(60 * arguments.minutes))
    soak = Soak(command, arguments.heap, arguments.cores)
    looks = soak.watch(arguments.every)
    print("| minute | resident, MB | reachable in the heap, MB |\n|--:|--:|--:|")
    for look in looks[:: max(1, len(looks) // 20)]:
        print(f"| {look.minutes:.1f} | {look.resident:,.0f} | {look.live:,.0f} |")
    print(f"\nResident: {growth('resident', looks, arguments.settle)}, a heap of {arguments.heap} of it. Reachable in the heap: {growth('live', looks, arguments.settle)}.")
    print(f"{soak.said['kernel']:,} documents by the kernel and {soak.said['spark']:,} by the SQL function; scores {'changed' if soak.said['changed'] else 'were the same each time'}.")


if __name__ == "__main__":
    main()
