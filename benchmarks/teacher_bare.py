"""Bare ONNX Runtime in Python: teacher_speed.py's yardstick. Prints one JSON line.

    teacher_bare.py MODEL TOKENIZER TEXTS.parquet MAX_TOKENS OUT.parquet bare|loop CORES

`bare` is session.run alone, tokens given, sorted by length, with the best of several batch sizes and ways to use the cores, which are tried once and remembered beside OUT. `loop` is what one would write: read Parquet, tokenise, sort, run batches of 32 on a session with default threads, mean-pool, write Parquet.
"""

import json
import pathlib
import sys
import threading
import time
from typing import Dict, List

import numpy
import onnxruntime
import pyarrow
import pyarrow.parquet
import tokenizers

BUDGETS = [256, 512, 1024, 2048]
LOOP_BATCH = 32


def tokenizer(path: str, max_tokens: int) -> tokenizers.Tokenizer:
    pieces = tokenizers.Tokenizer.from_file(path)
    pieces.no_padding()
    pieces.enable_truncation(max_tokens)
    return pieces


def inputs(rows: List[List[int]]) -> Dict[str, numpy.ndarray]:
    longest = max(map(len, rows))
    ids = numpy.zeros((len(rows), longest), numpy.int64)
    mask = numpy.zeros_like(ids)
    for i, row in enumerate(rows):
        ids[i, : len(row)] = row
        mask[i, : len(row)] = 1
    return {"input_ids": ids, "attention_mask": mask, "token_type_ids": numpy.zeros_like(ids)}


def batches(tokens: List[List[int]], budget: int) -> List[Dict[str, numpy.ndarray]]:
    """Sorted by length, as many as fit the budget, padding included."""
    cut: List[List[List[int]]] = []
    batch: List[List[int]] = []
    for row in sorted(tokens, key=len):
        if batch and (len(batch) + 1) * len(row) > budget:
            cut.append(batch)
            batch = []
        batch.append(row)
    cut.append(batch)
    return [inputs(rows) for rows in cut]


def session(model: str, threads: int) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])


def timed(run: onnxruntime.InferenceSession, work: List[Dict[str, numpy.ndarray]], callers: int) -> float:
    """Seconds to run all batches by so many callers, longest first."""
    waiting = iter(reversed(work))
    lock = threading.Lock()

    def call() -> None:
        while True:
            with lock:
                batch = next(waiting, None)
            if batch is None:
                return
            run.run(None, batch)

    start = time.perf_counter()
    callers_running = [threading.Thread(target=call) for _ in range(callers)]
    for caller in callers_running:
        caller.start()
    for caller in callers_running:
        caller.join()
    return time.perf_counter() - start


def bare(model: str, tokens: List[List[int]], best: pathlib.Path, cores: int) -> dict:
    ways = [(cores, 1), (1, cores)]
    sessions = {threads: session(model, threads) for threads, _ in ways}
    for run in sessions.values():
        run.run(None, inputs(sorted(tokens, key=len)[-4:]))
    if not best.exists():
        tried = {(threads, callers, budget): timed(sessions[threads], batches(tokens, budget), callers) for threads, callers in ways for budget in BUDGETS}
        best.write_text(json.dumps(min(tried, key=tried.get)))
    threads, callers, budget = json.loads(best.read_text())
    seconds = timed(sessions[threads], batches(tokens, budget), callers)
    return {"contestant": "bare", "seconds": seconds, "how": f"{callers} x {threads} threads, {budget} tokens a batch"}


def loop(arguments: List[str], max_tokens: int, out: str) -> dict:
    model, pieces_path, texts_path = arguments
    run = onnxruntime.InferenceSession(model, providers=["CPUExecutionProvider"])
    run.run(None, inputs([[101, 102]]))
    pieces = tokenizer(pieces_path, max_tokens)
    start = time.perf_counter()
    table = pyarrow.parquet.read_table(texts_path, columns=["id", "text"])
    tokens = [encoded.ids for encoded in pieces.encode_batch(table["text"].to_pylist())]
    order = sorted(range(len(tokens)), key=lambda i: len(tokens[i]))
    vectors: List[object] = [None] * len(tokens)
    for first in range(0, len(order), LOOP_BATCH):
        chosen = order[first : first + LOOP_BATCH]
        batch = inputs([tokens[i] for i in chosen])
        hidden = run.run(["last_hidden_state"], batch)[0]
        mask = batch["attention_mask"][:, :, None]
        mean = (hidden * mask).sum(1) / mask.sum(1)
        unit = mean / numpy.linalg.norm(mean, axis=1, keepdims=True)
        for i, vector in zip(chosen, unit):
            vectors[i] = vector
    pyarrow.parquet.write_table(pyarrow.table({"id": table["id"], "vector": pyarrow.array(vectors, pyarrow.list_(pyarrow.float32()))}), out)
    return {"contestant": "loop", "seconds": time.perf_counter() - start, "how": f"batches of {LOOP_BATCH}, sorted"}


def main() -> None:
    model, pieces_path, texts_path, max_tokens, out, contestant, cores = sys.argv[1:8]
    if contestant == "bare":
        texts = pyarrow.parquet.read_table(texts_path, columns=["text"])["text"].to_pylist()
        tokens = [encoded.ids for encoded in tokenizer(pieces_path, int(max_tokens)).encode_batch(texts)]
        print(json.dumps(bare(model, tokens, pathlib.Path(out).with_suffix(".best.json"), int(cores))))
    else:
        print(json.dumps(loop([model, pieces_path, texts_path], int(max_tokens), out)))


if __name__ == "__main__":
    main()
