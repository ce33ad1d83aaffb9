"""Boards as PNG and PDF files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMarginsF, QSizeF
from PySide6.QtGui import QImage, QImageWriter, QPageLayout, QPageSize, QPainter, QPdfWriter

from engine.errors import KnownError
from relsim_desktop.exporting.drawing import PAPER, SheetPainter
from relsim_desktop.exporting.options import ExportOptions
from relsim_desktop.exporting.sheets import Sheet, canvas_sheet, contact_sheets
from relsim_desktop.translation import number, tr

if TYPE_CHECKING:
    from engine.exports.contents import BoardContents, ExportReport

_UNITS_PER_INCH = 96.0
_MOST_PIXELS = 200_000_000  # an image of that size takes 800 MB
_PRINTED = 200.0 / _UNITS_PER_INCH  # pixels of a unit on paper

Ratios = dict[int, float]


def sheets(contents: BoardContents, options: ExportOptions, ratios: Ratios) -> list[Sheet]:
    """What a board looks like on paper or as a picture."""
    if options.layout == "canvas":
        return [canvas_sheet(contents, options, ratios)]
    if options.kind == "pdf":
        return contact_sheets(contents, options, page_size(options))
    return contact_sheets(contents, options)


def page_size(options: ExportOptions) -> QSizeF:
    """Size of the paper in units."""
    size = _paper(options).size(QPageSize.Unit.Inch) * _UNITS_PER_INCH
    return size.transposed() if options.is_landscape else size


def draw_image(sheet: Sheet, painter: SheetPainter, scale: float) -> QImage:
    """Draw a sheet as an image.

    Args:
        sheet: What stands where.
        painter: Draws it.
        scale: Pixels of a unit.

    Raises:
        KnownError: If the image would be too large.
        Cancelled: If the painter was told to stop.
    """
    size = (sheet.size * scale).toSize()
    if size.width() * size.height() > _MOST_PIXELS:
        said = tr(
            "A picture of {width} x {height} pixels is too large: choose a smaller scale, or PDF"
        )
        raise KnownError(said.format(width=number(size.width()), height=number(size.height())))
    image = QImage(size, QImage.Format.Format_RGB32)
    if image.isNull():
        raise KnownError(tr("There is not enough memory for this picture: choose a smaller scale"))
    image.fill(PAPER)
    brush = QPainter(image)
    try:
        brush.scale(scale, scale)
        painter.draw(brush, sheet, scale)
    finally:
        brush.end()
    return image


def write_png(
    contents: BoardContents,
    out: Path,
    options: ExportOptions,
    ratios: Ratios,
    painter: SheetPainter,
) -> ExportReport:
    """Write a board as one picture; a file that is there is replaced.

    Raises:
        KnownError: If it is too large, or cannot be written.
        Cancelled: If the painter was told to stop; then nothing is written.
    """
    from engine.exports.atomic import new_file

    (sheet,) = sheets(contents, options, ratios)
    image = draw_image(sheet, painter, options.scale)
    with new_file(out) as partial:
        if not QImageWriter(str(partial), b"png").write(image):
            raise KnownError(_unwritable(out))
    return _report(contents, out, painter)


def write_pdf(
    contents: BoardContents,
    out: Path,
    options: ExportOptions,
    ratios: Ratios,
    painter: SheetPainter,
) -> ExportReport:
    """Write a board as a document whose text is text; a file that is there is replaced.

    A canvas is one page of its own size; a contact sheet has as many as it needs.

    Raises:
        KnownError: If it cannot be written.
        Cancelled: If the painter was told to stop; then nothing is written.
    """
    from engine.exports.atomic import new_file

    pages = sheets(contents, options, ratios)
    with new_file(out) as partial:
        writer = QPdfWriter(str(partial))
        writer.setTitle(contents.name.replace("{", "").replace("}", ""))
        writer.setCreator("Relsim Desktop")
        writer.setResolution(1200)
        writer.setPageMargins(QMarginsF())
        _set_page(writer, pages[0], options)
        brush = QPainter(writer)
        if not brush.isActive():
            raise KnownError(_unwritable(out))
        try:
            scale = writer.logicalDpiX() / _UNITS_PER_INCH
            brush.scale(scale, scale)
            for number, page in enumerate(pages):
                if number:
                    writer.newPage()
                painter.draw(brush, page, _PRINTED)
        finally:
            brush.end()
        del brush, writer
        _require_whole(partial, out)
    return _report(contents, out, painter)


def _require_whole(pdf: Path, out: Path) -> None:
    """Qt says nothing when the disk is full; a PDF that was written to its end says so itself."""
    size = pdf.stat().st_size
    with pdf.open("rb") as file:
        file.seek(max(0, size - 32))
        if b"%%EOF" not in file.read():
            raise KnownError(_unwritable(out))


def _set_page(writer: QPdfWriter, sheet: Sheet, options: ExportOptions) -> None:
    if options.layout == "canvas":
        inches = sheet.size / _UNITS_PER_INCH
        exact = QPageSize.SizeMatchPolicy.ExactMatch
        writer.setPageSize(QPageSize(inches, QPageSize.Unit.Inch, "", exact))
        return
    ways = QPageLayout.Orientation
    writer.setPageSize(_paper(options))
    writer.setPageOrientation(ways.Landscape if options.is_landscape else ways.Portrait)


def _unwritable(out: Path) -> str:
    said = tr("{file} cannot be written. Make room or choose another place")
    return said.replace("{file}", str(out))


def _paper(options: ExportOptions) -> QPageSize:
    sizes = {
        "A4": QPageSize.PageSizeId.A4,
        "A3": QPageSize.PageSizeId.A3,
        "Letter": QPageSize.PageSizeId.Letter,
        "Tabloid": QPageSize.PageSizeId.Tabloid,
    }
    return QPageSize(sizes[options.page])


def _report(contents: BoardContents, out: Path, painter: SheetPainter) -> ExportReport:
    from engine.exports.contents import ExportReport

    missing = tuple(painter.missing.values())
    return ExportReport(out, len(contents.items) - len(missing), missing)
