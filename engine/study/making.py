"""Makes a user study of a library: what two methods found first, side by side."""

from __future__ import annotations

import random
import secrets
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from engine.errors import QueryError
from engine.imaging import content_id_of, naming
from engine.jobs import JobControl
from engine.study.documents import now
from engine.study.retrieval import Asked, candidates, first_hits, methods
from engine.study.values import QUESTION, Method, Study, Trial
from engine.types import Query

if TYPE_CHECKING:
    from engine.service import Engine

DEFAULT_TITLE = "User study"


def study_methods(engine: Engine) -> list[Method]:
    """The methods that a study of the library can compare; see `engine.study.retrieval.methods`."""
    return methods(engine)


def make_study(
    engine: Engine,
    *,
    title: str,
    queries: Sequence[Query] | None,
    count: int,
    seed: int,
    tested: str,
    baselines: Sequence[str],
    control: JobControl | None = None,
) -> Study:
    """Ask each method about each picture, and make a trial of each two answers that differ.

    Args:
        engine: The library that is searched.
        title: Name for people; empty for `DEFAULT_TITLE`.
        queries: The pictures: ids of the library, or files in it or not; None to draw them.
        count: How many to draw, 1 or more; at most as many as there are. Unused with `queries`.
        seed: Draws the queries, the order of the trials, and what each person sees on which side.
        tested: Id of the method under test, one of `study_methods`.
        baselines: Ids of the others, each once.
        control: Progress, pause and cancel.

    Returns:
        The study, to be written by `StudyFolder.create`; its paths are the library's.

    Raises:
        QueryError: If a method is unknown or named twice, there is no picture to ask about, or all
            methods find the same for each.
        DecodeError: If the file of a query cannot be read.
        ModelError: If a model or metric cannot be loaded.
        Cancelled: If the control says so.
    """
    control = control or JobControl()
    chosen = _chosen(engine, tested, baselines)
    asked = _drawn(engine, count, seed, chosen) if queries is None else _given(engine, queries)
    if not asked:
        raise QueryError("There is no picture to ask about: index a folder, or choose pictures")
    found = {method.id: first_hits(engine, method.id, asked, control) for method in chosen}
    paths = engine.store.paths_of(sorted({hit for hits in found.values() for hit in hits}))
    identical = dict.fromkeys(baselines, 0)
    trials: list[Trial] = []
    for position, one in enumerate(asked):
        first = found[tested][position]
        for baseline in baselines:
            second = found[baseline][position]
            if first == second:
                identical[baseline] += 1
            elif first in paths and second in paths:  # a drive may have gone meanwhile
                trials.append(Trial("", one.path, tested, baseline, paths[first], paths[second]))
    if not trials:
        raise QueryError(
            "All methods find the same pictures, so there is nothing to choose: ask about other"
            " pictures, or compare other methods"
        )
    return Study(
        id=secrets.token_hex(8),
        title=title.strip() or DEFAULT_TITLE,
        question=QUESTION,
        created=now(),
        seed=seed,
        methods=tuple(chosen),
        tested=tested,
        trials=_numbered(trials, seed),
        identical=identical,
    )


def _chosen(engine: Engine, tested: str, baselines: Sequence[str]) -> list[Method]:
    """The methods, the one under test first."""
    known = {method.id: method for method in study_methods(engine)}
    names = [tested, *baselines]
    for name, times in Counter(names).items():
        if name not in known:
            raise QueryError(f"There is no method {name!r} here; known: {', '.join(known)}")
        if times > 1:
            raise QueryError(f"The method {name} is named twice: compare it with another one")
    if not baselines:
        raise QueryError("Name a method to compare with")
    return [known[name] for name in names]


def _drawn(engine: Engine, count: int, seed: int, chosen: Sequence[Method]) -> list[Asked]:
    ids: list[int] = candidates(engine, [method.id for method in chosen]).tolist()
    drawn = random.Random(seed).sample(ids, min(max(count, 1), len(ids)))
    paths = engine.store.paths_of(drawn)
    return [Asked(paths[image_id], image_id) for image_id in drawn if image_id in paths]


def _given(engine: Engine, queries: Sequence[Query]) -> list[Asked]:
    """The pictures, each once."""
    found: dict[object, Asked] = {}
    for query in queries:
        if isinstance(query, int):
            path = engine.store.path_of(query)
            if path is None:
                raise QueryError("A picture is offline: bring its drive back, or leave it out")
            found.setdefault(query, Asked(path, query))
        elif isinstance(query, Path):
            path = query.expanduser().absolute()
            with naming(path):
                content = content_id_of(path)
            image_id = engine.store.image_of(content)
            found.setdefault(content if image_id is None else image_id, Asked(path, image_id))
        else:
            raise QueryError("A study asks about files: save the picture first")
    return list(found.values())


def _numbered(trials: Sequence[Trial], seed: int) -> tuple[Trial, ...]:
    """In an order that says nothing of the methods, so that their ids say nothing either."""
    drawn = random.Random(seed).sample(list(trials), len(trials))
    return tuple(
        Trial(f"t{number:04}", t.query, t.first, t.second, t.first_image, t.second_image)
        for number, t in enumerate(drawn, start=1)
    )
