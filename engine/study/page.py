"""A study as one HTML file that anybody can answer in a browser, without this program.

The file holds everything: pictures, style and script. It asks no network, and its rules forbid it
to. It is blind: trials, pictures and choices have opaque ids in an order by lot, and what they mean
stays in the study's folder. Whoever has that folder reads the answers with
`engine.study.importing`.
"""

from __future__ import annotations

import hashlib
import json
from base64 import b64encode
from collections.abc import Iterable
from html import escape
from io import BytesIO
from pathlib import Path
from string import Template
from typing import Any, Final, TextIO

from engine.errors import DecodeError, KnownError
from engine.exports.atomic import new_file
from engine.imaging import decode
from engine.jobs import JobControl
from engine.study.folder import PICTURES, StudyFolder
from engine.study.making import DEFAULT_TITLE
from engine.study.values import QUESTION, Study, Trial
from resources import ROOT

_LONGEST = 900  # pixels; a page of a hundred trials stays below 30 MB
_QUALITY = 85

_RULES: Final = (
    "default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src 'unsafe-inline';"
    " form-action 'none'; base-uri 'none'"
)
"""Content security policy: nothing may be fetched from anywhere."""


def write_page(folder: StudyFolder, target: Path, control: JobControl | None = None) -> None:
    """Write the page; a file that is there is replaced.

    Args:
        folder: The study.
        target: The file, usually ``….html``.
        control: Progress in pictures, pause and cancel; a cancelled page leaves nothing behind.

    Raises:
        Cancelled: If `control` was told to.
        KnownError: If a picture of the study is gone or damaged, or the file cannot be written.
    """
    control, study = control or JobControl(), folder.study
    names = sorted(
        {path.name for t in study.trials for path in (t.query, t.first_image, t.second_image)},
        key=lambda name: _token(folder.secret, "picture", name),
    )
    words = {
        "title": escape(_blind(study, study.title, DEFAULT_TITLE)),
        "question": escape(_blind(study, study.question, QUESTION)),
        "count": str(len(study.trials)),
    }
    with (
        new_file(target.expanduser().absolute()) as partial,
        partial.open("w", encoding="utf-8", newline="\n") as page,
    ):
        page.write(
            '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
            f'<meta http-equiv="Content-Security-Policy" content="{_RULES}">\n'
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
            f"<title>{words['title']}</title>\n<style>\n{_part('page.css')}</style>\n</head>\n"
            f"<body>\n{Template(_part('page.html')).substitute(words)}"
        )
        document = json.dumps(_document(folder, names)).replace("<", "\\u003c")
        page.write(f'<script type="application/json" id="study">{document}</script>\n')
        page.write('<script type="application/json" id="pictures">[')
        _write_pictures(page, (folder.path / PICTURES / name for name in names), control)
        page.write(f"]</script>\n<script>\n{_part('page.js')}</script>\n</body>\n</html>\n")


def meanings(folder: StudyFolder) -> dict[str, tuple[Trial, dict[str, str]]]:
    """What the page's opaque ids mean.

    Returns:
        By the page's id of a trial: the trial, and by the page's ids of the choices ``first``,
        ``second`` or ``same``.
    """
    return {
        _token(folder.secret, "trial", trial.id): (
            trial,
            {
                _token(folder.secret, "first", trial.id): "first",
                _token(folder.secret, "second", trial.id): "second",
                "same": "same",
            },
        )
        for trial in folder.study.trials
    }


def _document(folder: StudyFolder, names: list[str]) -> dict[str, Any]:
    places = {name: place for place, name in enumerate(names)}
    trials = []
    for token, (trial, choices) in sorted(meanings(folder).items()):
        images = {"first": trial.first_image, "second": trial.second_image}
        options = [
            {"id": choice, "picture": places[images[meaning].name]}
            for choice, meaning in sorted(choices.items())
            if meaning in images
        ]
        trials.append({"id": token, "query": places[trial.query.name], "options": options})
    return {"id": folder.study.id, "trials": trials}


def _token(secret: str, *parts: str) -> str:
    """An id that says nothing to whoever does not know the secret."""
    text = "\n".join(parts).encode()
    return hashlib.blake2b(text, key=secret.encode()[:64], digest_size=8).hexdigest()


def _blind(study: Study, text: str, instead: str) -> str:
    """A text, unless it names a method."""
    names = {name.casefold() for m in study.methods for name in (m.id, m.title) if name.strip()}
    return instead if any(name in text.casefold() for name in names) else text


def _write_pictures(page: TextIO, paths: Iterable[Path], control: JobControl) -> None:
    listed = list(paths)
    for done, path in enumerate(listed):
        control.checkpoint()
        control.report("Writing", done, len(listed))
        try:
            data = b64encode(_smaller(path)).decode("ascii")
        except DecodeError as error:
            raise KnownError(f"{path}: {error}; make the study again") from error
        page.write(("," if done else "") + f'\n"data:image/jpeg;base64,{data}"')
    control.report("Writing", len(listed), len(listed))


def _smaller(path: Path) -> bytes:
    image = decode(path, min_side=_LONGEST)
    image.thumbnail((_LONGEST, _LONGEST))
    out = BytesIO()
    image.save(out, "JPEG", quality=_QUALITY, optimize=True)
    return out.getvalue()


def _part(name: str) -> str:
    return (ROOT / "study" / name).read_text(encoding="utf-8")
