"""What is said of the library's images: by a person, else a captioner, else the caption bank."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol

from engine.captioning import CaptionReport, caption_images
from engine.errors import QueryError
from engine.imaging import decode, naming
from engine.jobs import JobControl
from engine.judging.judged_groups import shared_caption
from engine.model_set import ModelSet
from engine.store import Store
from engine.types import Captioner, Description, Float32


class Lend(Protocol):
    """Lends an engine's models."""

    def __call__(self, *, to_job: bool = False) -> AbstractContextManager[ModelSet]:
        """The models; they are not exchanged while a job has them."""
        ...


class Descriptions:
    """Reads, writes and keeps captions. Thread-safe.

    Args:
        store: The library.
        lend: Lends the models for a while in which they stay open.
    """

    def __init__(self, store: Store, lend: Lend) -> None:
        self._store = store
        self._lend = lend

    @property
    def can_write(self) -> bool:
        """Whether a captioner is there."""
        with self._lend() as models:
            return models.chosen.captioner is not None

    def of(
        self, models: ModelSet, image_ids: Sequence[int], relational: Float32
    ) -> list[Description]:
        """The description of each image.

        Args:
            models: Whose bank has the last word.
            image_ids: n ids; an id that is none of the library's has no stored caption.
            relational: The small model's vectors float32 ``[n, d]``, for the bank.
        """
        written = self._store.captions(image_ids)
        guessed = models.bank.describe(relational)
        return [
            written.get(image_id, guess) for image_id, guess in zip(image_ids, guessed, strict=True)
        ]

    def shared_by(self, groups: Sequence[Sequence[int]]) -> list[str | None]:
        """For each group of images of the library: the caption that more than half of them have."""
        image_ids = list(dict.fromkeys(image_id for group in groups for image_id in group))
        with self._lend() as models:
            embedded = set(self._store.image_ids(models.small.fingerprint).tolist())
            seen = [image_id for image_id in image_ids if image_id in embedded]
            described = dict(
                zip(seen, self.of(models, seen, models.small.vectors(seen)), strict=True)
            )
            described = self._store.captions(image_ids) | described
            none = Description(None, 0.0)  # of a picture that only a large model has embedded
            return [
                shared_caption(
                    [described.get(image_id, none) for image_id in group], models.bank.relations
                )
                for group in groups
            ]

    def fill(
        self,
        image_ids: Sequence[int] | None = None,
        *,
        seed: int | None = None,
        control: JobControl | None = None,
    ) -> CaptionReport:
        """Let the captioner describe images of the library; each batch is stored at once.

        Captions that a person wrote or pinned stay.

        Args:
            image_ids: Which; None for all that this captioner has not described yet.
            seed: None for the most probable captions; else they are sampled from this seed.
            control: Progress, pause and cancel.

        Raises:
            Cancelled: If `control` was told to; what was stored stays.
            ModelError: If there is no captioner, or it cannot be loaded.
        """
        with self._lend(to_job=True) as models:
            captioner = models.captioner
            if image_ids is None:
                image_ids = self._store.uncaptioned(models.captioner_key).tolist()
            return caption_images(
                self._store, captioner, image_ids, seed=seed, control=control or JobControl()
            )

    def write(self, path: Path, *, seed: int | None = None) -> Description:
        """Let the captioner describe a file, in the library or not; nothing is stored.

        Raises:
            DecodeError: If the file cannot be read.
            ModelError: If there is no captioner, or it cannot be loaded.
        """

        def run(captioner: Captioner) -> Description:
            with naming(path):
                prepared = captioner.prepare(decode(path, min_side=captioner.min_side))
            return captioner.caption([prepared], seed=seed)[0]

        with self._lend() as models:
            return models.captioner.run(run)

    def set(self, image_id: int, text: str) -> Description:
        """Describe an image in a person's words.

        Raises:
            QueryError: If the text is empty, or there is no such image.
        """
        words = " ".join(text.split())
        if not words:
            raise QueryError("Write what the picture shows, or use the automatic description")
        description = Description(words, 1.0, "person")
        try:
            self._store.set_caption(image_id, description)
        except KeyError:
            raise QueryError("That picture is no longer in the library") from None
        return description

    def remove(self, image_id: int) -> None:
        """Forget what a person wrote; the automatic description shows again."""
        self._store.remove_caption(image_id, "person")

    def pin(self, image_id: int, pinned: bool) -> Description:
        """Keep the caption that an image has from being replaced, or no longer.

        Raises:
            QueryError: If it has none of a person's or a captioner's.
        """
        try:
            self._store.pin_caption(image_id, pinned)
        except KeyError:
            raise QueryError("Only a written description can be pinned") from None
        caption = self._store.caption(image_id)
        assert caption is not None, "it has just been pinned"
        return caption
