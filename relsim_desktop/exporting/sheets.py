"""Where everything stands on a sheet: a contact sheet in pages, or a canvas as it is arranged."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSizeF, Qt
from PySide6.QtGui import QFont, QFontMetricsF

from relsim_desktop import phrases
from relsim_desktop.arranging import Shape, around, lay_out
from relsim_desktop.exporting.options import ExportOptions
from relsim_desktop.translation import tr

if TYPE_CHECKING:
    from engine.exports.contents import BoardContents, BoardItem

MARGIN = 32.0
GAP = 20.0
_PICTURE = 220.0  # width of a cell of a contact sheet, and the height of its picture
_SHEET = 1200.0  # width of a contact sheet that is one picture
_LINE = 4.0


@dataclass(frozen=True, slots=True)
class Words:
    """A text and where it stands.

    Attributes:
        text: May hold slots if it is a caption.
        box: In units of the sheet.
        font: Its size is in units of the sheet.
        is_caption: Whether slots are set off.
        is_quiet: Whether it is less important.
    """

    text: str
    box: QRectF
    font: QFont
    is_caption: bool = False
    is_quiet: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """A picture with what stands below it."""

    item: BoardItem
    box: QRectF
    words: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page.

    Attributes:
        size: In units; a unit is a pixel at scale 1, or 1/96 inch on paper.
        words: Those of the page itself.
        cells: The pictures, the one on top last.
        overlaps: Whether pictures may lie over what is said of others.
    """

    size: QSizeF
    words: tuple[Words, ...]
    cells: tuple[Cell, ...]
    overlaps: bool = False


def font(size: float, *, bold: bool = False) -> QFont:
    """The font of the program at a size in units."""
    made = QFont()
    made.setPixelSize(round(size))
    made.setBold(bold)
    return made


def contact_sheets(
    contents: BoardContents, options: ExportOptions, page: QSizeF | None = None
) -> list[Sheet]:
    """Pictures in the board's order, in cells of one size.

    Args:
        contents: The board.
        options: What stands below the pictures.
        page: Size of a page; None for a single one that is as high as it must be.
    """
    width = _SHEET if page is None else page.width()
    columns = max(1, round((width - 2 * MARGIN + GAP) / (_PICTURE + GAP)))
    cell = (width - 2 * MARGIN - GAP * (columns - 1)) / columns
    sheets: list[Sheet] = []
    cells: list[Cell] = []
    heading = _heading(contents, options, width)
    top = _below(heading) if heading else MARGIN
    for start in range(0, len(contents.items), columns):
        row = contents.items[start : start + columns]
        made = [
            _cell(item, MARGIN + number * (cell + GAP), top, cell, options)
            for number, item in enumerate(row)
        ]
        bottom = max(_bottom(one) for one in made)
        if page is not None and bottom > page.height() - MARGIN and cells:
            sheets.append(Sheet(page, heading if not sheets else (), tuple(cells)))
            down = MARGIN - top
            made, cells, bottom = [_moved(one, down) for one in made], [], bottom + down
        cells += made
        top = bottom + GAP
    size = page or QSizeF(width, max(top - GAP + MARGIN, _below(heading) if heading else 0))
    sheets.append(Sheet(size, heading if not sheets else (), tuple(cells)))
    return sheets


def canvas_sheet(
    contents: BoardContents, options: ExportOptions, ratios: dict[int, float]
) -> Sheet:
    """Pictures as they lie on the canvas.

    Args:
        contents: The board.
        options: What stands below the pictures.
        ratios: Width over height of the pictures, by image; 1 where it is not known.
    """
    shapes = [
        Shape(item.image_id, ratios.get(item.image_id, 1.0), bool(item.note))
        for item in contents.items
    ]
    places = {item.image_id: item.place for item in contents.items if item.place is not None}
    boxes = lay_out(shapes, places)
    if not boxes:
        return contact_sheets(contents, options)[0]
    taken = around(boxes.values())
    heading = _heading(contents, options, max(taken.width + 2 * MARGIN, 480))
    top = _below(heading) if heading else MARGIN
    cells = []
    for item in contents.items:
        box = boxes[item.image_id].moved(MARGIN - taken.x, top - taken.y)
        words = _words(item, box.x, box.bottom + _LINE, box.width, options)
        cells.append(Cell(item, QRectF(*box), words))
    bottom = max(_bottom(cell) for cell in cells)
    size = QSizeF(max(taken.width + 2 * MARGIN, 480), bottom + MARGIN)
    return Sheet(size, heading, tuple(cells), overlaps=True)


def _heading(contents: BoardContents, options: ExportOptions, width: float) -> tuple[Words, ...]:
    inner = width - 2 * MARGIN
    title = _flow(contents.name, font(26, bold=True), MARGIN, MARGIN, inner, caption=True)
    if not options.notes or not contents.note:
        return (title,)
    return title, _flow(contents.note, font(15), MARGIN, title.box.bottom() + 8, inner)


def _below(words: Sequence[Words]) -> float:
    return max(one.box.bottom() for one in words) + 24


def _cell(item: BoardItem, left: float, top: float, width: float, options: ExportOptions) -> Cell:
    box = QRectF(left, top, width, width * 0.75)
    return Cell(item, box, _words(item, left, box.bottom() + 8, width, options))


def _words(
    item: BoardItem, left: float, top: float, width: float, options: ExportOptions
) -> tuple[Words, ...]:
    made: list[Words] = []

    def add(text: str, size: float, *, caption: bool = False, quiet: bool = False) -> None:
        at = made[-1].box.bottom() + _LINE if made else top
        made.append(_flow(text, font(size), left, at, width, caption=caption, quiet=quiet))

    if options.captions and item.caption:
        add(item.caption, 14, caption=True)
    if options.notes and item.note:
        add(item.note, 13)
    if options.scores and not math.isnan(item.relational):
        said = tr("Relation {score}").replace("{score}", phrases.score(item.relational))
        if not math.isnan(item.percentile):
            share = tr("above {share} % of pairs").replace("{share}", f"{item.percentile:.0f}")
            said = f"{said} · {share}"
        add(said, 12, quiet=True)
    if options.sources:
        add(item.name, 12, quiet=True)
    return tuple(made)


def _flow(
    text: str,
    style: QFont,
    left: float,
    top: float,
    width: float,
    *,
    caption: bool = False,
    quiet: bool = False,
) -> Words:
    """A text that is broken where it does not fit into a width."""
    plain = text.replace("{", "").replace("}", "") if caption else text
    flags = Qt.TextFlag.TextWordWrap.value | Qt.TextFlag.TextWrapAnywhere.value
    room = QFontMetricsF(style).boundingRect(QRectF(0, 0, width, 10_000), flags, plain)
    return Words(
        text, QRectF(left, top, width, math.ceil(room.height()) + 2), style, caption, quiet
    )


def _bottom(cell: Cell) -> float:
    return max([cell.box.bottom(), *(words.box.bottom() for words in cell.words)])


def _moved(cell: Cell, down: float) -> Cell:
    return Cell(
        cell.item,
        cell.box.translated(0, down),
        tuple(
            Words(w.text, w.box.translated(0, down), w.font, w.is_caption, w.is_quiet)
            for w in cell.words
        ),
    )
