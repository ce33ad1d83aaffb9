"""The results as a picture like the paper's figure 8: one bar a baseline, in three parts."""

from __future__ import annotations

import math
from html import escape

from engine.estimates import Estimate
from engine.study.results import BaselineResult, Results, Shares

_WIDTH, _LEFT, _RIGHT = 860, 190, 30  # of the drawing, and beside its bars
_BAR, _THIN, _ROW = 30, 12, 84  # heights of a bar, of the paper's, and of a baseline
_TOP, _BOTTOM = 96, 70
_NARROW = 7.0  # percent below which a part has no room for its figure

_OF_PAPER = "Thin bars: the paper's relsim (7B) against that method, other pictures and people."

_STYLE = """
.page { fill: #ffffff; } text { fill: #1c1c1e; font: 14px system-ui, sans-serif; }
.head { font-size: 18px; font-weight: 600; } .quiet { fill: #55565a; font-size: 12px; }
.win { fill: #1b5fa8; } .tie { fill: #c9ccd1; } .loss { fill: #a85400; }
.on { fill: #ffffff; font-weight: 600; } .dark { fill: #1c1c1e; font-weight: 600; }
.whisker { stroke: #1c1c1e; stroke-width: 1.5; } .half { stroke: #8a8c91; stroke-dasharray: 3 3; }
"""


def chart_svg(results: Results) -> str:
    """Stacked bars: the method under test, no difference, the baseline.

    The whisker is the 95 % interval of the wins. Below a bar stands what the paper found for its
    relsim against that baseline, where it asked. Colours are told apart without seeing red or
    green, and every figure stands in words, too.

    Returns:
        An SVG document, white behind, with no reference to anything outside.
    """
    height = _TOP + _ROW * len(results.baselines) + _BOTTOM
    title = f"{results.title}: {results.tested.title} against others"
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_WIDTH}" height="{height}"'
        f' viewBox="0 0 {_WIDTH} {height}" role="img" aria-labelledby="t d">',
        f'<title id="t">{_text(title)}</title>',
        f'<desc id="d">{_text(" ".join(map(_sentence, results.baselines)))}</desc>',
        f"<style>{_STYLE}</style>",
        f'<rect class="page" width="{_WIDTH}" height="{height}"/>',
        f'<text class="head" x="24" y="36">{_text(_short(title, 80))}</text>',
        *_legend(_short(results.tested.title, 30)),
    ]
    for number, found in enumerate(results.baselines):
        parts += _row(found, _TOP + _ROW * number)
    middle = _x(50.0)
    below = _TOP + _ROW * len(results.baselines)
    parts += [
        f'<line class="half" x1="{middle:.1f}" y1="{_TOP - 6}" x2="{middle:.1f}" y2="{below}"/>',
        f'<text class="quiet" x="24" y="{below + 24}">{_text(_footnote(results))}</text>',
    ]
    if any(found.paper for found in results.baselines):
        parts.append(f'<text class="quiet" x="24" y="{below + 44}">{_OF_PAPER}</text>')
    parts.append("</svg>")
    return "\n".join(parts) + "\n"


def _legend(tested: str) -> list[str]:
    words = (("win", f"{tested} is better"), ("tie", "the same"), ("loss", "the other is better"))
    parts, x = [], float(_LEFT)
    for name, word in words:
        parts.append(f'<rect class="{name}" x="{x:.0f}" y="58" width="14" height="14" rx="3"/>')
        parts.append(f'<text x="{x + 20:.0f}" y="70">{_text(word)}</text>')
        x += 50 + 7.5 * len(word)
    return parts


def _row(found: BaselineResult, y: int) -> list[str]:
    parts = [
        f'<text x="{_LEFT - 14}" y="{y + 20}" text-anchor="end">'
        f"{_text(_short(found.baseline.title, 24))}</text>",
        f'<text class="quiet" x="{_LEFT - 14}" y="{y + 38}" text-anchor="end">'
        f"{_answers(found.answers)}, {found.identical:,} identical</text>",
    ]
    if found.win and found.tie and found.loss:
        shares = Shares(*(100 * one.value for one in (found.win, found.tie, found.loss)))
        parts += _bar(shares, y, _BAR, with_figures=True)
        parts += _whisker(found.win, y)
    else:
        parts.append(f'<text class="quiet" x="{_LEFT}" y="{y + 20}">no answers yet</text>')
    if found.paper:
        parts += _bar(found.paper, y + _BAR + 8, _THIN, with_figures=False)
        words = " : ".join(f"{share:.1f}" for share in found.paper)
        parts.append(f'<text class="quiet" x="{_LEFT}" y="{y + _BAR + 34}">paper: {words} %</text>')
    return parts


def _bar(shares: Shares, y: int, height: int, *, with_figures: bool) -> list[str]:
    parts, begin = [], 0.0
    scale = 100 / sum(shares)  # the paper's are rounded
    for name, ink, share in zip(("win", "tie", "loss"), ("on", "dark", "on"), shares, strict=True):
        width = share * scale
        parts.append(
            f'<rect class="{name}" x="{_x(begin):.1f}" y="{y}" height="{height}"'
            f' width="{_x(width) - _x(0.0):.1f}"/>'
        )
        if with_figures and share >= _NARROW:
            middle = _x(begin + width / 2)
            parts.append(
                f'<text class="{ink}" x="{middle:.1f}" y="{y + 20}" text-anchor="middle">'
                f"{share:.1f}</text>"
            )
        begin += width
    return parts


def _whisker(win: Estimate, y: int) -> list[str]:
    if win.low is None or win.high is None:
        return []
    low, high = _x(100 * win.low), _x(100 * win.high)
    middle = y + _BAR + 3
    lines = (low, middle, high, middle), (low, y + _BAR, low, y + _BAR + 6)
    return [
        f'<line class="whisker" x1="{x1:.1f}" y1="{y1}" x2="{x2:.1f}" y2="{y2}"/>'
        for x1, y1, x2, y2 in (*lines, (high, y + _BAR, high, y + _BAR + 6))
    ]


def _sentence(found: BaselineResult) -> str:
    name = found.baseline.title
    if not (found.win and found.tie and found.loss):
        return f"Against {name}: no answers yet."
    win, tie, loss = (f"{one.value:.1%}" for one in (found.win, found.tie, found.loss))
    return f"Against {name}: better {win}, the same {tie}, worse {loss}."


def _footnote(results: Results) -> str:
    people = len(results.people)
    who = "1 person" if people == 1 else f"{people:,} people"
    kappa = results.agreement.kappa
    agreed = "" if math.isnan(kappa) else f" Fleiss' kappa {kappa:.2f}."
    return f"{_answers(results.answers)} of {who}. Whisker: 95 % interval of the wins.{agreed}"


def _answers(number: int) -> str:
    return "1 answer" if number == 1 else f"{number:,} answers"


def _short(words: str, most: int) -> str:
    return words if len(words) <= most else words[: most - 1].rstrip() + "…"


def _x(percent: float) -> float:
    return _LEFT + (_WIDTH - _LEFT - _RIGHT) * percent / 100


def _text(words: str) -> str:
    """A text inside SVG; what XML cannot hold is left out."""
    return escape("".join(c for c in words if c.isprintable()))
