"""The pictures of one group of the map."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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
    """Rows are images of the map; a `MapPicture` is made when one is asked for."""

    def __init__(self) -> None:
        super().__init__()
        self._ids: list[int] = []
        self._paths: Mapping[int, Path] = {}

    def rowCount(self, parent: Index | None = None) -> int:
        """Number of pictures."""
        return 0 if parent is not None and parent.isValid() else len(self._ids)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """File name, and the whole path."""
        if not index.isValid():
            return None
        path = self.path(index.row())
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.AccessibleTextRole:
                return path.name
            case Qt.ItemDataRole.ToolTipRole:
                return str(path)
        return None

    def picture(self, row: int) -> MapPicture:
        """The picture of a row."""
        return MapPicture(self._ids[row], self.path(row))

    def path(self, row: int) -> Path:
        """The file of a row."""
        return self._paths[self._ids[row]]

    def row_of(self, image_id: int) -> int | None:
        """The row of an image, if it is there."""
        return self._ids.index(image_id) if image_id in self._ids else None

    def replace(self, image_ids: Sequence[int], paths: Mapping[int, Path]) -> None:
        """Show other pictures.

        Args:
            image_ids: Of the pictures; those without a file are left out.
            paths: A file of each.
        """
        self.beginResetModel()
        self._paths = paths
        self._ids = [image_id for image_id in image_ids if image_id in paths]
        self.endResetModel()
