#!/usr/bin/env python3
"""What the label cache saves: a run that is killed at half, and a corpus that grows by one in a hundred.

    benchmarks/teacher_resume.py                  # 8,000 texts up to 128 tokens
    benchmarks/teacher_resume.py --texts 2000

Prints which share of the texts the run after SIGKILL infers again (at most 56 % asked), and what 1 % of new texts cost beyond a run without any, against 1 % of the cost of all (at most 2 times asked), medians of --rounds. Texts and needs are those of teacher_speed.py.
"""

import argparse
import os
import pathlib
import shutil
import signal
import statistics
import subprocess
import sys
import time

import environment
import teacher_speed

MAX_TOKENS = 128
SLICES = 40
CACHE = teacher_speed.OUT / "work" / "label" / "cache"


def finished_files() -> int:
    return sum(1 for path in CACHE.glob("*/segment=*/part-*.parquet"))


def kill_at_half(path: pathlib.Path) -> None:
    """Runs label in a process group of its own and kills that once half of the slices are in the cache."""
    running = subprocess.Popen([str(environment.ROOT / "stillhouse"), *teacher_speed.command("label", path, MAX_TOKENS)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
    while running.poll() is None and finished_files() < SLICES // 2:
        time.sleep(0.05)
    if running.poll() is not None:
        sys.exit(f"Cannot kill label at half: it ended with {running.returncode} before")
    os.killpg(running.pid, signal.SIGKILL)
    running.wait()


def empty() -> None:
    shutil.rmtree(teacher_speed.OUT / "work", ignore_errors=True)


def main() -> None:
    environment.TEACHER.enter()
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--texts", type=int, default=8000)
    parser.add_argument("--rounds", type=int, default=3)
    arguments = parser.parse_args()
    count = arguments.texts
    all_texts = teacher_speed.texts(count, MAX_TOKENS)
    fewer = teacher_speed.part(all_texts, count - count // 100)
    empty()
    teacher_speed.stillhouse("curate", all_texts, MAX_TOKENS)
    kill_at_half(all_texts)
    killed_at = finished_files() / SLICES
    resumed = teacher_speed.label(all_texts, MAX_TOKENS)["inference"]
    share = resumed["inferred"] / (resumed["inferred"] + resumed["cached"])
    print(f"Killed with {killed_at:.0%} of the slices done: the next run infers {share:.1%} of {resumed['inferred'] + resumed['cached']:,} texts (at most 56 %: {'met' if share <= 0.56 else 'not met'})")
    ratios = []
    for _ in range(arguments.rounds):
        empty()
        teacher_speed.stillhouse("curate", fewer, MAX_TOKENS)
        full = teacher_speed.label(fewer, MAX_TOKENS)["seconds"]
        nothing = teacher_speed.label(fewer, MAX_TOKENS)["seconds"]
        teacher_speed.stillhouse("curate", all_texts, MAX_TOKENS)
        grown = teacher_speed.label(all_texts, MAX_TOKENS)["seconds"]
        ratios.append((grown - nothing) / ((full - nothing) / 100))
        print(f"all {full:.1f} s, none {nothing:.1f} s, 1 % new {grown:.1f} s", file=sys.stderr, flush=True)
    ratio = statistics.median(ratios)
    print(f"1 % of new texts cost {ratio:.2f} times 1 % of all ({min(ratios):.2f} to {max(ratios):.2f}; at most 2: {'met' if ratio <= 2 else 'not met'})")


main()
