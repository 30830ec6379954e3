"""All pairs of documents at a Jaccard similarity or more, exactly: the referee of the near-duplicate benchmarks, written apart from what it judges.

A shingle is 5 consecutive words of the lower-cased NFC text, words being what stands between white space; all words together where there are fewer than 5. Shingles are told apart by 64-bit BLAKE2b: among 5 million of them
two are equal by chance with probability 1e-6. Only for scripts that write spaces between words.
"""

import collections
import hashlib
import itertools
import math
import unicodedata
from typing import Dict, FrozenSet, Iterator, List, Sequence, Tuple

SHINGLE = 5


def folded(text: str) -> str:
    """NFC, lower-cased code point by code point: Python's lower() differs in a final sigma and in a dotted capital I."""
    composed = unicodedata.normalize("NFC", text)
    if "\u03a3" not in composed and "\u0130" not in composed:
        return composed.lower()
    return "".join("i" if character == "\u0130" else character.lower() for character in composed)


def shingles(text: str) -> FrozenSet[int]:
    words = folded(text).split()
    count = max(1, len(words) - SHINGLE + 1) if words else 0
    grams = (" ".join(words[first : first + SHINGLE]) for first in range(count))
    return frozenset(int.from_bytes(hashlib.blake2b(gram.encode("utf-8"), digest_size=8).digest(), "big") for gram in grams)


def jaccard(left: FrozenSet[int], right: FrozenSet[int]) -> float:
    shared = len(left & right)
    union = len(left) + len(right) - shared
    return shared / union if union else 0.0


def similar_pairs(sets: Sequence[FrozenSet[int]], threshold: float) -> Iterator[Tuple[int, int, float]]:
    """Each pair once, by prefix filtering (Bayardo, Ma and Srikant 2007): with shingles ordered from rare to common, two sets at the threshold share one among each one's first n - ceil(threshold n) + 1."""
    frequency = collections.Counter(itertools.chain.from_iterable(sets))
    index: Dict[int, List[int]] = collections.defaultdict(list)
    for current in sorted(range(len(sets)), key=lambda number: len(sets[number])):
        ours = sets[current]
        length = len(ours) - math.ceil(threshold * len(ours) - 1e-9) + 1
        prefix = sorted(ours, key=lambda shingle: (frequency[shingle], shingle))[:length]
        candidates = set(itertools.chain.from_iterable(index[shingle] for shingle in prefix))
        for other in candidates:
            if len(sets[other]) >= threshold * len(ours) - 1e-9:
                similarity = jaccard(ours, sets[other])
                if similarity >= threshold:
                    yield other, current, similarity
        for shingle in prefix:
            index[shingle].append(current)


def naive_pairs(sets: Sequence[FrozenSet[int]], threshold: float) -> Iterator[Tuple[int, int, float]]:
    """The same by comparing everything with everything."""
    for left, right in itertools.combinations(range(len(sets)), 2):
        similarity = jaccard(sets[left], sets[right])
        if similarity >= threshold:
            yield left, right, similarity


def verified_on(sets: Sequence[FrozenSet[int]], threshold: float) -> int:
    """The number of pairs that both ways find; an error where they differ."""
    fast = {(min(pair[:2]), max(pair[:2])) for pair in similar_pairs(sets, threshold)}
    naive = {pair[:2] for pair in naive_pairs(sets, threshold)}
    if fast != naive:
        raise AssertionError(f"The filtered and the naive search differ in {len(fast ^ naive)} of {len(naive)} pairs")
    return len(naive)
