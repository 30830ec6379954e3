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
import pathlib
import statistics

import contestants
import corpora
import environment
import launcher
from contestants import Contestant, rate

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


def command(name: str, corpus: pathlib.Path) -> list:
    if name == "stillhouse":
        return contestants.java("KernelWorker.java", corpus)
    return [str(environment.CURATION.python()), str(contestants.BENCHMARKS / "peers.py"), name, str(corpus)]


def row(rule_set: str, name: str, answers: dict) -> str:
    documents = statistics.median(rate(answer, "documents") for answer in answers[name])
    megabytes = statistics.median(rate(answer, "bytes") for answer in answers[name]) / 1e6
    spread = [rate(answer, "documents") for answer in answers[name]]
    cells = [rule_set, PEERS.get(name, "Stillhouse"), f"{documents:,.0f}", f"{min(spread):,.0f} to {max(spread):,.0f}", f"{megabytes:,.2f}"]
    if name == "stillhouse" or "stillhouse" not in answers:
        return "| " + " | ".join([*cells, "", ""]) + " |"
    found = contestants.ratios(answers["stillhouse"], answers[name])
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
    core = arguments.core if arguments.core is not None else contestants.last_core()
    if "stillhouse" not in arguments.without:
        launcher.build()
    wanted = {"stillhouse"}.union(*(peers_of(rule_set) for rule_set in arguments.rule_sets)) - set(arguments.without)
    for corpus in arguments.corpora:
        path = corpus_file(corpus, arguments.sample, arguments.seed)
        started = {name: Contestant(name, command(name, path), core) for name in sorted(wanted)}
        print("| rule set | contestant | documents / CPU s | lowest to highest | MB / CPU s | Stillhouse's ratio | target |\n|---|---|--:|--:|--:|--:|---|", flush=True)
        for rule_set in arguments.rule_sets:
            names = [name for name in ["stillhouse", *peers_of(rule_set)] if name in started]
            answers = contestants.in_turns(started, dict.fromkeys(names, rule_set), arguments)
            for name in answers:
                print(row(rule_set, name, answers), flush=True)
        for contestant in started.values():
            contestant.close()


if __name__ == "__main__":
    main()
