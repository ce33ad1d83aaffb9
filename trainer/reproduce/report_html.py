"""The little HTML that the report is made of: tables, pictures and plots inside one file."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterable, Sequence
from html import escape
from pathlib import Path
from typing import Final

_STYLE: Final = """
:root { color-scheme: light dark; --line: #8885; --quiet: #666; --good: #1e7a46; --bad: #b3401f;
  --slot: #a8480f; --soft: #8881; }
@media (prefers-color-scheme: dark) {
  :root { --quiet: #aaa; --good: #6fd39b; --bad: #ff9d7a; --slot: #ff9d66; } }
body { font: 15px/1.5 system-ui, sans-serif; margin: 0 auto; max-width: 1120px;
  padding: 32px 20px; }
h1 { font-size: 1.7em; line-height: 1.25; margin: 0 0 8px; }
h2 { border-top: 1px solid var(--line); font-size: 1.25em; margin: 40px 0 10px; padding-top: 20px; }
h3 { font-size: 1em; margin: 24px 0 6px; }
p, li, dd { max-width: 78ch; }
.lead { font-size: 1.1em; }
.quiet { color: var(--quiet); }
.note { color: var(--quiet); display: block; font-size: 0.85em; max-width: 40ch; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; margin: 12px 0; }
th, td { border-bottom: 1px solid var(--line); padding: 6px 12px 6px 0; text-align: left;
  vertical-align: top; }
th { font-size: 0.85em; font-weight: 600; }
td.number, th.number { text-align: right; white-space: nowrap; }
tr.tested td { background: var(--soft); font-weight: 600; }
tr.apart td { color: var(--quiet); }
.plot { background: #fff; border: 1px solid var(--line); border-radius: 10px; margin: 12px 0;
  padding: 8px; }
.plot svg { display: block; height: auto; max-width: 100%; }
dt { font-weight: 600; margin-top: 10px; }
dd { margin: 0; }
.query { border: 1px solid var(--line); border-radius: 12px; margin: 14px 0; padding: 14px; }
.strip { display: flex; flex-wrap: wrap; gap: 10px; }
figure { margin: 0; width: 124px; }
figure img { background: #fff; border: 3px solid var(--line); border-radius: 8px; width: 112px; }
figure.same img { border-color: var(--good); }
figure.other img { border-color: var(--bad); }
figcaption { font-size: 0.75em; line-height: 1.3; overflow-wrap: anywhere; }
.slot { color: var(--slot); font-weight: 600; }
code { font-size: 0.85em; overflow-wrap: anywhere; }
"""
_SLOT: Final = re.compile(r"\{([^{}]*)\}")


def page(title: str, sections: Iterable[str]) -> str:
    """A whole HTML file.

    Args:
        title: Plain text.
        sections: HTML each.
    """
    body = "\n".join(sections)
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>{_STYLE}</style>\n</head>\n"
        f"<body>\n<h1>{escape(title)}</h1>\n{body}\n</body>\n</html>\n"
    )


def paragraph(text: str, kind: str = "") -> str:
    """A paragraph of plain text."""
    return f'<p class="{kind}">{escape(text)}</p>' if kind else f"<p>{escape(text)}</p>"


def bullets(items: Iterable[str]) -> str:
    """A list of plain texts."""
    return "<ul>" + "".join(f"<li>{escape(item)}</li>" for item in items) + "</ul>"


def terms(entries: Iterable[tuple[str, str]]) -> str:
    """A list of words and what each means, plain text."""
    rows = (f"<dt>{escape(word)}</dt><dd>{escape(text)}</dd>" for word, text in entries)
    return "<dl>" + "".join(rows) + "</dl>"


def table(
    titles: Sequence[str],
    rows: Iterable[tuple[str, Sequence[str]]],
    *,
    words: Sequence[int] = (0,),
) -> str:
    """A table.

    Args:
        titles: Of the columns, plain text.
        rows: A class of the row ("" for none), and a cell of HTML for each column.
        words: Columns that hold words; the others hold numbers, on the right.
    """
    kinds = ["" if number in words else ' class="number"' for number in range(len(titles))]
    head = "".join(
        f'<th scope="col"{kind}>{escape(title)}</th>'
        for kind, title in zip(kinds, titles, strict=True)
    )
    lines = []
    for name, cells in rows:
        inside = "".join(f"<td{kind}>{cell}</td>" for kind, cell in zip(kinds, cells, strict=True))
        lines.append(f'<tr class="{name}">{inside}</tr>' if name else f"<tr>{inside}</tr>")
    body = "\n".join(lines)
    return f'<div class="wide"><table><thead><tr>{head}</tr></thead>\n{body}</table></div>'


def plot(svg: str, alternative: str) -> str:
    """A plot, which stands on white in dark mode too."""
    return (
        f'<div class="plot" role="img" aria-label="{escape(alternative, quote=True)}">{svg}</div>'
    )


def picture(path: Path, alternative: str, below: str, kind: str = "") -> str:
    """A picture inside the page, or its name where the file is gone.

    Args:
        path: A PNG.
        alternative: What it shows, plain text.
        below: HTML.
        kind: Class of the figure.
    """
    try:
        data = b64encode(path.read_bytes()).decode("ascii")
        image = f'<img src="data:image/png;base64,{data}" alt="{escape(alternative, quote=True)}">'
    except OSError:
        image = paragraph(f"{path.name} is not there any more", "quiet")
    return f'<figure class="{kind}">{image}<figcaption>{below}</figcaption></figure>'


def marked(caption: str) -> str:
    """A caption with its slots set off, as HTML."""
    out, end = [], 0
    for match in _SLOT.finditer(caption):
        out += [escape(caption[end : match.start()])]
        out += [f'<span class="slot">{escape(match[1])}</span>']
        end = match.end()
    return "".join(out) + escape(caption[end:])
