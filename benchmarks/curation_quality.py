#!/usr/bin/env python3
"""Near-duplicate removal judged by brute force, and the template trap: Stillhouse beside datatrove's unverified LSH and components.

    benchmarks/curation_quality.py                       # both
    benchmarks/curation_quality.py --only edited         # Europarl and 13,000 edited copies, every pair at Jaccard 0.8 or more
    benchmarks/curation_quality.py --only templates      # 50 templates, 200 fillings each, 5, 15 and 30 % of the words different
    benchmarks/curation_quality.py --without stillhouse  # the brute force and the peer alone

The referee (similar_pairs.py) computes every similarity itself from the texts and shares no code with Stillhouse; it is checked against comparing everything with everything on a part. Prints Markdown tables.
Ends with exit code 1 where a removal of Stillhouse has no kept document at the threshold, fewer than 0.97 are removed, or a template's filling is removed that should not be. Peers come from the requirements file
beside this script; needs Python 3.10 and what ./stillhouse needs.
"""

import argparse
import collections
import pathlib
import subprocess
import sys
from typing import Dict, List, NamedTuple, Optional, Set

import corpora
import environment
import launcher
import similar_pairs
import unverified

OUT = environment.OUT / "curation-quality"
THRESHOLD, RECALL = 0.8, 0.97
SHARES = [0.05, 0.15, 0.30]
DUPLICATES = ("near_duplicate", "exact_duplicate")


class Removal(NamedTuple):
    reason: str
    kept_id: Optional[str]


class Outcome(NamedTuple):
    """Who kept what: removed ids with what was said about them (None where nothing is said)."""

    name: str
    kept: Set[str]
    removed: Dict[str, Optional[Removal]]


class Referee:
    """The documents of a corpus and every pair at the threshold."""

    def __init__(self, documents: List[corpora.Document], sets: list, threshold: float = THRESHOLD):
        self.ids = [document.id for document in documents]
        self.sets = dict(zip(self.ids, sets))
        self.partners = collections.defaultdict(set)
        self.pairs = 0
        for left, right, _ in similar_pairs.similar_pairs(sets, threshold):
            self.partners[self.ids[left]].add(self.ids[right])
            self.partners[self.ids[right]].add(self.ids[left])
            self.pairs += 1

    def greedy(self, documents: List[corpora.Document]) -> Outcome:
        """What knowing every pair leads to: the longest first, each removed that has a kept document at the threshold."""
        kept: Set[str] = set()
        for document in sorted(documents, key=lambda document: (-len(document.text), document.id)):
            if not self.partners[document.id] & kept:
                kept.add(document.id)
        return Outcome("every pair known, longest first", kept, {document.id: None for document in documents if document.id not in kept})

    def unfounded(self, outcome: Outcome) -> List[str]:
        """Removed, with no kept document at the threshold."""
        return [id for id in outcome.removed if not self.partners[id] & outcome.kept]

    def misnamed(self, outcome: Outcome) -> List[str]:
        """Removed as near-duplicates of a document that was not kept, or that is less similar than the threshold."""
        named = {id: removal.kept_id for id, removal in outcome.removed.items() if removal and removal.reason == "near_duplicate"}
        return [id for id, kept in named.items() if kept not in outcome.kept or similar_pairs.jaccard(self.sets[id], self.sets[kept]) < THRESHOLD]

    def left_over(self, outcome: Outcome) -> List[str]:
        """Kept, with a kept document at the threshold beside it."""
        return [id for id in outcome.kept if self.partners[id] & outcome.kept]

    def kept_pairs(self, outcome: Outcome) -> int:
        return sum(len(self.partners[id] & outcome.kept) for id in outcome.kept) // 2


