#!/usr/bin/env python3
"""Summaries of 200 biomedical articles in 200 words: the student that learned from 600 others with their abstracts, beside sumy's TextRank and LexRank, by ROUGE and by speed.

    benchmarks/summaries.py                          # quality and speed with people's abstracts to learn from
    benchmarks/summaries.py --teacher salience       # nothing to learn from but an encoder's vectors: what the student keeps of that teacher
    benchmarks/summaries.py --rounds 1 --seconds 1

Every summary is scored by Google's rouge-score (stemmed F1, in percent): the student's is what ./stillhouse summarize published, sumy's its best sentences that fit, of the same lines. Differences are paired over articles (bootstrap, 95 %). What report.json
says of the student is compared with rouge-score's figures. Speed: each contestant is a process of its own on the same core with the texts in memory, in turns; sumy has its sentences and words given, the student its sentences (given), or the bare text (with splitting).
Articles are read from `pubmed` under $STILLHOUSE_DATA, else ../shared/data beside the checkout. Prints Markdown tables.
"""

import argparse
import gzip
import json
import pathlib
import statistics
import subprocess
import sys
from typing import Dict, List

import environment

environment.SUMMARIES.enter()

import numpy as np  # noqa: E402
import pyarrow.dataset  # noqa: E402
from rouge_score import rouge_scorer  # noqa: E402

import contestants  # noqa: E402
import labelled_sets  # noqa: E402
import launcher  # noqa: E402
import summary_peers  # noqa: E402

TASK = environment.ROOT / "benchmarks" / "summaries.yaml"
OUT = environment.OUT / "summaries"
WORDS = 200
KINDS = ["rouge1", "rouge2", "rougeL", "rougeLsum"]
DIFFERENCES = {"rouge1": 2, "rouge2": 2, "rougeLsum": 2}
FASTER = {"given": 300, "split": 100}


def articles() -> List[dict]:
    data = labelled_sets.data_folder("test.jsonl.gz", "pubmed")
    with gzip.open(data / "pubmed" / "test.jsonl.gz", "rt") as lines:
        return [json.loads(line) for line in lines]


def settings(teacher: str) -> List[str]:
    data = labelled_sets.data_folder("test.jsonl.gz", "pubmed") / "pubmed"
    return launcher.overrides({
        "workspace": OUT / teacher,
        "corpus[0].path": data / "train.jsonl.gz",
        "evaluate[0].path": data / "test.jsonl.gz",
        "summarize.sources[0].path": data / "test.jsonl.gz",
        "teacher": f"{{kind: {teacher}}}",
    })


def published(teacher: str, dataset: str) -> pathlib.Path:
    command = [str(launcher.LAUNCHER), "path", str(TASK), dataset, *settings(teacher)]
    return pathlib.Path(subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout.strip().replace("file:", "", 1))


def scores(scorer, reference: str, summary: str) -> List[float]:
    found = scorer.score(reference, summary)
    return [100 * found[kind].fmeasure for kind in KINDS]


def quality(teacher: str, report: dict) -> Dict[str, np.ndarray]:
    """Name to figures[articles][kinds]."""
    table = pyarrow.dataset.dataset(published(teacher, "summaries"), format="parquet").to_table(columns=["id", "summary"])
    student = dict(zip(table["id"].to_pylist(), table["summary"].to_pylist()))
    scorer = rouge_scorer.RougeScorer(KINDS, use_stemmer=True)
    figures = {"student": [], "lexrank": [], "textrank": []}
    for number, article in enumerate(articles()):
        print(f"  article {number + 1} ...", end="\r", file=sys.stderr, flush=True)
        figures["student"].append(scores(scorer, article["reference"], student[article["id"]]))
        read = summary_peers.document(article["text"])
        for name in summary_peers.SUMMARIZERS:
            figures[name].append(scores(scorer, article["reference"], "\n".join(summary_peers.summary(name, read, WORDS))))
    print(file=sys.stderr)
    figures = {name: np.array(rows) for name, rows in figures.items()}
    off = max(abs(report["summaries"]["student"][kind] - figures["student"][:, column].mean()) for column, kind in enumerate(KINDS))
    print(f"\nreport.json's figures of the student differ from rouge-score's by {off:.6f} at most.\n")
    return figures


def interval(differences: np.ndarray) -> str:
    draws = np.random.default_rng(0).integers(0, len(differences), (2000, len(differences)))
    low, high = np.quantile(differences[draws].mean(axis=1), [0.025, 0.975])
    return f"{differences.mean():+.2f} ({low:+.2f} to {high:+.2f})"


