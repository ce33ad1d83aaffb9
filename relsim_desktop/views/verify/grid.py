"""The pictures of a group, each as large as all of them allow."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QWidget

from relsim_desktop.question import Question
from relsim_desktop.theme import Theme
from relsim_desktop.thumbnails import ThumbnailLoader
from relsim_desktop.translation import tr
from relsim_desktop.views.picture_box import PictureBox, picture_key

GAP: Final = 12
_RATIOS: Final = (4 / 3, 1.0, 3 / 4)  # of pictures that a cell should suit
_WIDEST: Final = 4 / 3  # width to height of a cell at most; the rest stays empty around them all
_HIGHEST: Final = 1.25
_BADGE: Final = 22
_INSET: Final = 8


def arranged(count: int, width: int, height: int) -> list[QRect]:
    """Places for pictures: in rows, the last one centred, in the middle of the whole.

    Args:
        count: How many pictures.
        width: Of the whole, in pixels.
        height: Of the whole, in pixels.
    """
    if count == 0:
        return []
    columns = max(
        range(1, count + 1), key=lambda columns: _suits(*_cell(count, columns, width, height))
    )
    cell_width, cell_height = _cell(count, columns, width, height)
    cell_width, cell_height = (
        max(1, min(cell_width, round(cell_height * _WIDEST))),
        max(1, min(cell_height, round(cell_width * _HIGHEST))),
    )
    rows = -(-count // columns)
    top = (height - rows * cell_height - (rows - 1) * GAP) // 2
    places = []
    for row in range(rows):
        here = min(columns, count - row * columns)
        left = (width - here * cell_width - (here - 1) * GAP) // 2
        for column in range(here):
            x, y = left + column * (cell_width + GAP), top + row * (cell_height + GAP)
            places.append(QRect(x, y, cell_width, cell_height))
    return places


def _cell(count: int, columns: int, width: int, height: int) -> tuple[int, int]:
    rows = -(-count // columns)
    return (width - (columns - 1) * GAP) // columns, (height - (rows - 1) * GAP) // rows


def _suits(width: int, height: int) -> float:
    """How much area pictures of usual shapes get in a cell."""
    if min(width, height) <= 0:
        return min(width, height)
    return sum(min(width, height * ratio) ** 2 / ratio for ratio in _RATIOS)


class GroupGrid(QWidget):
    """Shows the pictures of one group and loads those of the next meanwhile."""

    chosen = Signal()
    """Another picture has the focus, or none any more."""

    def __init__(self, theme: Theme, thumbnails: ThumbnailLoader) -> None:
        super().__init__()
        self.setMinimumSize(320, 160)
        self._theme = theme
        self._thumbnails = thumbnails
        self._next: Sequence[Path] = ()
        self.pictures: list[GroupPicture] = []

    @property
    def current(self) -> int | None:
        """The place of the picture that has the focus."""
        places = (i for i, picture in enumerate(self.pictures) if picture.hasFocus())
        return next(places, None)

    def show_images(self, images: Sequence[Path], then: Sequence[Path]) -> None:
        """Show files.

        Args:
            images: The files.
            then: What will probably be shown next.
        """
        self._next = then
        # What could not be read before may be there now.
        again = [path for path in images if self._thumbnails.why_unreadable(path) is not None]
        if again:
            self._thumbnails.forget(again)
        while len(self.pictures) < len(images):
            picture = GroupPicture(self._theme, self._thumbnails, self)
            picture.chosen.connect(self.chosen)
            self.pictures.append(picture)
        while len(self.pictures) > len(images):
            picture = self.pictures.pop()
            picture.show_question(None)
            picture.hide()
            picture.deleteLater()
        for number, (picture, path) in enumerate(zip(self.pictures, images, strict=True), start=1):
            picture.show_image(path, number, len(images))
            picture.show()
        self._arrange()

    def choose(self, at: int) -> bool:
        """Give a picture the focus; whether there is one at that place."""
        if at >= len(self.pictures):
            return False
        self.pictures[at].setFocus(Qt.FocusReason.ShortcutFocusReason)
        return True

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Make the best of the new size."""
        self._arrange()

    def _arrange(self) -> None:
        places = arranged(len(self.pictures), self.width(), self.height())
        for picture, place in zip(self.pictures, places, strict=True):
            picture.setGeometry(place)
        places = arranged(len(self._next), self.width(), self.height())
        scale = self.devicePixelRatioF()
        keys = [
            picture_key(path, place.size(), scale)
            for path, place in zip(self._next, places, strict=True)
        ]
        self._thumbnails.want(self, keys)


