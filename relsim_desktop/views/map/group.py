"""One group of the map: its pictures, and the way to the groups before and after it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QMenu,
    QStyleOptionViewItem,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from relsim_desktop.itemmodels.map_pictures import MapPicturesModel
from relsim_desktop.itemmodels.pictures import Index
from relsim_desktop.theme import Theme
from relsim_desktop.thumbnails import ThumbnailLoader
from relsim_desktop.translation import tr
from relsim_desktop.views.buttons import icon_button, text_button
from relsim_desktop.views.labels import label
from relsim_desktop.views.slot_text import CaptionLabel
from relsim_desktop.views.tile_painting import NamedTilePainter
from relsim_desktop.views.tile_view import TileView

if TYPE_CHECKING:
    from PySide6.QtCore import QModelIndex

    from relsim_desktop.question import Question

_TILE = 184


class MapGroupPage(QWidget):
    """Shows the pictures of a group; who owns it fills it."""

    back_asked = Signal()
    step_asked = Signal(int)
    """Go to the group before (-1) or after (1)."""

    picked = Signal(object)
    """The `Question` of a picture that was activated."""

    menu_asked = Signal(object, QPoint)
    """Context menu for a list of `Question`, at a global position."""

    export_asked = Signal()

    def __init__(self, theme: Theme, thumbnails: ThumbnailLoader) -> None:
        super().__init__()
        self.pictures = MapPicturesModel()
        self.view = MapPicturesView(theme, thumbnails, self.pictures)
        self.back_button = text_button(
            theme, "back", tr("Map"), tooltip=tr("Back to the map (Escape)")
        )
        self.previous_button = icon_button(
            theme, "previous", tr("Previous group"), tooltip=tr("Previous group (Ctrl+PgUp)")
        )
        self.next_button = icon_button(
            theme, "next", tr("Next group"), tooltip=tr("Next group (Ctrl+PgDown)")
        )
        self.name = CaptionLabel(theme, scale=1.15, max_lines=2)
        self.detail = label(theme, muted=True)
        self.board_button = text_button(
            theme, "board", tr("Add all to board"), tooltip=tr("Put every picture of it on a board")
        )
        self.board_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.export_button = text_button(
            theme,
            "folders",
            tr("Export as groups…"),
            tooltip=tr("Write this group for the trainer"),
        )
        self._lay_out()
        self.back_button.clicked.connect(self.back_asked)
        self.previous_button.clicked.connect(lambda: self.step_asked.emit(-1))
        self.next_button.clicked.connect(lambda: self.step_asked.emit(1))
        self.export_button.clicked.connect(self.export_asked)
        self.view.activated.connect(self._on_activated)
        self.view.customContextMenuRequested.connect(self._on_menu)

    @property
    def chosen(self) -> list[Question]:
        """The selected pictures, in the group's order."""
        return [self.pictures.picture(row).question for row in self.view.selected_rows]

    def show_menu_of_boards(self, menu: QMenu) -> None:
        """Give the button for boards its menu."""
        before = self.board_button.menu()
        self.board_button.setMenu(menu)
        if before is not None:
            before.deleteLater()

    def _lay_out(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self.name)
        words.addWidget(self.detail)
        row = QHBoxLayout()
        row.setContentsMargins(12, 8, 12, 8)
        row.setSpacing(8)
        row.addWidget(self.back_button)
        row.addWidget(self.previous_button)
        row.addWidget(self.next_button)
        row.addSpacing(8)
        row.addLayout(words, 1)
        row.addWidget(self.board_button)
        row.addWidget(self.export_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(row)
        layout.addWidget(self.view, 1)

    def _on_activated(self, index: QModelIndex) -> None:
        self.picked.emit(self.pictures.picture(index.row()).question)

    def _on_menu(self, point: QPoint) -> None:
        if self.chosen:
            self.menu_asked.emit(self.chosen, self.view.viewport().mapToGlobal(point))


class MapPicturesView(TileView):
    """The grid itself; it loads the thumbnails of what is visible."""

    def __init__(self, theme: Theme, thumbnails: ThumbnailLoader, model: MapPicturesModel) -> None:
        self._painter = _Tile(theme, thumbnails, model)
        self._pictures = model
        self._thumbnails = thumbnails
        super().__init__(QSize(_TILE, _TILE), gap=8)
        self.setItemDelegate(self._painter)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setAccessibleName(tr("Pictures of the group"))
        self.setModel(model)
        theme.changed.connect(self.viewport().update)
        thumbnails.loaded.connect(self._on_loaded)
        self.rows_shown.connect(self._want)

    def tile_height(self, width: int) -> int:
        """As the delegate needs it."""
        return self._painter.tile_height(width)

    @property
    def selected_rows(self) -> list[int]:
        """The selected rows, in their order."""
        return sorted(index.row() for index in self.selectedIndexes())

    def _want(self) -> None:
        box = self._painter.picture_box(self.visualRect(self._pictures.index(0)))
        scale = self.devicePixelRatioF()
        rows = self.visible_rows(ahead=0.5)
        self._thumbnails.want(
            self, [self._painter.key(self._pictures.path(row), box, scale) for row in rows]
        )

    def _on_loaded(self, path: object) -> None:
        for row in self.visible_rows():
            if self._pictures.path(row) == path:
                self.viewport().update(self.visualRect(self._pictures.index(row)))


class _Tile(NamedTilePainter):
    """A picture with its file's name."""

    def __init__(self, theme: Theme, thumbnails: ThumbnailLoader, model: MapPicturesModel) -> None:
        super().__init__(theme, thumbnails)
        self._model = model

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one tile."""
        self.draw_ground(painter, option)
        path = self._model.path(index.row())
        self.draw_picture(painter, path, self.picture_box(option.rect))
        self.draw_name(painter, path.name, option.rect)
        self.draw_ring(painter, option)
