"""A board as one HTML file that opens anywhere: pictures, style and texts are all inside."""

from __future__ import annotations

import math
from base64 import b64encode
from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from pathlib import Path

from engine.errors import DecodeError
from engine.exports.atomic import new_file
from engine.exports.contents import NOT_THERE, BoardContents, BoardItem, ExportReport, Missing
from engine.jobs import JobControl

_STYLE = """
:root { color-scheme: light dark; --line: #8884; --quiet: #707070; --slot: #a8480f; }
@media (prefers-color-scheme: dark) { :root { --quiet: #a0a0a0; --slot: #ff9d66; } }
body { font: 15px/1.45 system-ui, sans-serif; margin: 0 auto; max-width: 1400px; padding: 32px; }
h1 { font-size: 1.6em; margin: 0 0 8px; }
.note { white-space: pre-line; }
main { display: grid; gap: 24px; grid-template-columns: repeat(auto-fill, minmax(240px, 1fr));
  margin-top: 24px; }
figure { border: 1px solid var(--line); border-radius: 12px; margin: 0; overflow: hidden; }
figure img, figure .away { aspect-ratio: 4 / 3; display: block; object-fit: contain; width: 100%; }
figure .away { align-content: center; color: var(--quiet); text-align: center; }
figcaption { border-top: 1px solid var(--line); padding: 12px; }
figcaption p { margin: 0 0 6px; overflow-wrap: anywhere; }
.slot { color: var(--slot); font-weight: 600; }
.quiet { color: var(--quiet); font-size: 0.85em; }
"""


@dataclass(frozen=True, slots=True)
class PageOptions:
    """What stands beside the pictures.

    Attributes:
        captions: The anonymous captions.
        notes: What a person noted.
        scores: How well each shares the logic of the others.
        sources: Where the files are.
    """

    captions: bool = True
    notes: bool = True
    scores: bool = False
    sources: bool = True


def write_page(
    contents: BoardContents,
    out: Path,
    thumbnail: Callable[[Path], bytes],
    options: PageOptions | None = None,
    control: JobControl | None = None,
) -> ExportReport:
    """Write a board as one HTML file; a file that is there is replaced.

    Args:
        contents: The board.
        out: The file.
        thumbnail: JPEG data of a picture; raises `DecodeError` where it cannot be read.
        options: What stands beside the pictures.
        control: Progress, pause and cancel; a cancelled export leaves nothing behind.

    Raises:
        Cancelled: If `control` was told to.
        KnownError: If the file cannot be written.
    """
    options, control = options or PageOptions(), control or JobControl()
    missing: list[Missing] = []
    with (
        new_file(out) as partial,
        partial.open("w", encoding="utf-8", errors="replace", newline="\n") as page,
    ):
        title = escape(_plain(contents.name))
        page.write(
            '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
            f"<title>{title}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n"
            f"<header>\n<h1>{_marked(contents.name)}</h1>\n"
        )
        if options.notes and contents.note:
            page.write(f'<p class="note">{escape(contents.note)}</p>\n')
        page.write("</header>\n<main>\n")
        for number, item in enumerate(contents.items):
            control.checkpoint()
            control.report("Writing", number, len(contents.items), len(missing))
            picture = _embedded(item, thumbnail, missing)
            page.write(f"<figure>\n{picture}\n{_words(item, options)}</figure>\n")
        page.write("</main>\n</body>\n</html>\n")
    control.report("Writing", len(contents.items), len(contents.items), len(missing))
    return ExportReport(out, len(contents.items) - len(missing), tuple(missing))


def _embedded(item: BoardItem, thumbnail: Callable[[Path], bytes], missing: list[Missing]) -> str:
    reason = NOT_THERE
    if item.path is not None and item.path.is_file():
        try:
            data = b64encode(thumbnail(item.path)).decode("ascii")
        except DecodeError as error:
            reason = str(error)
        else:
            alternative = escape(_plain(item.caption) or item.name, quote=True)
            return f'<img src="data:image/jpeg;base64,{data}" alt="{alternative}">'
    missing.append(Missing(item.name, reason))
    return f'<div class="away">{escape(item.name)}: {escape(reason)}</div>'


def _words(item: BoardItem, options: PageOptions) -> str:
    lines = []
    if options.captions and item.caption:
        lines.append(f"<p>{_marked(item.caption)}</p>")
    if options.notes and item.note:
        lines.append(f'<p class="note">{escape(item.note)}</p>')
    if options.scores and not math.isnan(item.relational):
        score = f"Relation to the others {item.relational:.2f}"
        if not math.isnan(item.percentile):
            score += f", closer than {item.percentile:.0f}% of pairs"
        lines.append(f'<p class="quiet">{score}</p>')
    if options.sources:
        source = item.name if item.path is None else str(item.path)
        lines.append(f'<p class="quiet">{escape(_printable(source))}</p>')
    return "<figcaption>\n" + "\n".join(lines) + "\n</figcaption>\n" if lines else ""


def _marked(caption: str) -> str:
    """A caption with its slots set off, as HTML."""
    out, rest = [], caption
    while "{" in rest and "}" in rest.partition("{")[2]:
        before, _, rest = rest.partition("{")
        slot, _, rest = rest.partition("}")
        out.append(f'{escape(before)}<span class="slot">{escape(slot)}</span>')
    return "".join(out) + escape(rest)


def _plain(caption: str) -> str:
    return caption.replace("{", "").replace("}", "")


def _printable(path: str) -> str:
    """A path whose bytes need not be text, as text."""
    return path.encode("utf-8", "replace").decode("utf-8")
