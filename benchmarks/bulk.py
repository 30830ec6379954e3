"""The documents of the benchmarks that score through Spark, as Parquet: made once for a number and a seed."""

import json
import pathlib
import sys
from typing import NamedTuple

import corpora

SEED = 42


class Bulk(NamedTuple):
    folder: pathlib.Path
    documents: int
    bytes: int

    @property
    def files(self) -> pathlib.Path:
        return self.folder / "*.parquet"


def of(documents: int) -> Bulk:
    """In at least eight files, so that several cores can read few documents too."""
    folder = corpora.OUT / f"bulk-{documents}-seed{SEED}"
    written = folder / "_written.json"
    if not written.is_file():
        print(f"Making {documents:,} documents ...", file=sys.stderr, flush=True)
        corpora.write_parquet(corpora.Bulk(SEED).documents(documents), folder, min(125_000, max(1, documents // 8)))
    return Bulk(folder, **json.loads(written.read_text()))