def stillhouse(corpus: pathlib.Path, name: str, mode: str) -> Outcome:
    settings = {"task": f"{name}-{mode}", "workspace": OUT / name / mode, "corpus[0].path": corpus, "curate.near_duplicates.mode": mode}
    print(f"{name}: stillhouse curate, {mode} ...", file=sys.stderr, flush=True)
    log = OUT / name / f"{mode}.log"
    with open(log, "w") as output:
        exit_code = subprocess.run(launcher.curate_command(settings), stdout=output, stderr=subprocess.STDOUT).returncode
    if exit_code != 0:
        launcher.fail(name, exit_code, log)
    kept = launcher.published(settings, "curated", ["id"]).to_pylist()
    removed = launcher.published(settings, "removed", ["id", "reason", "kept_id"]).to_pylist()
    return Outcome(f"Stillhouse, {mode}", {row["id"] for row in kept}, {row["id"]: Removal(row["reason"], row["kept_id"]) for row in removed})


def datatrove(corpus: pathlib.Path, name: str, documents: List[corpora.Document]) -> Outcome:
    print(f"{name}: datatrove ...", file=sys.stderr, flush=True)
    kept = unverified.kept_by_datatrove(corpus, OUT / name / "datatrove")
    return Outcome("datatrove, unverified", kept, {document.id: None for document in documents if document.id not in kept})


def accounted(outcome: Outcome, documents: List[corpora.Document]) -> None:
    """Every document is kept or removed, and removed for being a duplicate only."""
    both = outcome.kept | outcome.removed.keys()
    if both != {document.id for document in documents} or outcome.kept & outcome.removed.keys():
        sys.exit(f"{outcome.name}: {len(outcome.kept)} kept and {len(outcome.removed)} removed are not the {len(documents)} documents")
    others = {removal.reason for removal in outcome.removed.values() if removal and removal.reason not in DUPLICATES}
    if others:
        sys.exit(f"{outcome.name}: removed for other reasons: {', '.join(sorted(others))}")


def judged(outcome: Outcome, referee: Referee, failures: List[str]) -> str:
    unfounded, left = len(referee.unfounded(outcome)), len(referee.left_over(outcome))
    misnamed = len(referee.misnamed(outcome))
    founded = len(outcome.removed) - unfounded
    recall = founded / (founded + left) if founded + left else 1.0
    if outcome.name.startswith("Stillhouse") and (unfounded or misnamed or recall < RECALL):
        failures.append(f"{outcome.name}: {unfounded} removed without a kept partner, {misnamed} with a wrong one, {recall:.4f} removed of those that have one")
    said = f"{misnamed:,}" if any(outcome.removed.values()) else "says none"
    return f"| {outcome.name} | {len(outcome.removed):,} | {unfounded:,} | {said} | {recall:.4f} | {referee.kept_pairs(outcome):,} |"


def by_edit(outcomes: List[Outcome], referee: Referee) -> None:
    print("\n| edit | copies | similar to the original | " + " | ".join(f"{outcome.name}: removed, of these without a kept partner" for outcome in outcomes) + " |")
    print("|---" * (3 + len(outcomes)) + "|")
    unfounded = [set(referee.unfounded(outcome)) for outcome in outcomes]
    for edit in corpora.EDITS:
        copies = {id for id in referee.ids if id.endswith("~" + edit)}
        similar = sum(1 for id in copies if id.split("~")[0] in referee.partners[id])
        cells = [f"{len(copies & outcome.removed.keys()):,}, {len(copies & alone):,}" for outcome, alone in zip(outcomes, unfounded)]
        print(f"| {edit} | {len(copies):,} | {similar:,} | " + " | ".join(cells) + " |")


def written(documents: List[corpora.Document], name: str) -> pathlib.Path:
    path = OUT / name / "corpus" / "corpus.jsonl"
    corpora.write_jsonl(documents, path)
    return path


