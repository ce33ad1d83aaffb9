"""The pictures of one group of the map."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt

from relsim_desktop.itemmodels.pictures import Index, PictureListModel
from relsim_desktop.question import Question


@dataclass(frozen=True, slots=True)
class MapPicture:
    """An image of the library with a file that shows it."""

    image_id: int
    path: Path

    @property
    def question(self) -> Question:
        """As it is asked about."""
        return Question(path=self.path, image_id=self.image_id)


class MapPicturesModel(PictureListModel):
    """Rows are `MapPicture` values."""

    def __init__(self) -> None:
        super().__init__()
        self._pictures: tuple[MapPicture, ...] = ()

    def rowCount(self, parent: Index | None = None) -> int:
        """Number of pictures."""
        return 0 if parent is not None and parent.isValid() else len(self._pictures)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """File name, and the whole path."""
        if not index.isValid():
            return None
        path = self._pictures[index.row()].path
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.AccessibleTextRole:
                return path.name
            case Qt.ItemDataRole.ToolTipRole:
                return str(path)
        return None

    def picture(self, row: int) -> MapPicture:
        """The picture of a row."""
        return self._pictures[row]

    @property
    def pictures(self) -> tuple[MapPicture, ...]:
        """All of them."""
        return self._pictures

    def path(self, row: int) -> Path:
        """The file of a row."""
        return self._pictures[row].path

    def row_of(self, image_id: int) -> int | None:
        """The row of an image, if it is there."""
        rows = (row for row, one in enumerate(self._pictures) if one.image_id == image_id)
        return next(rows, None)

    def replace(self, pictures: Sequence[MapPicture]) -> None:
        """Show other pictures."""
        self.beginResetModel()
        self._pictures = tuple(pictures)
        self.endResetModel()
