"""Verbs that take a board away."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QImage

from relsim_desktop.exporting.options import ExportOptions
from relsim_desktop.jobs import Job, JobRunner, Lane, Task
from relsim_desktop.loading import load

if TYPE_CHECKING:
    from engine.exports.contents import BoardContents, ExportReport
    from engine.service import Engine

_PREVIEWED = 8  # pictures of a board that a preview shows; it must be quick
_PREVIEW_EDGE = 720


def read_contents(jobs: JobRunner, engine: Engine, board_id: int) -> Job:
    """Read a board with captions and scores; succeeds with its `BoardContents`."""

    def work(task: Task) -> BoardContents:
        from engine.exports.contents import read_contents  # brings numpy along

        return read_contents(engine, board_id)

    return jobs.start(work, lane=Lane.QUERY)


def preview(
    jobs: JobRunner, engine: Engine, contents: BoardContents, options: ExportOptions
) -> Job:
    """Draw how the first page would look; succeeds with a small `QImage`."""

    def work(task: Task) -> QImage:
        from relsim_desktop.exporting.drawing import SheetPainter
        from relsim_desktop.exporting.files import draw_image, sheets

        page = sheets(contents, options, _ratios(engine, contents))[0]
        scale = min(1.0, _PREVIEW_EDGE / max(page.size.width(), page.size.height()))
        painter = SheetPainter(_load(engine), task.control.checkpoint)
        return draw_image(page, painter, scale)

    return jobs.start(work, lane=Lane.WORK)


def export(
    jobs: JobRunner, engine: Engine, board_id: int, options: ExportOptions, out: Path
) -> Job:
    """Write a board; succeeds with the `ExportReport`. Cancelled or failed, it leaves nothing.

    Args:
        jobs: Runs the job.
        engine: The library.
        board_id: The board.
        options: What it becomes, and how.
        out: A file, which is replaced; or a folder, which is not there yet.
    """

    def work(task: Task) -> ExportReport:
        from engine.exports.contents import read_contents
        from engine.exports.folder import write_folder
        from engine.exports.page import PageOptions, write_page
        from relsim_desktop.exporting.drawing import SheetPainter
        from relsim_desktop.exporting.files import write_pdf, write_png

        control = task.control
        contents = read_contents(engine, board_id)
        if options.kind == "folder":
            return write_folder(contents, out, control)
        if options.kind == "html":
            shown = PageOptions(options.captions, options.notes, options.scores, options.sources)
            return write_page(contents, out, _thumbnail(engine), shown, control)
        done = 0

        def checkpoint() -> None:
            nonlocal done
            control.checkpoint()
            control.report("Drawing", done, len(contents.items))
            done += 1

        write = write_pdf if options.kind == "pdf" else write_png
        painter = SheetPainter(_load(engine), checkpoint)
        return write(contents, out, options, _ratios(engine, contents), painter)

    return jobs.start(work, lane=Lane.WORK, sampled=True)


def _load(engine: Engine) -> Callable[[Path, int], QImage]:
    return lambda path, edge: load(engine, path, edge)


def _thumbnail(engine: Engine) -> Callable[[Path], bytes]:
    return lambda path: engine.thumbnails.get(path) or engine.thumbnails.make(path)


def _ratios(engine: Engine, contents: BoardContents) -> dict[int, float]:
    """Width over height of the pictures; those that nobody measured are looked at."""
    ids = [item.image_id for item in contents.items]
    traits = engine.store.traits(ids)
    known = {i: one.width / one.height for i, one in traits.items()}
    for item in contents.items:
        if item.image_id not in known and item.path is not None and item.path.is_file():
            data = engine.thumbnails.get(item.path)
            image = QImage.fromData(data) if data is not None else QImage()
            if not image.isNull():
                known[item.image_id] = image.width() / image.height()
    return known