def edited(arguments, failures: List[str]) -> None:
    documents = list(corpora.edited(arguments.originals, arguments.seed))
    path = written(documents, "edited")
    sets = [similar_pairs.shingles(document.text) for document in documents]
    part = sets[:1500] + sets[-1500:]
    agreed = similar_pairs.verified_on(part, THRESHOLD)
    referee = Referee(documents, sets)
    print(f"\n### Europarl and edited copies: {len(documents):,} documents, {referee.pairs:,} pairs at Jaccard {THRESHOLD} or more\n")
    print(f"On {len(part):,} of the documents the referee finds the same {agreed:,} pairs as comparing everything with everything.\n")
    outcomes = [datatrove(path, "edited", documents)] if "datatrove" not in arguments.without else []
    if "stillhouse" not in arguments.without:
        outcomes.insert(0, stillhouse(path, "edited", "jaccard"))
    print("| | removed | without a kept document at the threshold | named one not kept or below it | removed of those that have one | kept pairs at the threshold |\n|---|--:|--:|--:|--:|--:|")
    for outcome in [referee.greedy(documents), *outcomes]:
        accounted(outcome, documents)
        print(judged(outcome, referee, failures), flush=True)
    by_edit(outcomes, referee)
    if "datatrove" not in arguments.without:
        by_its_own_shingles(outcomes[-1], documents)


def by_its_own_shingles(outcome: Outcome, documents: List[corpora.Document]) -> None:
    """The same question by the peer's own definition of a shingle, and at the similarity where its buckets reach even odds too, so that it is not judged by ours alone."""
    sets = unverified.shingles_of_datatrove([document.text for document in documents])
    print("\n| by datatrove's own shingles, at Jaccard | removed | without a kept document at it | kept pairs at it |\n|--:|--:|--:|--:|")
    for threshold in (THRESHOLD, unverified.KNEE):
        own = Referee(documents, sets, threshold)
        print(f"| {threshold} | {len(outcome.removed):,} | {len(own.unfounded(outcome)):,} | {own.kept_pairs(outcome):,} |")


def templates(arguments, failures: List[str]) -> None:
    print("\n### Template trap: 50 templates, 200 fillings each\n")
    print("| words that differ | pairs at the threshold | containment removes | jaccard removes | datatrove removes | of these without a kept document at the threshold |\n|---|--:|--:|--:|--:|--:|")
    for layout in ("block", "spread"):
        for share in SHARES:
            print(template_row(layout, share, arguments, failures), flush=True)


def template_row(layout: str, share: float, arguments, failures: List[str]) -> str:
    name = f"templates-{layout}-{share:.0%}".replace("%", "")
    documents = list(corpora.templates(share, layout, arguments.seed))
    path = written(documents, name)
    referee = Referee(documents, [similar_pairs.shingles(document.text) for document in documents])
    cells = [f"{share:.0%}, " + ("in one passage" if layout == "block" else "all over"), f"{referee.pairs:,}"]
    for mode in ("containment", "jaccard"):
        cells.append(removed_by(mode, path, name, referee, failures) if "stillhouse" not in arguments.without else "")
    if "datatrove" in arguments.without:
        return "| " + " | ".join([*cells, "", ""]) + " |"
    outcome = datatrove(path, name, documents)
    return "| " + " | ".join([*cells, f"{len(outcome.removed):,}", f"{len(referee.unfounded(outcome)):,}"]) + " |"


def removed_by(mode: str, path: pathlib.Path, name: str, referee: Referee, failures: List[str]) -> str:
    outcome = stillhouse(path, name, mode)
    wrong = len(outcome.removed) if mode == "containment" else len(referee.unfounded(outcome))
    if wrong:
        failures.append(f"{name}: {outcome.name} removes {wrong} fillings that it should not")
    return f"{len(outcome.removed):,}"


def main() -> None:
    environment.CURATION.enter()
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", choices=["edited", "templates"])
    parser.add_argument("--without", nargs="+", choices=["stillhouse", "datatrove"], default=[])
    parser.add_argument("--originals", type=int, default=1000, help="speeches that 13 edited copies are made of")
    parser.add_argument("--seed", type=int, default=42)
    arguments = parser.parse_args()
    failures: List[str] = []
    if arguments.only != "templates":
        edited(arguments, failures)
    if arguments.only != "edited":
        templates(arguments, failures)
    if failures:
        sys.exit("\n".join(["", "Not met:", *failures]))


if __name__ == "__main__":
    main()
