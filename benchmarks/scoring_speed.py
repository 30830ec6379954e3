#!/usr/bin/env python3
"""Scoring on one core, texts in memory in, probabilities out: Stillhouse's kernel beside fastText and scikit-learn, with models that learned from the same rows and soft labels.

    benchmarks/scoring_speed.py                                     # three corpora, 5 interleaved rounds, after training two sets
    benchmarks/scoring_speed.py --corpora banking77 --rounds 1 --seconds 0.5

Corpora: the test queries of banking77 (77 labels), the test sentences of sst2 (two labels), and speeches of Europarl, 1.1 kB each, scored by sst2's models. Contestants: the student that `kind: auto` publishes; a
Stillhouse student of words and pairs of words alone; a pass over the bytes that only counts spaces, which bounds everything; fastText's predict (100 dimensions, best label) with words and pairs of words, and with
characters too; scikit-learn's tf-idf of words and pairs of words and a linear model. Every contestant is a process of its own, pinned to one and the same core, that has the texts in memory; after a time to warm up each they
take turns. A round is whole passes over the corpus until they took so many CPU seconds (of the process, so with garbage collector and compiler). Prints a Markdown table; ratios are taken round by
round: median, lowest and highest. Needs Python 3.10 and what ./stillhouse needs.
"""

import argparse
import json
import pathlib
import random
import statistics
import sys
from typing import List, NamedTuple

import environment

environment.STUDENTS.enter()

import contestants  # noqa: E402
import corpora  # noqa: E402
import launcher  # noqa: E402
import scoring_peers  # noqa: E402
import students  # noqa: E402
from contestants import Contestant, rate  # noqa: E402
from scoring_students import OUT, Students  # noqa: E402

SETS = {"banking77": "banking77", "sst2": "sst2", "europarl": "sst2"}
CONTESTANTS = {
    "published": "Stillhouse, published ({kind})",
    "words": "Stillhouse, words",
    "bytes": "a pass over the bytes",
    "fasttext": "fastText, words",
    "fasttext-characters": "fastText, words and characters",
    "tfidf": "scikit-learn, words",
}
TARGETS = {"published": 2, "words": 5}


class Corpus(NamedTuple):
    path: pathlib.Path
    documents: int
    bytes: int
    tokens: int


def corpus(name: str, arguments) -> Corpus:
    """A seeded sample of the documents, the same for everyone."""
    if name == "europarl":
        documents = corpora.europarl()
    else:
        documents = corpora.read_jsonl(Students(name).data / name / "test.jsonl")
    if len(documents) > arguments.documents:
        documents = random.Random(arguments.seed).sample(documents, arguments.documents)
    path = OUT / f"{name}-{len(documents)}-{arguments.seed}.jsonl"
    corpora.write_jsonl(documents, path)
    return Corpus(path, len(documents), sum(len(document.text.encode("utf-8")) for document in documents), sum(len(document.text.split()) for document in documents))


def peer_models(trained: Students) -> pathlib.Path:
    """The folder of the peers' models, made once for the same rows."""
    exported = trained.exported()
    folder = trained.workspace / "peers" / students.digest(exported)[:16]
    if not (folder / "_made").exists():
        print(f"{trained.name}: training peers ...", file=sys.stderr, flush=True)
        labels = students.Student(trained.workspace).labels
        scoring_peers.train(students.rows(exported / "fit.jsonl", labels, False), folder)
        (folder / "_made").touch()
    return folder


def command(name: str, path: pathlib.Path, trained: Students) -> List[str]:
    if name == "bytes":
        return contestants.java("KernelWorker.java", path)
    if name in TARGETS:
        return contestants.java("KernelWorker.java", path, trained.words() if name == "words" else trained.published())
    return [sys.executable, str(contestants.BENCHMARKS / "scoring_peers.py"), name, str(path), str(peer_models(trained))]


def spread(values: List[float], form: str) -> str:
    return f"{statistics.median(values):{form}} ({min(values):{form}} to {max(values):{form}})"


def row(corpus_name: str, name: str, title: str, measured: Corpus, answers: dict) -> str:
    rates = [rate(answer) for answer in answers[name]]
    tokens = measured.tokens / measured.documents
    cells = [
        corpus_name,
        title,
        spread(rates, ",.0f"),
        f"{statistics.median(rate(answer, 'bytes') for answer in answers[name]) / 1e6:,.1f}",
        f"{1e9 / tokens / statistics.median(rates):,.1f}",
    ]
    for peer in ["fasttext", "tfidf"]:
        cells.append(spread(contestants.ratios(answers[name], answers[peer]), ".2f") if peer in answers and peer != name else "")
    if name in TARGETS and "fasttext" in answers:
        met = statistics.median(contestants.ratios(answers[name], answers["fasttext"])) >= TARGETS[name]
        cells.append(f"≥ {TARGETS[name]} times fastText, words: {'met' if met else 'not met'}")
    else:
        cells.append("")
    return "| " + " | ".join(cells) + " |"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpora", nargs="+", choices=list(SETS), default=list(SETS))
    parser.add_argument("--documents", type=int, default=4000, help="most documents of a corpus")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=2.0, help="least CPU seconds of a round")
    parser.add_argument("--warm", type=float, default=5.0, help="CPU seconds before the first round, the same for everyone")
    parser.add_argument("--core", type=int, default=None, help="core that everyone is pinned to; without it the last one that may be used")
    parser.add_argument("--seed", type=int, default=42)
    parser.add_argument("--without", nargs="+", choices=list(CONTESTANTS), default=[])
    arguments = parser.parse_args()
    core = arguments.core if arguments.core is not None else contestants.last_core()
    launcher.build()
    OUT.mkdir(parents=True, exist_ok=True)
    wanted = [name for name in CONTESTANTS if name not in arguments.without]
    print("| corpus | contestant | documents / CPU s | MB / CPU s | ns a token | times fastText, words | times scikit-learn, words | target |\n|---|---|--:|--:|--:|--:|--:|---|", flush=True)
    for name in arguments.corpora:
        trained = Students(SETS[name])
        measured = corpus(name, arguments)
        kind = json.loads(trained.published().with_name("model.json").read_text())["kind"]
        started = {one: Contestant(one, command(one, measured.path, trained), core) for one in wanted}
        answers = contestants.in_turns(started, {one: "bytes" if one == "bytes" else "student" for one in wanted}, arguments)
        for one in wanted:
            print(row(name, one, CONTESTANTS[one].format(kind=kind), measured, answers), flush=True)
        for contestant in started.values():
            contestant.close()


if __name__ == "__main__":
    main()
