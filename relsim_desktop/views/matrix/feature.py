"""Comparing many pictures: the page, its place in menus, and its exports."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint
from PySide6.QtGui import QFontInfo
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from relsim_desktop.operations.comparing import MOST
from relsim_desktop.presenters.matrix import Measure, Order, ScoreMatrixState
from relsim_desktop.question import Question
from relsim_desktop.translation import tr
from relsim_desktop.views.compare.score_export import ScoreExport
from relsim_desktop.views.window.feature import Host, PageFeature

if TYPE_CHECKING:
    from engine.comparing.score_tables import Measure as TableMeasure
    from engine.service import Engine
    from engine.types import Neighbor
    from relsim_desktop.operations.comparing import Matrix
    from relsim_desktop.views.matrix.page import MatrixPage

_MEASURE = "matrix/measure"
_ORDER = "matrix/order"
_TABLES: dict[Measure, TableMeasure] = {
    Measure.RELATION: "relational",
    Measure.BOTH: "relational",
    Measure.PERCENTILE: "percentile",
    Measure.LOOK: "attribute",
}


class MatrixFeature(PageFeature):
    """Ctrl+Shift+D shows the page, with the pictures that are selected in the collection."""

    def __init__(self, host: Host) -> None:
        super().__init__(
            host,
            tr("Compare many in a &matrix"),
            menu="view/pages",
            key="Ctrl+Shift+D",
        )
        self.state = ScoreMatrixState(host.workspace.jobs, host.workspace.undo)
        self.export = ScoreExport(host)
        self._matrix_page: MatrixPage | None = None
        self._taken: list[Path] = []  # what was selected when the page last came from there
        order = host.settings.read_text(_ORDER, Order.SIMILAR.value)
        self.state.order = next((one for one in Order if one.value == order), Order.SIMILAR)
        self.state.said.connect(host.parts.strip.say)
        self.state.failed.connect(host.dialogs.show_trouble)
        host.workspace.opened.connect(self._on_opened)
        host.workspace.choice.changed.connect(self._on_model)

    @property
    def page(self) -> MatrixPage:
        """The page; it is built now if it was not."""
        self.shown_page  # noqa: B018 - builds it
        assert self._matrix_page is not None
        return self._matrix_page

    def build_page(self) -> QWidget:
        """Make the page."""
        from relsim_desktop.views.matrix.page import MatrixPage

        host, settings = self.host, self.host.settings
        page = self._matrix_page = MatrixPage(host.theme, host.workspace.thumbnails, self.state)
        measure = settings.read_text(_MEASURE, Measure.RELATION.value)
        page.show_measure(next((one for one in Measure if one.value == measure), Measure.RELATION))
        page.show_order(self.state.order)
        page.measure.currentIndexChanged.connect(
            lambda: settings.write(_MEASURE, page.measure.currentData().value)
        )
        page.order.currentIndexChanged.connect(
            lambda: settings.write(_ORDER, page.order.currentData().value)
        )
        page.add_asked.connect(self.choose_pictures)
        page.view.compare_asked.connect(self.compare)
        page.view.menu_asked.connect(self._on_menu)
        page.export_button.setMenu(self.export_menu())
        for before, after in pairwise(page.tab_order):
            QWidget.setTabOrder(before, after)
        return page

    def entered(self) -> None:
        """Let the keyboard act on the matrix."""
        self.page.take_focus()

    def extend_menu(
        self, menu: QMenu, questions: Sequence[Question], neighbor: Neighbor | None
    ) -> None:
        """Offer a matrix of several pictures."""
        count = len(questions)
        if count < 2:
            return
        text = tr("Compare these %n in a matrix", "", count)
        if count > MOST:
            text = tr("Compare in a matrix ({most} at most)").replace("{most}", str(MOST))
        action = menu.addAction(text)
        action.setEnabled(count <= MOST)
        action.triggered.connect(lambda: self.show(questions))

    def enter(self) -> None:
        """Show the page, with what is selected in the collection if that is a new set."""
        if not self.is_shown and self.host.parts.is_browsing:
            selected = self.host.parts.collection.selected
            paths = [entry.path for entry in selected]
            if 2 <= len(selected) <= MOST and paths != self._taken:
                self._taken = paths
                self.state.show(
                    Question(path=entry.path, image_id=entry.image_id) for entry in selected
                )
        super().enter()

    def show(self, questions: Sequence[Question]) -> None:
        """Score some pictures with one another."""
        self.state.show(questions)
        super().enter()

    def compare(self) -> None:
        """Look at the current pair closely."""
        pair = self.page.view.chosen_pictures()
        if len(pair) == 2:
            self.host.compare(pair[0], pair[1])

    def choose_pictures(self) -> QFileDialog:
        """Let a person choose pictures from anywhere."""
        dialog = QFileDialog(self.host.window, tr("Add pictures"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.filesSelected.connect(
            lambda files: self.state.add_files([Path(file) for file in files])
        )
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        return dialog

    # --- exports ----------------------------------------------------------------------------------

    def export_menu(self) -> QMenu:
        """What the matrix can be saved as."""
        menu = QMenu(self.host.window)
        for text, act in (
            (tr("Picture (PNG)…"), self.export_picture),
            (tr("Table of all pairs (CSV)…"), self.export_list),
            (tr("Square table (CSV)…"), self.export_square),
        ):
            menu.addAction(text).triggered.connect(lambda _=False, act=act: act())
        return menu

    def export_picture(self) -> QFileDialog | None:
        """Save what is seen as a picture."""
        from relsim_desktop.views.matrix.drawing import MatrixSheet

        matrix, engine, theme = self.state.matrix, self.host.workspace.engine, self.host.theme
        if matrix is None or engine is None:
            return None
        family = QFontInfo(theme.font()).family()
        measure = self.page.view.measure
        sheet = MatrixSheet(engine, matrix, self.state.rows, measure, theme.colors, family)
        return self.export.ask(tr("Save the matrix as a picture"), _name(matrix, "png"), sheet.png)

    def export_list(self) -> QFileDialog | None:
        """Save all pairs, one a line."""
        matrix, rows = self.state.matrix, self.state.rows
        if matrix is None:
            return None

        def make() -> bytes:
            from engine.comparing.score_tables import matrix_list

            return matrix_list(matrix.scores, _names(matrix), rows)

        return self.export.ask(tr("Save all pairs"), _name(matrix, "csv"), make)

    def export_square(self) -> QFileDialog | None:
        """Save the square as it is shown."""
        matrix, rows = self.state.matrix, self.state.rows
        if matrix is None:
            return None
        measure = _TABLES[self.page.view.measure]

        def make() -> bytes:
            from engine.comparing.score_tables import matrix_square

            return matrix_square(matrix.scores, _names(matrix), rows, measure)

        return self.export.ask(tr("Save the square"), _name(matrix, "csv"), make)

    # --- what happens -----------------------------------------------------------------------------

    def _on_opened(self, engine: Engine) -> None:
        self.state.attach(engine)

    def _on_model(self) -> None:
        if self.state.questions:
            self.state.refresh()

    def _on_menu(self, questions: Sequence[Question], point: QPoint) -> None:
        """The menu of the two, as everywhere, and what the matrix can do with them."""
        menu = QMenu(self.page)
        menu.setObjectName("matrixMenu")
        for question in questions:
            find = tr("Find analogies of {name}").replace("{name}", question.title)
            menu.addAction(find).triggered.connect(partial(self._ask, question))
        if len(questions) == 2:
            menu.addAction(tr("Compare these two") + "\t" + tr("Return"), self.compare)
        menu.addSeparator()
        for question in questions:
            out = tr("Take {name} out").replace("{name}", question.title)
            menu.addAction(out).triggered.connect(partial(self._remove, question))
        menu.popup(point)

    def _ask(self, question: Question, *_: object) -> None:
        self.host.ask(question)

    def _remove(self, question: Question, *_: object) -> None:
        self.state.remove(question)


def _names(matrix: Matrix) -> list[str]:
    return [str(question.path or question.title) for question in matrix.questions]


def _name(matrix: Matrix, suffix: str) -> str:
    name = tr("matrix of {count} pictures").replace("{count}", str(len(matrix.questions)))
    return f"{name}.{suffix}"
