"""The caption bank: every wording of every relation that can be drawn, and further captions."""

from __future__ import annotations

import json
from pathlib import Path

from engine.describe import BANK, Caption, write_bank
from engine.errors import KnownError
from engine.models.text import TextEncoder
from trainer.scenes import RELATIONS


def bank_captions(directory: Path = BANK) -> list[Caption]:
    """The captions in order: those of the relations, then those of `extra.json`; none twice.

    Raises:
        KnownError: If `extra.json` cannot be read.
    """
    captions = [
        Caption(text, relation.name, relation.family)
        for relation in RELATIONS.values()
        for text in relation.captions
    ]
    try:
        content = json.loads((directory / "extra.json").read_text(encoding="utf-8"))
        captions += [Caption(**entry) for entry in content["captions"]]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise KnownError(f"The extra captions in {directory} cannot be read: {error}") from error
    return list({caption.text: caption for caption in reversed(captions)}.values())[::-1]


def build_bank(directory: Path = BANK) -> int:
    """Embed the captions and write `bank.json` and `bank.npy`; returns how many there are."""
    captions = bank_captions(directory)
    write_bank(captions, TextEncoder().encode([caption.text for caption in captions]), directory)
    return len(captions)
