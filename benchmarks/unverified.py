"""datatrove's own near-duplicate removal, as it comes: 14 buckets of 8 hashes, connected components, no document compared with another. Runs in the environment of environment.py."""

import json
import pathlib
import shutil
from typing import FrozenSet, Iterator, List, Set

KNEE = 0.72  # (1/14)^(1/8): what datatrove calls the threshold of 14 buckets of 8 hashes


def kept_by_datatrove(corpus: pathlib.Path, folder: pathlib.Path) -> Set[str]:
    """Ids of the documents that are left of a JSONL file, by the four stages of datatrove's documentation, one task each."""
    from datatrove.executor import LocalPipelineExecutor
    from datatrove.pipeline.dedup import MinhashDedupCluster, MinhashDedupFilter, MinhashDedupSignature
    from datatrove.pipeline.dedup.minhash import MinhashConfig, MinhashDedupBuckets
    from datatrove.pipeline.readers import JsonlReader
    from datatrove.pipeline.writers import JsonlWriter

    shutil.rmtree(folder, ignore_errors=True)
    config = MinhashConfig()
    paths = {name: str(folder / name) for name in ("signatures", "buckets", "clusters", "kept")}
    reader = JsonlReader(str(corpus.parent), glob_pattern=corpus.name)
    stages = [
        ([reader, MinhashDedupSignature(paths["signatures"], config)], 1),
        ([MinhashDedupBuckets(paths["signatures"], paths["buckets"], config=config)], config.num_buckets),
        ([MinhashDedupCluster(paths["buckets"], paths["clusters"], config=config)], 1),
        ([reader, MinhashDedupFilter(paths["clusters"]), JsonlWriter(paths["kept"], compression=None)], 1),
    ]
    for number, (pipeline, tasks) in enumerate(stages):
        LocalPipelineExecutor(pipeline=pipeline, tasks=tasks, workers=1, logging_dir=str(folder / "logs" / str(number))).run()
    return set(ids(pathlib.Path(paths["kept"])))


def ids(folder: pathlib.Path) -> Iterator[str]:
    for path in sorted(folder.glob("*.jsonl")):
        with open(path, encoding="utf-8") as lines:
            for line in lines:
                yield json.loads(line)["id"]


def shingles_of_datatrove(texts: List[str]) -> List[FrozenSet[int]]:
    """datatrove's own shingles: 5-grams of its tokeniser's words of the text without case, accents and punctuation, every number a 0."""
    from datatrove.pipeline.dedup.minhash import MinhashConfig, MinhashDedupSignature

    signatures = MinhashDedupSignature("memory://signatures", MinhashConfig())
    return [frozenset(signatures.get_shingles(text).ravel().tolist()) for text in texts]
