#!/usr/bin/env python3
"""Training of students at scale, soft labels given: wall time of the stage `train`, peak memory, and how the time of a document grows.

    benchmarks/student_scale.py                                  # every case
    benchmarks/student_scale.py --cases two-100k two-1m --kind hybrid
    benchmarks/student_scale.py --cases thousand --memory 4g

Documents are made up: 30 words by Zipf's law out of 200,000, and three that tell the label. Cases: two labels, 100,000 and 1,000,000 documents; thousand labels, 100,000 documents and up to 100,000 n-grams, in five passes a variant at most (memory does not grow with passes). The teacher is the column with the probabilities. The JVM is told that the machine has --memory and two
cores, and is pinned to them. Peak memory: the highest sum of the resident sets of ./stillhouse and all its children, by /proc (Linux).
"""

import argparse
import itertools
import json
import pathlib
import random
import sys
import types

import curation_scale
import environment
import launcher

OUT = environment.OUT / "student-scale"
WORDS = 200_000
LENGTH = 30
TELLING = 40
# Documents, labels, and passes a variant at most.
CASES = {"two-100k": (100_000, 2, 30), "two-1m": (1_000_000, 2, 30), "thousand": (100_000, 1_000, 5)}
EVALUATE = 2_000
SAID = 3


def word(number: int) -> str:
    """A pronounceable word for a number, another one for each."""
    syllables = []
    number += 1
    while number:
        number, syllable = divmod(number, 80)
        syllables.append("bcdfghjklmnprstv"[syllable % 16] + "aeiou"[syllable // 16])
    return "".join(syllables)


def document(draw: random.Random, number: int, labels: int, words: list, weights: list) -> dict:
    label = draw.randrange(labels)
    telling = [f"t{label}x{draw.randrange(TELLING)}" for _ in range(3)]
    text = draw.choices(words, cum_weights=weights, k=LENGTH) + telling
    draw.shuffle(text)
    others = draw.sample(range(labels), min(SAID, labels))
    probabilities = {f"l{other}": 0.1 for other in others}
    probabilities[f"l{label}"] = 0.8
    total = sum(probabilities.values())
    given = json.dumps({name: share / total for name, share in probabilities.items()})
    return {"id": f"d{number}", "text": " ".join(text), "label": f"l{label}", "soft": given}


def corpus(case: str, documents: int, labels: int) -> pathlib.Path:
    file = OUT / f"{case}-{documents}.jsonl"
    if not file.exists():
        print(f"{case}: making {documents:,} documents ...", file=sys.stderr, flush=True)
        draw = random.Random(42)
        words = [word(number) for number in range(WORDS)]
        weights = list(itertools.accumulate(1 / (rank + 10) for rank in range(WORDS)))
        part = file.with_suffix(".part")
        with part.open("w") as out:
            for number in range(documents + EVALUATE):
                out.write(json.dumps(document(draw, number, labels, words, weights)) + "\n")
        part.rename(file)
    return file


def task(case: str, file: pathlib.Path, labels: int, kind: str) -> pathlib.Path:
    names = ", ".join("{name: l%d}" % label for label in range(labels))
    content = f"""task: student-scale
workspace: {OUT / (file.stem + "-" + kind)}
corpus: [{{source: jsonl, path: {file}, id: id, text: text, label: label, keep: [soft]}}]
evaluate: {{rows: {EVALUATE}}}
curate: {{exact_duplicates: off}}
teacher: {{kind: column, column: soft, gold: {max(1000, 5 * labels)}, labels: [{names}]}}
student: {{kind: {kind}, max_features: 100000, epochs: {CASES[case][2]}}}
report: {{speed_seconds: 0.6}}
"""
    path = OUT / f"{file.stem}-{kind}.yaml"
    path.write_text(content)
    return path


def run(case: str, arguments) -> dict:
    documents, labels, _ = CASES[case]
    documents = int(documents * arguments.scale)
    path = task(case, corpus(case, documents, labels), labels, arguments.kind)
    limits = types.SimpleNamespace(memory=arguments.memory, cores=2)
    for stage in ["curate", "label"]:
        step(stage, path, types.SimpleNamespace(memory="16g", cores=2), case)
    print(f"{case} ...", file=sys.stderr, flush=True)
    run = step("train", path, limits, case, "--force")
    step("report", path, limits, case)
    report = json.loads((OUT / (path.stem) / "report.json").read_text())
    return {"documents": documents, "run": run, "report": report}


def step(stage: str, path: pathlib.Path, limits, case: str, *options) -> curation_scale.Run:
    log = OUT / f"{case}-{stage}.log"
    finished = curation_scale.watched([str(launcher.LAUNCHER), "--master", "local[2]", stage, str(path), *options], log, limits)
    if finished.exit_code != 0:
        launcher.fail(f"{case}, {stage} (peak {finished.peak_bytes / 1e9:.2f} GB)", finished.exit_code, log)
    return finished


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cases", nargs="+", choices=list(CASES), default=list(CASES))
    parser.add_argument("--kind", choices=["lexical", "static", "hybrid", "auto"], default="lexical")
    parser.add_argument("--memory", default="8g", help="all memory that the JVM is told of")
    parser.add_argument("--scale", type=float, default=1, help="share of the documents to make")
    arguments = parser.parse_args()
    OUT.mkdir(parents=True, exist_ok=True)
    launcher.build()
    seconds = {}
    print("| case | kind | documents | train, wall s | microseconds a document | peak GB | n-grams and vectors | student F1 |\n|---|---|--:|--:|--:|--:|--:|--:|", flush=True)
    for case in arguments.cases:
        made = run(case, arguments)
        student = made["report"]["student"]
        chosen = next(rung for rung in student["ladder"] if rung["chosen"])
        wall = made["report"]["cost"]["wall_seconds_by_stage"]["train"]
        seconds[case] = wall / made["documents"]
        print(
            f"| {case} | {student['kind']} | {made['documents']:,} | {wall:.1f} | {1e6 * seconds[case]:.0f} | {made['run'].peak_bytes / 1e9:.2f} | {chosen['features']:,} | {100 * student['f1_weighted']:.1f} |",
            flush=True,
        )
    if {"two-100k", "two-1m"} <= seconds.keys():
        print(f"\nA document of a million takes {seconds['two-1m'] / seconds['two-100k']:.2f} times as long as one of 100,000.")


if __name__ == "__main__":
    main()
