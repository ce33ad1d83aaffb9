"""The page of a picture's similarity space: as a plane, or as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QPointF,
    QSize,
    QSortFilterProxyModel,
    Qt,
    Signal,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QButtonGroup,
    QCheckBox,
    QHBoxLayout,
    QHeaderView,
    QStackedWidget,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from relsim_desktop import model_phrases
from relsim_desktop.itemmodels.space import SORT_ROLE, SpaceModel
from relsim_desktop.jobs import Trouble
from relsim_desktop.presenters.spaces import Spaces
from relsim_desktop.question import Question
from relsim_desktop.translation import number, tr
from relsim_desktop.views.buttons import icon_button, text_button
from relsim_desktop.views.labels import ElidedLabel, MessagePage
from relsim_desktop.views.picture_box import PictureBox
from relsim_desktop.views.space.actions import SpaceActions
from relsim_desktop.views.space.canvas import ZOOM_STEP, SpaceCanvas, Tool
from relsim_desktop.views.window.feature import Host

if TYPE_CHECKING:
    from engine.understanding.similarity_space import Space

_PICTURE: Final = QSize(56, 56)


class SpacePage(QWidget):
    """Shows `Spaces`."""

    back_asked = Signal()

    def __init__(self, host: Host, spaces: Spaces) -> None:
        super().__init__()
        self.setObjectName("spacePage")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._host = host
        self._spaces = spaces
        theme, thumbnails = host.theme, host.workspace.thumbnails
        self.model = SpaceModel()
        self.canvas = SpaceCanvas(theme, thumbnails)
        self.table = QTableView()
        self.sorted = QSortFilterProxyModel()
        self.message = MessagePage(theme)
        self.query = PictureBox(theme, thumbnails, least=_PICTURE)
        self.title = ElidedLabel(theme, scale=1.1)
        self.note = ElidedLabel(theme, scale=0.9, muted=True)
        self.back_button = icon_button(theme, "back", tr("Back (Esc)"))
        self.tools = {
            Tool.MOVE: icon_button(theme, "move", tr("Move: drag to move what is shown")),
            Tool.RECTANGLE: icon_button(theme, "rectangle", tr("Rectangle: drag to select")),
            Tool.LASSO: icon_button(theme, "lasso", tr("Lasso: draw around what to select")),
        }
        self.zoom_in = icon_button(theme, "add", tr("Nearer (+)"))
        self.zoom_out = icon_button(theme, "minus", tr("Back away (−)"))
        self.reset = text_button(theme, "space", tr("Show all"), tooltip=tr("Show all (0)"))
        self.percent = QCheckBox(tr("Percentiles"))
        self.as_table = text_button(
            theme, "table", tr("Table"), tooltip=tr("The same pictures as a table")
        )
        self.actions_bar = SpaceActions(host, self)
        self._views = QStackedWidget()
        self._is_syncing = False
        self._space: Space | None = None
        self._lay_out()
        self._wire()
        self._on_asked()

    @property
    def space(self) -> Space | None:
        """What is shown."""
        return self._space

    def chosen_pictures(self) -> list[Question]:
        """What the verbs of pictures act on: the selection, or the current picture."""
        rows = sorted(self.canvas.selected)
        if not rows and self.canvas.current is not None:
            rows = [self.canvas.current]
        return [self.question(row) for row in rows]

    def question(self, row: int) -> Question:
        """A picture of the space, as it is asked about."""
        assert self.space is not None, "it has rows"
        return Question(path=self.space.paths[row], image_id=int(self.space.ids[row]))

    def take_focus(self) -> None:
        """Let the keyboard be where pictures are chosen."""
        view: QWidget = self.table if self.as_table.isChecked() else self.canvas
        (view if self.space is not None else self.back_button).setFocus()

    def _lay_out(self) -> None:
        self.query.setFixedSize(_PICTURE)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addStretch()
        words.addWidget(self.title)
        words.addWidget(self.note)
        words.addStretch()
        self.percent.setToolTip(
            tr("Let the axes say which share of the library’s pairs is less alike, not cosines")
        )
        self.as_table.setCheckable(True)
        group = QButtonGroup(self)
        head = QHBoxLayout()
        head.setContentsMargins(16, 12, 16, 8)
        head.setSpacing(8)
        for part in (self.back_button, self.query):
            head.addWidget(part)
        head.addLayout(words, 1)
        for button in self.tools.values():
            button.setCheckable(True)
            group.addButton(button)
            head.addWidget(button)
        self.tools[Tool.MOVE].setChecked(True)
        head.addSpacing(8)
        for part in (self.zoom_out, self.zoom_in, self.reset):
            head.addWidget(part)
        head.addSpacing(8)
        head.addWidget(self.percent)
        head.addWidget(self.as_table)
        self._prepare_table()
        for view in (self.message, self.canvas, self.table):
            self._views.addWidget(view)
        self._views.setContentsMargins(16, 0, 16, 0)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addWidget(self._views, 1)
        layout.addWidget(self.actions_bar)

    def _prepare_table(self) -> None:
        self.sorted.setSourceModel(self.model)
        self.sorted.setSortRole(SORT_ROLE)
        table = self.table
        table.setModel(self.sorted)
        table.setSortingEnabled(True)
        table.sortByColumn(2, Qt.SortOrder.AscendingOrder)
        table.setAccessibleName(tr("Pictures of the similarity space"))
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.setTabKeyNavigation(False)
        table.verticalHeader().hide()
        header = table.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setStretchLastSection(True)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        for column, width in enumerate((220, 90, 100, 90, 100)):
            table.setColumnWidth(column, width)

    def _wire(self) -> None:
        canvas, spaces = self.canvas, self._spaces
        self.back_button.clicked.connect(self.back_asked)
        for tool, button in self.tools.items():
            button.clicked.connect(lambda _=False, tool=tool: setattr(canvas, "tool", tool))
        self.zoom_in.clicked.connect(lambda: canvas.zoom_by(ZOOM_STEP))
        self.zoom_out.clicked.connect(lambda: canvas.zoom_by(1 / ZOOM_STEP))
        self.reset.clicked.connect(canvas.reset_view)
        self.percent.toggled.connect(canvas.show_percent)
        self.as_table.toggled.connect(self._on_table)
        canvas.selection_changed.connect(self._on_canvas_selection)
        canvas.asked.connect(lambda row: self._host.ask(self.question(row)))
        canvas.menu_asked.connect(self._on_menu)
        self.table.activated.connect(
            lambda index: self._host.ask(self.question(self.sorted.mapToSource(index).row()))
        )
        self.table.selectionModel().selectionChanged.connect(self._on_table_selection)
        spaces.asked.connect(self._on_asked)
        spaces.found.connect(self._on_found)
        spaces.refining.connect(self._on_refining)
        spaces.unrefined.connect(self._on_unrefined)
        spaces.failed.connect(self._on_failed)

    def _on_asked(self) -> None:
        question = self._spaces.question
        self.query.show_question(question)
        self.query.setVisible(question is not None)
        self.title.full_text = (
            tr("Similarity space of {name}").replace("{name}", question.title)
            if question is not None
            else tr("Similarity space")
        )
        self.note.full_text = ""
        self._show(None)
        if question is None:
            hint = tr("Then its neighbors lie here by logic and by look. A sentence has no look.")
            self.message.say("space", tr("Ask about a picture first"), hint)
        else:
            self.message.say("space", tr("Placing the library around it…"))

    def _on_found(self, space: Space) -> None:
        if not len(space):
            self._show(None)
            hint = tr("Add pictures to the library; they appear here as soon as they are indexed.")
            self.message.say("space", tr("No other picture is indexed yet"), hint)
            return
        said = tr("The {shown} most interesting of {of} pictures, relation scored by {model}")
        self.note.full_text = (
            said.replace("{shown}", number(len(space)))
            .replace("{of}", number(space.of))
            .replace("{model}", space.model)
        )
        had_focus = self.message.isAncestorOf(self.focusWidget()) or self.back_button.hasFocus()
        self._show(space)
        if had_focus:
            self.take_focus()

    def _on_refining(self) -> None:
        self.note.full_text = model_phrases.looking(self._host.workspace.choice.model)

    def _on_unrefined(self, trouble: Trouble) -> None:
        self.note.full_text = model_phrases.unlooked(
            self._host.workspace.choice.model, trouble.text
        )
        self._report(trouble)

    def _on_failed(self, trouble: Trouble) -> None:
        self._show(None)
        self.message.say("warning", tr("The pictures cannot be placed"), trouble.text)
        self._report(trouble)

    def _report(self, trouble: Trouble) -> None:
        if trouble.details is not None:
            self._host.dialogs.show_trouble(trouble)

    def _show(self, space: Space | None) -> None:
        self._space = space
        self.canvas.replace(space)
        self.actions_bar.follow()
        self._on_table(self.as_table.isChecked())
        self.as_table.setEnabled(space is not None)

    def _on_table(self, is_table: bool) -> None:
        view: QWidget = self.table if is_table else self.canvas
        if is_table:
            self._fill_table()
        self._views.setCurrentWidget(view if self.space is not None else self.message)
        for part in (*self.tools.values(), self.zoom_in, self.zoom_out, self.reset, self.percent):
            part.setEnabled(self.space is not None and not is_table)

    def _fill_table(self) -> None:
        """Bring the table up to date; sorting it is work that a hidden one does not cause."""
        if self.model.space is not self._space:
            self._is_syncing = True
            self.model.replace(self._space)
            self._is_syncing = False
        self._select_in_table()

    def _on_canvas_selection(self) -> None:
        self._select_in_table()
        self.actions_bar.follow()

    def _select_in_table(self) -> None:
        if self._is_syncing or not self.as_table.isChecked():
            return
        self._is_syncing = True
        selection = QItemSelection()
        last = self.sorted.columnCount() - 1
        for row in self.canvas.selected:
            index = self.sorted.mapFromSource(self.model.index(row, 0))
            selection.select(index, index.siblingAtColumn(last))
        self.table.selectionModel().select(
            selection, QItemSelectionModel.SelectionFlag.ClearAndSelect
        )
        self._is_syncing = False

    def _on_table_selection(self) -> None:
        if not self._is_syncing:
            self._is_syncing = True
            chosen = self.table.selectionModel().selectedRows()
            self.canvas.select(self.sorted.mapToSource(index).row() for index in chosen)
            self._is_syncing = False

    def _on_menu(self, row: int, at: QPointF) -> None:
        self.actions_bar.pop_up_menu(row, at.toPoint())