class GroupPicture(PictureBox):
    """One picture with its number, or why it cannot be shown."""

    chosen = Signal()

    def __init__(self, theme: Theme, thumbnails: ThumbnailLoader, parent: QWidget) -> None:
        super().__init__(theme, thumbnails, least=QSize(1, 1), framed=True)
        self.setParent(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._colors_of = theme
        self._loader = thumbnails
        self._number = 0
        self._of = 0
        thumbnails.loaded.connect(self._on_known)

    @property
    def problem(self) -> str:
        """Why the picture cannot be shown; empty while nothing is known against it."""
        path = self.question.path if self.question is not None else None
        return (self._loader.why_unreadable(path) or "") if path is not None else ""

    def show_image(self, path: Path, number: int, of: int) -> None:
        """Show a file.

        Args:
            path: The file.
            number: Its place in the group, from 1.
            of: How many there are.
        """
        self._number, self._of = number, of
        self.show_question(Question(path=path))
        self.setToolTip(str(path))
        self._name()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show that the picture is chosen."""
        super().focusInEvent(event)
        self.update()
        self.chosen.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show that it is not any more."""
        super().focusOutEvent(event)
        self.update()
        self.chosen.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint number, reason and focus over the picture."""
        super().paintEvent(event)
        colors = self._colors_of.colors
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.problem:
            self._paint_problem(painter)
        badge = QRectF(_INSET, _INSET, _BADGE, _BADGE)
        painter.setPen(QPen(colors.accent if self.hasFocus() else colors.border, 1))
        painter.setBrush(colors.accent if self.hasFocus() else colors.card)
        painter.drawRoundedRect(badge, 6, 6)
        painter.setPen(colors.on_accent if self.hasFocus() else colors.muted)
        painter.setFont(self._colors_of.font(0.85, bold=True))
        painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, str(self._number))
        if self.hasFocus():
            painter.setPen(QPen(colors.accent, 3))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1.5, 1.5, -1.5, -1.5), 11, 11)
        painter.end()

    def _paint_problem(self, painter: QPainter) -> None:
        colors, path = self._colors_of.colors, self.question.path if self.question else None
        assert path is not None
        below = QRectF(self.rect()).adjusted(12, 0, -12, -8)
        below.setTop(self.rect().center().y() + 26)
        painter.setFont(self._colors_of.font(0.9))
        metrics = painter.fontMetrics()
        name = metrics.elidedText(path.name, Qt.TextElideMode.ElideMiddle, int(below.width()))
        flags = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop
        painter.setPen(colors.text)
        painter.drawText(below, flags, name)
        below.adjust(0, metrics.height(), 0, 0)
        painter.setPen(colors.danger)
        painter.drawText(below, flags | Qt.TextFlag.TextWordWrap, self.problem)

    def _on_known(self, path: object) -> None:
        if self.question is not None and self.question.path == path:
            self._name()

    def _name(self) -> None:
        path = self.question.path if self.question is not None else None
        name = tr("Picture {number} of {all}: {name}").format(
            number=self._number, all=self._of, name=path.name if path is not None else ""
        )
        self.setAccessibleName(f"{name}, {self.problem}" if self.problem else name)
