#!/usr/bin/env python3
"""A peer of the curation benchmarks as a worker process, on one thread.

    peers.py datatrove|datatrove-every-rule|whitespace|whitespace-every-rule|rensa corpus.jsonl

Loads the corpus once and answers `ready`. Each line `round RULE_SET SECONDS` on standard input runs whole passes over the corpus until they took so many CPU seconds, and is answered by one line of JSON:
cpu_seconds (of the process, all its threads), documents, bytes (of the texts in UTF-8), failed (documents that the rule set drops, in the last pass). `warm RULE_SET SECONDS` stops after so many seconds, also within a
pass. Runs in the environment of environment.py.
"""

import itertools
import json
import os
import pathlib
import sys
import time

for threads in ("RAYON_NUM_THREADS", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[threads] = "1"

import corpora  # noqa: E402

PERMUTATIONS, SHINGLE = 112, 5


class Whitespace:
    """A word tokeniser for datatrove that only splits at white space; sentences end at . ! or ?"""

    def word_tokenize(self, text):
        return text.split()

    def span_tokenize(self, text):
        ends = [match.end() for match in corpora.SENTENCE_END.finditer(text)]
        return list(zip([0] + ends, ends + [len(text)]))


def datatrove(whitespace: bool, every_rule: bool) -> dict:
    """Rule set to what a pass does with one text; every_rule: with thresholds that no document fails, so that each value is computed."""
    import datatrove.utils.word_tokenizers as tokenizers
    from datatrove.data import Document

    if whitespace:
        tokenizers.load_word_tokenizer = lambda language: Whitespace()  # before dedup.minhash, which imports the name
    filters = every_value() if every_rule else as_published()

    def passing(*rule_sets):
        def passed(text):
            document = Document(text=text, id="")
            return all([rules.filter(document) is True for rules in rule_sets])

        return passed

    found = {name: passing(rules) for name, rules in filters.items()}
    found["all-four"] = passing(*filters.values())
    found["minhash"] = datatrove_signature()
    return found


def as_published() -> dict:
    """datatrove's filters as they come: each stops at the first rule that a document fails."""
    from datatrove.pipeline.filters import C4QualityFilter, FineWebQualityFilter, GopherQualityFilter, GopherRepetitionFilter

    return {"gopher-quality": GopherQualityFilter(), "gopher-repetition": GopherRepetitionFilter(), "fineweb-quality": FineWebQualityFilter(), "c4": C4QualityFilter()}


def every_value() -> dict:
    """The same filters with thresholds out of reach. C4's lines are still judged as published: a dropped line is part of its result."""
    from datatrove.pipeline.filters import C4QualityFilter, FineWebQualityFilter, GopherQualityFilter, GopherRepetitionFilter

    low, high = 1e-9, 1e9
    quality = GopherQualityFilter(
        min_doc_words=low, max_doc_words=high, min_avg_word_length=low, max_avg_word_length=high, max_symbol_word_ratio=high, max_bullet_lines_ratio=high,
        max_ellipsis_lines_ratio=high, max_non_alpha_words_ratio=low, min_stop_words=-1,
    )
    repetition = GopherRepetitionFilter(high, high, high, high, tuple((n, high) for n in (2, 3, 4)), tuple((n, high) for n in range(5, 11)))
    fineweb = FineWebQualityFilter(line_punct_thr=-1.0, short_line_thr=high, char_duplicates_ratio=high, new_line_ratio=high)
    return {"gopher-quality": quality, "gopher-repetition": repetition, "fineweb-quality": fineweb, "c4": C4QualityFilter(min_num_sentences=0)}


def datatrove_signature():
    from datatrove.pipeline.dedup.minhash import MinhashConfig, MinhashDedupSignature

    signatures = MinhashDedupSignature("memory://signatures", MinhashConfig())

    def signature(text):
        found = signatures.get_shingles(text)
        return found.size == 0 or len(signatures.get_signature(found)) == 14

    return signature


def shingles(text: str) -> list:
    """Word 5-grams of the lower-cased text, by the fastest way that was found in Python; all words as one where there are fewer."""
    words = text.lower().split()
    if len(words) < SHINGLE:
        return [" ".join(words)] if words else []
    return list(map(" ".join, zip(*(words[first:] for first in range(SHINGLE)))))


def rensa() -> dict:
    from rensa import RMinHash

    def signature(text):
        sketch = RMinHash(num_perm=PERMUTATIONS, seed=42)
        sketch.update(shingles(text))
        return len(sketch.digest()) == PERMUTATIONS

    return {"minhash": signature}


CONTESTANTS = {
    "datatrove": lambda: datatrove(False, False),
    "datatrove-every-rule": lambda: datatrove(False, True),
    "whitespace": lambda: datatrove(True, False),
    "whitespace-every-rule": lambda: datatrove(True, True),
    "rensa": rensa,
}


def warmed(passed, texts: list, seconds: float) -> dict:
    start = time.process_time()
    for text in itertools.takewhile(lambda text: time.process_time() - start < seconds, itertools.cycle(texts)):
        passed(text)
    return {"cpu_seconds": time.process_time() - start}


def measured(passed, texts: list, seconds: float) -> dict:
    start = time.process_time()
    passes = 0
    while passes == 0 or time.process_time() - start < seconds:
        kept = sum(map(passed, texts))
        passes += 1
    cpu_seconds = time.process_time() - start
    size = sum(len(text.encode("utf-8")) for text in texts)
    return {"cpu_seconds": cpu_seconds, "documents": passes * len(texts), "bytes": passes * size, "failed": len(texts) - kept}


def main() -> None:
    contestant, path = sys.argv[1], pathlib.Path(sys.argv[2])
    texts = [document.text for document in corpora.read_jsonl(path)]
    rule_sets = CONTESTANTS[contestant]()
    print("ready", flush=True)
    for line in sys.stdin:
        verb, rule_set, seconds = line.split()
        if rule_set not in rule_sets:
            print(json.dumps({"error": f"{contestant} has no {rule_set}"}), flush=True)
            continue
        answer = (warmed if verb == "warm" else measured)(rule_sets[rule_set], texts, float(seconds))
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
