#!/usr/bin/env python3
"""Curation rules and signatures on one core: Stillhouse's kernels beside datatrove 0.10.1 and rensa 0.5.0.

    benchmarks/curation_speed.py                                    # Europarl and pubmed, every document, 3 interleaved rounds: about 70 minutes
    benchmarks/curation_speed.py --sample 0.1 --rounds 5            # a seeded tenth of the documents for everyone: about 15 minutes
    benchmarks/curation_speed.py --without stillhouse               # the peers alone

Every contestant is a process of its own, pinned to one and the same core, that has the texts in memory; after a round to warm up each they take turns. A round is whole passes over the corpus until they took so many CPU
seconds (of the process, so with garbage collector and compiler). Text in, verdict or signature out. Prints Markdown tables: documents and megabytes a CPU second (medians), and Stillhouse's ratio to each
peer: median of the rounds' ratios, lowest and highest. `as published` stops at the first rule that a document fails; `every rule` has thresholds that no document fails, so that each value is computed, as
Stillhouse does. Peers come from the requirements file beside this script. Needs Python 3.10 and what ./stillhouse needs.
"""

import argparse
import json
import os
import pathlib
import statistics
import subprocess
import sys

import corpora
import environment
import launcher

RULE_SETS = ["gopher-quality", "gopher-repetition", "c4", "fineweb-quality", "all-four", "minhash"]
PEERS = {
    "datatrove": "datatrove, as published",
    "datatrove-every-rule": "datatrove, every rule",
    "whitespace": "datatrove at white space, as published",
    "whitespace-every-rule": "datatrove at white space, every rule",
    "rensa": "rensa",
}
TARGETS = {("datatrove", rule_set): 100 for rule_set in RULE_SETS[:-1]}
TARGETS[("rensa", "minhash")] = 2


def peers_of(rule_set: str) -> list:
    return ["datatrove", "whitespace", "rensa"] if rule_set == "minhash" else [name for name in PEERS if name != "rensa"]


class Contestant:
    """A worker process; answers rounds as {documents, bytes, cpu_seconds}."""

    def __init__(self, name: str, corpus: pathlib.Path, core: int):
        self.name = name
        command = stillhouse(corpus) if name == "stillhouse" else [str(environment.CURATION.python()), str(environment.ROOT / "benchmarks" / "peers.py"), name, str(corpus)]
        pin = (lambda: os.sched_setaffinity(0, {core})) if hasattr(os, "sched_setaffinity") else None
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, preexec_fn=pin)
        if self.read() != "ready":
            sys.exit(f"Cannot start {name}: see its messages above")

    def read(self) -> str:
        return self.process.stdout.readline().strip()

    def ask(self, verb: str, rule_set: str, seconds: float) -> dict:
        self.process.stdin.write(f"{verb} {rule_set} {seconds}\n")
        self.process.stdin.flush()
        answer = json.loads(self.read() or '{"error": "it ended"}')
        if "error" in answer:
            sys.exit(f"Cannot measure {rule_set} with {self.name}: {answer['error']}")
        return answer

    def close(self) -> None:
        self.process.stdin.close()
        self.process.wait()


def stillhouse(corpus: pathlib.Path) -> list:
    target = environment.ROOT / "jobs" / "cli" / "target"
    arguments = target / "launcher.args"
    if not arguments.is_file():
        sys.exit("Cannot find Stillhouse's class path: run ./stillhouse build")
    lines = arguments.read_text().splitlines()
    classpath = lines[lines.index("-cp") + 1].strip('"').replace("\\\\", "\\")
    java = pathlib.Path(os.environ["JAVA_HOME"], "bin", "java") if "JAVA_HOME" in os.environ else "java"
    return [str(java), "-cp", f"{target / 'stillhouse.jar'}{os.pathsep}{classpath}", str(environment.ROOT / "benchmarks" / "KernelWorker.java"), str(corpus)]


def rate(answer: dict, what: str) -> float:
    return answer[what] / answer["cpu_seconds"]


