"""Chains of analogies in a window: the page that finds them, and the strip of the walk so far."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QBoxLayout, QFileDialog, QMenu

from relsim_desktop import incoming
from relsim_desktop.operations import chains
from relsim_desktop.operations.chains import StripPicture
from relsim_desktop.presenters.chain import ChainPresenter
from relsim_desktop.question import Question
from relsim_desktop.translation import tr
from relsim_desktop.views.chain.strip import ChainStrip
from relsim_desktop.views.window.feature import Host, PageFeature

if TYPE_CHECKING:
    from engine.types import Neighbor
    from relsim_desktop.views.chain.page import ChainPage

_STEPS = "chain/steps"
_STRIP = "chain/strip"


class ChainFeature(PageFeature):
    """From one picture to another, step by step; and the way that a person went."""

    def __init__(self, host: Host) -> None:
        super().__init__(host, tr("C&hain of analogies"), menu="view/pages", key="Ctrl+J")
        workspace = host.workspace
        self.presenter = ChainPresenter(workspace.jobs)
        self.presenter.set_steps(host.settings.read_int(_STEPS, self.presenter.steps))
        self._chain: ChainPage | None = None
        workspace.opened.connect(self.presenter.attach)
        self.strip = ChainStrip(host.theme, workspace.thumbnails, workspace.inquiry)
        self.strip.board_asked.connect(self._save_walk)
        self.strip.chain_asked.connect(self._find_walk)
        layout = host.parts.center.layout()
        assert isinstance(layout, QBoxLayout)
        layout.insertWidget(layout.count() - 1, self.strip)  # above the status strip
        self.strip_action = self.add_action("view/panes", tr("Show your &walk"), checkable=True)
        self.strip_action.setChecked(host.settings.read_bool(_STRIP, default=True))
        self.strip_action.toggled.connect(self._on_strip)
        workspace.inquiry.history_changed.connect(self._show_strip)
        host.parts.pages.currentChanged.connect(self._show_strip)
        self._show_strip()

    @property
    def page(self) -> ChainPage:
        """The page; it is built now if it was not."""
        from relsim_desktop.views.chain.page import ChainPage

        page = self.shown_page
        assert isinstance(page, ChainPage)
        return page

    def build_page(self) -> ChainPage:
        """Make the page, the first time that it is wanted."""
        from relsim_desktop.views.chain.page import ChainPage

        host = self.host
        page = self._chain = ChainPage(host.theme, host.workspace.thumbnails, self.presenter)
        page.steps.valueChanged.connect(lambda steps: host.settings.write(_STEPS, steps))
        page.here_asked.connect(self._take_current)
        page.pick_asked.connect(self._pick)
        page.paste_asked.connect(self._paste)
        page.picked.connect(host.ask)
        page.menu_asked.connect(self._show_menu)
        page.board_asked.connect(self._save_chain)
        page.export_asked.connect(self.export)
        return page

    def entered(self) -> None:
        """Begin with what is at hand: two selected pictures, or the one that is asked about."""
        if self.presenter.ends == (None, None) and self.presenter.chain is None:
            selected = self._selected()
            if len(selected) == 2:
                self.place(*selected)
            else:
                self._take_current(0)
        self.page.take_focus()

    def place(self, start: Question, end: Question) -> None:
        """Choose both ends."""
        self.presenter.place(0, start)
        self.presenter.place(1, end)

    def between(self, start: Question, end: Question) -> None:
        """Show the page with the chain between two pictures."""
        self.place(start, end)
        self.enter()
        self.presenter.find()

    def extend_menu(
        self, menu: QMenu, questions: Sequence[Question], neighbor: Neighbor | None
    ) -> None:
        """Offer a picture as an end, and two as both."""
        if len(questions) == 1:
            menu.addAction(tr("Start a chain here"), partial(self._start, 0, questions[0]))
            menu.addAction(tr("End a chain here"), partial(self._start, 1, questions[0]))
        elif len(questions) == 2:
            menu.addAction(tr("Chain between these two"), partial(self.between, *questions))

    def export(self) -> QFileDialog:
        """Let a person choose the file that the chain is painted into."""
        dialog = QFileDialog(
            self.host.window, tr("Save the chain as a picture"), "", tr("Picture (*.png)")
        )
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("png")
        dialog.selectFile("chain.png")
        dialog.fileSelected.connect(lambda file: self._export_to(Path(file)))
        dialog.open()
        return dialog

    # --- ends -------------------------------------------------------------------------------------

    def _start(self, end: int, question: Question) -> None:
        self.presenter.place(end, question)
        self.enter()

    def _take_current(self, end: int) -> None:
        """Take the picture that is asked about, or else the selected one."""
        asked = self.host.workspace.inquiry.question
        pictures = [*(asked.pictures if asked is not None else ()), *self._selected()]
        if pictures:
            self.presenter.place(end, pictures[0])

    def _selected(self) -> list[Question]:
        return [
            Question(path=entry.path, image_id=entry.image_id)
            for entry in self.host.parts.collection.selected
            if entry.image_id is not None
        ]

    def _pick(self, end: int) -> None:
        file, _ = QFileDialog.getOpenFileName(self.host.window, tr("Choose a picture"))
        if file:
            self.presenter.place(end, Question(path=Path(file)))

    def _paste(self, end: int) -> None:
        question = incoming.read(QGuiApplication.clipboard().mimeData()).question
        if question is None:
            self.host.parts.strip.say(tr("There is no picture on the clipboard"))
        else:
            self.presenter.place(end, question)

    # --- what was found ---------------------------------------------------------------------------

    def _show_menu(self, questions: Sequence[Question], point: QPoint) -> None:
        # The window builds its menus after its features, which take part in them.
        self.host.menu(questions).popup(point)

    def _save_chain(self) -> None:
        if self.presenter.chain is not None:
            stations = self.presenter.chain.stations
            self._new_board([s.image_id for s in stations if s.image_id is not None])

    def _new_board(self, images: Sequence[int]) -> None:
        self.host.judging.new_board(images)

    def _export_to(self, out: Path) -> None:
        chain = self.presenter.chain
        if chain is None:
            return
        pictures = []
        for at in range(len(chain.stations)):
            question = self.presenter.question(at)
            if question is not None:
                pictures.append(StripPicture(question.title, question.path, question.pasted))
        theme = self.host.theme
        job = chains.export_chain(
            self.host.workspace.jobs, chain, pictures, out, colors=theme.colors, font=theme.font()
        )
        job.succeeded.connect(self._on_exported)
        job.failed.connect(self.host.dialogs.show_trouble)

    def _on_exported(self, out: Path) -> None:
        self.host.parts.strip.say(tr("Saved the chain as {file}").replace("{file}", out.name))

    # --- the walk ---------------------------------------------------------------------------------

    def _save_walk(self) -> None:
        pictures = [p for question in self.strip.model.questions for p in question.pictures]
        images = list(dict.fromkeys(p.image_id for p in pictures if p.image_id is not None))
        if images:
            self._new_board(images)
        else:
            self.host.parts.strip.say(tr("No picture of your walk is in the library"))

    def _find_walk(self) -> None:
        pictures = [p for question in self.strip.model.questions for p in question.pictures]
        if len(pictures) > 1:
            asked = self.host.workspace.inquiry.question
            here = asked.pictures[-1] if asked is not None and asked.pictures else pictures[-1]
            self.between(pictures[0], here)

    def _on_strip(self, is_wanted: bool) -> None:
        self.host.settings.write(_STRIP, is_wanted)
        self._show_strip()

    def _show_strip(self) -> None:
        is_wanted = self.strip_action.isChecked() and self.host.parts.is_browsing
        self.strip.setVisible(is_wanted and self.strip.is_worth_showing)
