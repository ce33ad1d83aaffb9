"""Indexes a folder with the tiny embedder until it is done or killed.

    python indexing_victim.py LIBRARY FOLDER LOG

Every batch that was embedded is a line in LOG before it can be committed.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from tiny_embedder import TinyEmbedder

from engine.library.pipeline import IndexingPipeline
from engine.model_thread import ModelThread
from engine.store import Store

library, folder, log = map(Path, sys.argv[1:])
embedder = TinyEmbedder(seconds=0.02, log=log)
store, models = Store.open(library), ModelThread(lambda: embedder)
report = IndexingPipeline(
    store,
    models,
    relational=embedder.fingerprint,
    attribute=embedder.attribute_fingerprint,
).run([folder])
models.close()
store.close()
sys.stdout.write(
    json.dumps([report.found, report.indexed, report.reused, len(report.failed), report.skipped])
)
