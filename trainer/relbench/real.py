"""The real part: pictures whose relations annotators wrote down."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from engine.errors import DecodeError, KnownError
from engine.imaging import decode
from engine.models.chosen import ModelRequest
from engine.models.text import DIMENSION, TextEncoder
from engine.types import Float32
from trainer.progress import Reporter
from trainer.relbench.annotations import Annotations, Picture, locate, read_annotations
from trainer.relbench.descriptions import banks_of, description_figures
from trainer.relbench.figures import Captions, part_figures, row_kinds
from trainer.relbench.retrieval import Search
from trainer.relbench.rows import REFERENCE, Row, compute_rows
from trainer.relbench.triplets import Triplets
from trainer.scenes import NONE

HAND_CAPTIONS = "hand captions"


class RealPart:
    """The test pictures; see `trainer.relbench.rows.Pictures`.

    Args:
        annotations: What annotators said.
        paths: Where each test picture is, by id.
    """

    def __init__(self, annotations: Annotations, paths: dict[str, Path]) -> None:
        self._annotations, self._paths = annotations, paths
        self._pictures = [annotations.pictures[key] for key in sorted(paths)]
        self._place = {picture.id: place for place, picture in enumerate(self._pictures)}

    @classmethod
    def locate(cls) -> RealPart:
        """Read the annotations and find their pictures.

        Raises:
            KnownError: If not all test pictures are on this machine; the text says how to get them.
        """
        annotations = read_annotations()
        tested = [picture for picture in annotations.pictures.values() if picture.part == "test"]
        found = {picture.id: locate(picture) for picture in tested}
        paths = {key: path for key, path in found.items() if path is not None}
        if len(paths) < len(tested):
            packages = sorted({picture.package for picture in tested if found[picture.id] is None})
            raise KnownError(
                f"{len(tested) - len(paths)} of {len(tested)} pictures of the benchmark's real part"
                f" are not on this machine ({', '.join(packages)}): get them with 'relsim-train"
                " relbench fetch', or measure the drawn part only with --part drawn"
            )
        return cls(annotations, paths)

    def __len__(self) -> int:
        """How many pictures there are."""
        return len(self._pictures)

    def __call__(self, min_side: int) -> Iterator[Image.Image]:
        """All pictures, decoded as the program does.

        Raises:
            KnownError: If one cannot be read, although its content is the annotated one.
        """
        for picture in self._pictures:
            path = self._paths[picture.id]
            try:
                yield decode(path, min_side=min_side)
            except DecodeError as error:
                raise KnownError(f"{path} cannot be read: {error}") from error

    def figures(
        self, requests: Sequence[ModelRequest], encoder: TextEncoder, reporter: Reporter
    ) -> tuple[dict[str, Any], list[dict[str, Any]]]:
        """Embed the pictures and measure.

        Returns:
            ``version``; ``pictures``, ``groups``, ``relations`` (how many), ``kinds`` (pictures
            by kind); ``rows`` (kinds by name); ``splits``: for ``test`` what
            `trainer.relbench.figures.part_figures` gives; ``descriptions`` what
            `trainer.relbench.descriptions.description_figures` gives, if a model has a caption
            bank. And what the models are.
        """
        rows, models = compute_rows(self, requests, reporter, "Embedding real pictures")
        banks = banks_of(requests, rows)
        rows.append(Row(HAND_CAPTIONS, REFERENCE, self._hand_captions(encoder)))
        search = self.search()
        groups = [group for group in self._annotations.groups if group.part == "test"]
        groups.sort(key=lambda group: (group.relation, group.id))
        names = sorted({group.relation for group in groups})
        code = {name: number for number, name in enumerate(names)}
        captions = Captions(
            encoder.encode([group.caption for group in groups]),
            np.array([code[group.relation] for group in groups], np.int64),
            np.array([code[name] for name in search.clusters.tolist()], np.int64),
            as_wordings=False,
        )
        document = {
            "version": self._annotations.version,
            "pictures": len(self),
            "groups": len(groups),
            "relations": len(names),
            "kinds": dict(sorted(Counter(picture.kind for picture in self._pictures).items())),
            "rows": row_kinds(rows),
            "splits": {"test": part_figures(self.triplets(), search, captions, rows)},
        }
        if banks:
            document["descriptions"] = description_figures(self._pictures, rows, banks)
        return document, models

    def _hand_captions(self, encoder: TextEncoder) -> Float32:
        """Vectors of what the first annotator wrote; zeros where that was that there is nothing."""
        vectors = np.zeros((len(self), DIMENSION), np.float32)
        said = {place: one.caption for place, one in enumerate(self._pictures) if one.caption}
        if said:
            vectors[list(said)] = encoder.encode(list(said.values()))
        return vectors

    def triplets(self) -> Triplets:
        """The annotated triplets over the pictures, by their places."""
        triplets = self._annotations.triplets
        return Triplets.of(
            [
                (self._place[one.anchor], self._place[one.positive], self._place[one.negative])
                for one in triplets
            ],
            [one.condition for one in triplets],
            [one.family for one in triplets],
            [self._cluster(one.anchor) for one in triplets],
            kinds=[self._annotations.pictures[one.anchor].kind for one in triplets],
            blind=[None if one.blind is None else float(one.blind) for one in triplets],
        )

    def _cluster(self, key: str) -> str:
        picture = self._annotations.pictures[key]
        return f"{picture.relation}/{picture.subject}"

    def search(self) -> Search:
        """Every picture of a test group looks for its relation among all test pictures.

        Where one picture's second relation is a relation of the other, the two count as neither
        hit nor miss for each other, unless their main relations are the same.
        """
        grouped = {
            key
            for group in self._annotations.groups
            if group.part == "test"
            for key in group.pictures
        }
        queries = [place for place, one in enumerate(self._pictures) if one.id in grouped]
        asked = [self._pictures[place] for place in queries]
        relations = np.array([one.relation for one in self._pictures], np.str_)
        clusters = np.array([one.relation for one in asked], np.str_)
        relevant = clusters[:, None] == relations[None, :]
        ignored = np.array([[_touch(one, other) for other in self._pictures] for one in asked])
        ignored &= ~relevant
        ignored |= np.array(queries)[:, None] == np.arange(len(self))[None, :]
        return Search.of(np.array(queries), np.arange(len(self)), relevant, ignored, clusters)


def _touch(one: Picture, other: Picture) -> bool:
    """Whether two pictures share any relation, main or second."""
    mine, others = ({own.relation, own.second} - {None, NONE} for own in (one, other))
    return bool(mine & others)