def print_quality(teacher: str, figures: Dict[str, np.ndarray], report: dict) -> None:
    print("| summaries of 200 words | ROUGE-1 | ROUGE-2 | ROUGE-L | ROUGE-Lsum |\n|---|--:|--:|--:|--:|")
    for name in ("teacher", "student", "lead", "tail", "random", "textrank", "lexrank", "oracle"):
        system = report["summaries"].get(name)
        if system:
            print(f"| {name} | " + " | ".join(f"{system[kind]:.1f}" for kind in KINDS) + " |")
    for name in ("textrank", "lexrank"):
        print(f"| sumy's {name} | " + " | ".join(f"{figure:.1f}" for figure in figures[name].mean(axis=0)) + " |")
    print("\n| student less | ROUGE-1 | ROUGE-2 | ROUGE-Lsum | target |\n|---|--:|--:|--:|---|")
    for name in ("textrank", "lexrank"):
        cells = {kind: figures["student"][:, column] - figures[name][:, column] for column, kind in enumerate(KINDS) if kind in DIFFERENCES}
        met = all(difference.mean() >= DIFFERENCES[kind] for kind, difference in cells.items())
        target = f"at least +2 / +2 / +2: {'met' if met else 'NOT MET'}" if (teacher, name) == ("reference", "lexrank") else ""
        print(f"| sumy's {name} | " + " | ".join(interval(difference) for difference in cells.values()) + f" | {target} |")
    share = report["summaries"]["oracle_share"]
    print(f"\nOf what choosing sentences can reach (oracle) the student has {100 * share['rouge1']:.0f} / {100 * share['rouge2']:.0f} / {100 * share['rougeLsum']:.0f} %.")


def print_kept(report: dict) -> None:
    student = report["student"]
    print(f"\nThe student keeps {100 * student['retained']:.1f} % of the teacher's ROUGE (at least 97: {'met' if student['retained'] >= 0.97 else 'NOT MET'})", end="")
    if student.get("speedup"):
        print(f" and is {student['speedup']:.0f} times as fast (at least 50: {'met' if student['speedup'] >= 50 else 'NOT MET'})", end="")
    print(".")


def speed(teacher: str, arguments) -> None:
    corpus = OUT / "test.jsonl"
    corpus.write_text("".join(json.dumps({"text": article["text"]}) + "\n" for article in articles()))
    core = contestants.last_core()
    ours = contestants.Contestant("Stillhouse", contestants.java("SummaryWorker.java", corpus, published(teacher, "model") / "student.onnx", WORDS), core)
    sumy = contestants.Contestant("sumy", [sys.executable, str(environment.ROOT / "benchmarks" / "summary_peers.py"), str(corpus), str(WORDS)], core)
    asked = {"given": ours, "split": ours, "splitting": ours, "lexrank": sumy, "textrank": sumy}
    answers = contestants.in_turns(asked, {name: name for name in asked}, arguments)
    ours.close()
    sumy.close()
    print("\n| one core | documents / CPU s | MB / CPU s | times sumy's LexRank | target |\n|---|--:|--:|--:|---|")
    titles = {"given": "student, sentences given", "split": "student, with splitting", "splitting": "splitting alone", "lexrank": "sumy's LexRank", "textrank": "sumy's TextRank"}
    for name, rows in answers.items():
        ratios = contestants.ratios(rows, answers["lexrank"])
        median = statistics.median(ratios)
        target = f"at least {FASTER[name]}: {'met' if median >= FASTER[name] else 'NOT MET'}" if teacher == "reference" and name in FASTER else ""
        rate = statistics.median(contestants.rate(row) for row in rows)
        megabytes = statistics.median(contestants.rate(row, "bytes") for row in rows) / 1e6
        print(f"| {titles[name]} | {rate:,.1f} | {megabytes:.1f} | {median:,.1f} ({min(ratios):,.1f} to {max(ratios):,.1f}) | {target} |")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--teacher", choices=["reference", "salience"], default="reference")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=4)
    parser.add_argument("--warm", type=float, default=8)
    arguments = parser.parse_args()
    launcher.build()
    print("run ...", file=sys.stderr, flush=True)
    labelled_sets.stillhouse("run", TASK, *settings(arguments.teacher))
    report = json.loads((OUT / arguments.teacher / "report.json").read_text())
    figures = quality(arguments.teacher, report)
    print_quality(arguments.teacher, figures, report)
    if arguments.teacher == "salience":
        print_kept(report)
    speed(arguments.teacher, arguments)


if __name__ == "__main__":
    main()
