"""The collection: every file of the library as a grid of thumbnails."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPoint, QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QSlider, QVBoxLayout, QWidget

from relsim_desktop import phrases
from relsim_desktop.itemmodels.files import FilesModel
from relsim_desktop.settings import THUMBNAIL_SIZES
from relsim_desktop.theme import Theme
from relsim_desktop.thumbnails import ThumbnailLoader
from relsim_desktop.translation import tr
from relsim_desktop.views.labels import label
from relsim_desktop.views.tile_painting import FileTilePainter
from relsim_desktop.views.tile_view import TileView

if TYPE_CHECKING:
    from engine.types import FileEntry

_SETTLE_MS = 180  # how long the arrow keys must rest on a picture before it is asked about


class CollectionView(TileView):
    """The grid itself."""

    def __init__(self, painter: FileTilePainter, size: int) -> None:
        self._painter = painter
        super().__init__(QSize(size, size), gap=4)
        self.setItemDelegate(painter)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setAccessibleName(tr("Collection"))

    def tile_height(self, width: int) -> int:
        """As the delegate needs it."""
        return self._painter.tile_height(width)


class CollectionPanel(QWidget):
    """The grid with its head line: how many pictures there are, and how large they are shown."""

    picked = Signal(object)
    """A `FileEntry` was clicked, or the arrow keys came to rest on it."""

    menu_asked = Signal(object, QPoint)
    """Context menu for a list of `FileEntry`, at a global position."""

    size_changed = Signal(int)

    def __init__(
        self, theme: Theme, thumbnails: ThumbnailLoader, model: FilesModel, *, size: int
    ) -> None:
        super().__init__()
        self.setObjectName("collection")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._thumbnails = thumbnails
        self._model = model
        self._painter = FileTilePainter(theme, thumbnails, model)
        self.view = CollectionView(self._painter, size)
        self.view.setModel(model)
        self._count = label(theme, muted=True)
        self.size_slider = QSlider(Qt.Orientation.Horizontal)
        self.size_slider.setRange(0, len(THUMBNAIL_SIZES) - 1)
        self.size_slider.setPageStep(1)
        self.size_slider.setFixedWidth(96)
        self.size_slider.setAccessibleName(tr("Thumbnail size"))
        self.size_slider.setToolTip(tr("Thumbnail size (Ctrl++ and Ctrl+−)"))
        self.size_slider.setValue(THUMBNAIL_SIZES.index(size))
        self._lay_out(theme)
        self._settling = QTimer(self, singleShot=True, interval=_SETTLE_MS)
        self._wire(theme)
        self.update_count()

    def step_size(self, steps: int) -> None:
        """Make the tiles larger or smaller."""
        self.size_slider.setValue(self.size_slider.value() + steps)

    def show_names(self, shows: bool) -> None:
        """Show file names under the pictures, or not."""
        self._painter.shows_names = shows
        self.view.set_tile(QSize(self.tile_edge, self.tile_edge))

    @property
    def tile_edge(self) -> int:
        """Least width of a tile."""
        return THUMBNAIL_SIZES[self.size_slider.value()]

    @property
    def selected(self) -> list[FileEntry]:
        """The selected files, in the grid's order."""
        return [self._model.entry(row) for row in self.selected_rows]

    @property
    def selected_rows(self) -> list[int]:
        """The rows of `selected`."""
        return sorted(index.row() for index in self.view.selectedIndexes())

    def select(self, row: int) -> None:
        """Make a row the current one without asking about it."""
        index = self._model.index(row)
        self.view.selectionModel().setCurrentIndex(
            index, QItemSelectionModel.SelectionFlag.ClearAndSelect
        )
        self._settling.stop()
        self.view.scrollTo(index)

    def update_count(self) -> None:
        """Show how many pictures there are."""
        self._count.setText(phrases.pictures(self._model.rowCount()))

    def _lay_out(self, theme: Theme) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(16, 10, 16, 6)
        head.setSpacing(10)
        head.addWidget(label(theme, tr("Collection"), scale=1.15, bold=True))
        head.addWidget(self._count)
        head.addStretch()
        head.addWidget(self.size_slider)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addWidget(self.view)

    def _wire(self, theme: Theme) -> None:
        theme.changed.connect(self.view.viewport().update)
        self._thumbnails.loaded.connect(self._on_loaded)
        self._model.content_changed.connect(self._thumbnails.forget)
        self._model.rowsInserted.connect(self.update_count)
        self._model.rowsRemoved.connect(self.update_count)
        self._model.modelReset.connect(self.update_count)
        self.view.rows_shown.connect(self._want)
        self.view.clicked.connect(self._on_clicked)
        self.view.activated.connect(self._on_clicked)
        self.view.selectionModel().currentChanged.connect(lambda *_: self._settling.start())
        self.view.customContextMenuRequested.connect(self._on_menu)
        self._settling.timeout.connect(self._on_settled)
        self.size_slider.valueChanged.connect(self._on_size)

    def _want(self) -> None:
        box = self._painter.picture_box(self.view.visualRect(self._model.index(0)))
        scale = self.view.devicePixelRatioF()
        rows = self.view.visible_rows(ahead=0.5)
        keys = (self._painter.key(self._model.path(row), box, scale) for row in rows)
        self._thumbnails.want(self, keys)

    def _on_loaded(self, path: object) -> None:
        for row in self.view.visible_rows():
            if self._model.path(row) == path:
                self.view.viewport().update(self.view.visualRect(self._model.index(row)))

    def _on_clicked(self, index: QModelIndex) -> None:
        self._settling.stop()
        self.picked.emit(self._model.entry(index.row()))

    def _on_settled(self) -> None:
        if not self.view.isVisible():  # somebody went to another page meanwhile: stay there
            return
        index = self.view.currentIndex()
        if index.isValid() and len(self.view.selectedIndexes()) == 1:
            self.picked.emit(self._model.entry(index.row()))

    def _on_menu(self, point: QPoint) -> None:
        if self.selected:
            self.menu_asked.emit(self.selected, self.view.viewport().mapToGlobal(point))

    def _on_size(self) -> None:
        self.view.set_tile(QSize(self.tile_edge, self.tile_edge))
        self.size_changed.emit(self.tile_edge)
