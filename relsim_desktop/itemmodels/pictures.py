"""What the models of pictures share: each row is one file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from relsim_desktop.picture_data import PictureData

Index = QModelIndex | QPersistentModelIndex


class PictureListModel(QAbstractListModel):
    """Rows that can be dragged out as files. Subclasses say what a row's path is."""

    def path(self, row: int) -> Path:
        """The file that a row shows."""
        raise NotImplementedError

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Rows can be selected and dragged, never edited or dropped on."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        item = Qt.ItemFlag
        return (
            item.ItemIsEnabled
            | item.ItemIsSelectable
            | item.ItemIsDragEnabled
            | item.ItemNeverHasChildren
        )

    def mimeTypes(self) -> list[str]:
        """Files."""
        return ["text/uri-list"]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> PictureData:
        """The dragged rows as file URLs."""
        return PictureData([self.path(index.row()) for index in indexes])

    def supportedDragActions(self) -> Qt.DropAction:
        """Dragging never moves a file."""
        return Qt.DropAction.CopyAction
