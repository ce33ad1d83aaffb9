"""Runs the benchmark: draws, embeds, measures."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

import numpy as np

from engine.models.chosen import ModelRequest
from engine.models.text import TextEncoder
from trainer.contrastive.drawing import subjects_of
from trainer.progress import Reporter
from trainer.relbench.drawn import DRAWN_VERSION, DrawnPart, DrawnPlan
from trainer.relbench.drawn_triplets import drawn_triplets
from trainer.relbench.figures import Captions, part_figures, row_kinds
from trainer.relbench.rows import compute_rows
from trainer.scenes import HELD_OUT, RELATIONS
from trainer.scenes.generator import HELD_OUT_STYLES

Part = Literal["drawn", "real", "both"]


def run_suite(
    part: Part, requests: Sequence[ModelRequest], plan: DrawnPlan, reporter: Reporter
) -> dict[str, Any]:
    """Measure models on one part of the benchmark or on both.

    Args:
        part: Which.
        requests: The models; one or more.
        plan: How much is drawn.
        reporter: Gets the progress.

    Returns:
        ``suite``; ``models``, see `trainer.relbench.rows.compute_rows`; ``drawn`` and ``real`` as
        far as they were asked for, see `drawn_figures` and `RealPart.figures`.

    Raises:
        KnownError: If a model, pictures of the real part, or subjects are missing.
    """
    real = None
    if part != "drawn":
        from trainer.relbench.real import RealPart

        real = RealPart.locate()  # says at once what is missing
    figures: dict[str, Any] = {"suite": "relbench", "models": []}
    encoder = TextEncoder()
    if part != "real":
        figures["drawn"], figures["models"] = drawn_figures(plan, requests, encoder, reporter)
    if real is not None:
        figures["real"], figures["models"] = real.figures(requests, encoder, reporter)
    return figures


def drawn_figures(
    plan: DrawnPlan, requests: Sequence[ModelRequest], encoder: TextEncoder, reporter: Reporter
) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Draw the scenes, embed them, and measure.

    Returns:
        ``version``; ``subjects``, ``unrelated``, ``scenes`` (how many), ``styles`` (held-out
        ones), ``relations`` (``trained``, ``held_out``: how many were drawn), ``sources``
        (subjects by source), ``digest`` of all pixels; ``rows`` (kinds by name); ``splits``: by
        name what `trainer.relbench.figures.part_figures` gives. And what the models are.
    """
    drawn = DrawnPart(plan, subjects_of("test"))
    rows, models = compute_rows(drawn, requests, reporter, "Embedding drawn scenes")
    names = list(RELATIONS)
    texts = [text for name in names for text in RELATIONS[name].captions]
    owners = [number for number, name in enumerate(names) for _ in RELATIONS[name].captions]
    vectors = encoder.encode(texts)
    splits = {}
    for number, split in enumerate(drawn.splits):
        reporter.step("Measuring", number, len(drawn.splits))
        search = drawn.search(split)
        right = np.array([names.index(name) for name in search.clusters.tolist()], np.int64)
        captions = Captions(vectors, np.array(owners, np.int64), right, as_wordings=True)
        splits[split] = part_figures(drawn_triplets(drawn, split), search, captions, rows)
    reporter.step("Measuring", len(drawn.splits), len(drawn.splits))
    shown = {item.relation for item in drawn.items} & set(names)
    document = {
        "version": DRAWN_VERSION,
        "subjects": plan.subjects,
        "unrelated": plan.unrelated,
        "scenes": len(drawn),
        "styles": list(HELD_OUT_STYLES),
        "relations": {"trained": len(shown - HELD_OUT), "held_out": len(shown & HELD_OUT)},
        "sources": drawn.sources,
        "digest": drawn.digest,
        "rows": row_kinds(rows),
        "splits": splits,
    }
    return document, models