def measure(contestants: dict, rule_set: str, arguments) -> dict:
    """Name to answers of the rounds; a different contestant begins each round."""
    names = [name for name in ["stillhouse", *peers_of(rule_set)] if name in contestants]
    for name in names:
        contestants[name].ask("warm", rule_set, arguments.warm)
    answers = {name: [] for name in names}
    for turn in range(arguments.rounds):
        first = turn % len(names)
        for name in names[first:] + names[:first]:
            print(f"  {rule_set} round {turn + 1}: {name} ...", file=sys.stderr, flush=True)
            answers[name].append(contestants[name].ask("round", rule_set, arguments.seconds))
    return answers


def ratios(answers: dict, peer: str) -> list:
    return [rate(ours, "documents") / rate(theirs, "documents") for ours, theirs in zip(answers["stillhouse"], answers[peer])]


def row(rule_set: str, name: str, answers: dict) -> str:
    documents = statistics.median(rate(answer, "documents") for answer in answers[name])
    megabytes = statistics.median(rate(answer, "bytes") for answer in answers[name]) / 1e6
    spread = [rate(answer, "documents") for answer in answers[name]]
    cells = [rule_set, PEERS.get(name, "Stillhouse"), f"{documents:,.0f}", f"{min(spread):,.0f} to {max(spread):,.0f}", f"{megabytes:,.2f}"]
    if name == "stillhouse" or "stillhouse" not in answers:
        return "| " + " | ".join([*cells, "", ""]) + " |"
    found = ratios(answers, name)
    target = TARGETS.get((name, rule_set))
    met = statistics.median(found)
    verdict = "" if target is None else f"≥ {target}: {'met' if met >= target else 'not met'}"
    return "| " + " | ".join([*cells, f"{met:.1f} ({min(found):.1f} to {max(found):.1f})", verdict]) + " |"


def corpus_file(name: str, share: float, seed: int) -> pathlib.Path:
    documents = corpora.europarl() if name == "europarl" else corpora.pubmed()
    if share < 1:
        documents = [document for document in documents if corpora.generator(seed, "sample", document.id).random() < share]
    path = corpora.OUT / f"{name}-{share:g}.jsonl"
    corpora.write_jsonl(documents, path)
    size = sum(len(document.text.encode("utf-8")) for document in documents)
    print(f"\n### {name}: {len(documents):,} documents, {size / 1e6:.1f} MB\n")
    return path


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpora", nargs="+", choices=["europarl", "pubmed"], default=["europarl", "pubmed"])
    parser.add_argument("--rule-sets", nargs="+", choices=RULE_SETS, default=RULE_SETS)
    parser.add_argument("--sample", type=float, default=1.0, help="share of the documents, the same ones for everyone")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=1.0, help="least CPU seconds of a round")
    parser.add_argument("--warm", type=float, default=5.0, help="CPU seconds before the first round of a rule set, the same for everyone")
    parser.add_argument("--core", type=int, default=None, help="core that everyone is pinned to; without it the last one that may be used")
    parser.add_argument("--seed", type=int, default=42)
    parser.add_argument("--without", nargs="+", choices=["stillhouse", *PEERS], default=[])
    arguments = parser.parse_args()
    environment.CURATION.python()
    core = arguments.core if arguments.core is not None else max(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 0
    if "stillhouse" not in arguments.without:
        launcher.build()
    wanted = {"stillhouse"}.union(*(peers_of(rule_set) for rule_set in arguments.rule_sets)) - set(arguments.without)
    for corpus in arguments.corpora:
        path = corpus_file(corpus, arguments.sample, arguments.seed)
        contestants = {name: Contestant(name, path, core) for name in sorted(wanted)}
        print("| rule set | contestant | documents / CPU s | lowest to highest | MB / CPU s | Stillhouse's ratio | target |\n|---|---|--:|--:|--:|--:|---|", flush=True)
        for rule_set in arguments.rule_sets:
            answers = measure(contestants, rule_set, arguments)
            for name in answers:
                print(row(rule_set, name, answers), flush=True)
        for contestant in contestants.values():
            contestant.close()


if __name__ == "__main__":
    main()
