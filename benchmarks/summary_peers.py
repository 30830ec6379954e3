#!/usr/bin/env python3
"""sumy's summarisers as a worker process of summaries.py, on one thread; the protocol is that of peers.py. Runs in the environment of summaries.py.

    summary_peers.py corpus.jsonl WORDS

A text is a sentence a line. `round lexrank SECONDS` (or textrank) ranks the sentences of one document after the other, going on where the round before ended, until that took so many CPU seconds, and at least one document. Sentences and words are given: what
is timed is the ranking and the choice.
"""

import json
import os
import re
import sys
import time
from typing import List

for threads in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[threads] = "1"

from sumy.models.dom import ObjectDocumentModel, Paragraph, Sentence  # noqa: E402
from sumy.summarizers.lex_rank import LexRankSummarizer  # noqa: E402
from sumy.summarizers.text_rank import TextRankSummarizer  # noqa: E402

SUMMARIZERS = {"lexrank": LexRankSummarizer, "textrank": TextRankSummarizer}
WORD = re.compile(r"[^\W_]+")


class Words:
    """sumy's own tokenizer reads files that are no part of its package."""

    def to_words(self, sentence: str) -> tuple:
        return tuple(WORD.findall(sentence.lower()))


def document(text: str) -> ObjectDocumentModel:
    """With the words of every sentence found already."""
    sentences = [Sentence(line, Words()) for line in text.split("\n") if line.strip()]
    for sentence in sentences:
        sentence.words
    return ObjectDocumentModel([Paragraph(sentences)])


def within(most: int):
    """The best sentences that fit, as a count that sumy takes."""

    def chosen(infos):
        left, kept = most, []
        for info in infos:
            words = len(str(info.sentence).split())
            if words <= left:
                kept.append(info)
                left -= words
        return kept

    return chosen


def summary(name: str, read: ObjectDocumentModel, words: int) -> List[str]:
    return [str(sentence) for sentence in SUMMARIZERS[name]()(read, within(words))]


def main() -> None:
    with open(sys.argv[1]) as lines:
        texts = [json.loads(line)["text"] for line in lines]
    words = int(sys.argv[2])
    documents = [document(text) for text in texts]
    at = 0
    print("ready", flush=True)
    for line in sys.stdin:
        _, name, seconds = line.split()
        start, done, size = time.process_time(), 0, 0
        while done == 0 or time.process_time() - start < float(seconds):
            summary(name, documents[at], words)
            size += len(texts[at].encode())
            done += 1
            at = (at + 1) % len(documents)
        print(json.dumps({"cpu_seconds": time.process_time() - start, "documents": done, "bytes": size}), flush=True)


if __name__ == "__main__":
    main()
