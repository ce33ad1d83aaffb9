"""Making an analogy of a picture: its page, its menus, and what becomes of the pictures."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from relsim_desktop import analogy_phrases, file_actions, incoming
from relsim_desktop.presenters.analogy import Composition
from relsim_desktop.presenters.analogy_making import NEW_SEED, Making
from relsim_desktop.question import Question
from relsim_desktop.translation import tr
from relsim_desktop.views.window.feature import Host, PageFeature

if TYPE_CHECKING:
    from engine.generation.generators import GeneratorChoice
    from engine.generation.keeping import Kept
    from engine.service import Engine
    from engine.types import Neighbor
    from relsim_desktop.presenters.analogy_making import Analogy
    from relsim_desktop.views.analogy.keep_menu import KeepMenu
    from relsim_desktop.views.analogy.keys_dialog import KeysDialog
    from relsim_desktop.views.analogy.page import AnalogyPage
    from relsim_desktop.views.boards.dialog import BoardDialog

_GENERATOR, _COUNT, _SEED, _ALONG = (
    "analogy/generator",
    "analogy/count",
    "analogy/seed",
    "analogy/along",
)


class AnalogyFeature(PageFeature):
    """A picture's idea with other things in it, as a prompt or as pictures."""

    def __init__(self, host: Host) -> None:
        super().__init__(host, tr("Make a&n analogy"), menu="view/pages", key="Ctrl+N")
        workspace, settings = host.workspace, host.settings
        self.composition = Composition(workspace.jobs)
        self.making = Making(workspace.jobs)
        self.making.count = settings.read_int(_COUNT, self.making.count)
        self.making.seed = settings.read_int(_SEED, NEW_SEED)
        self.making.shows_reference = settings.read_bool(_ALONG, default=False)
        self.making.kept.connect(self._on_kept)
        self.making.failed.connect(host.dialogs.show_trouble)
        workspace.opened.connect(self._on_opened)
        workspace.choice.changed.connect(self.making.rank)
        self._analogy_page: AnalogyPage | None = None

    @property
    def page(self) -> AnalogyPage:
        """The page; it is built now if it was not."""
        self.shown_page  # noqa: B018 - builds it
        assert self._analogy_page is not None
        return self._analogy_page

    def build_page(self) -> QWidget:
        """Make the page, the first time that it is wanted."""
        from relsim_desktop.views.analogy.page import AnalogyPage

        host = self.host
        page = self._analogy_page = AnalogyPage(
            host.theme, host.workspace.thumbnails, self.composition, self.making
        )
        composer, maker = page.composer, page.maker
        composer.reference.here_asked.connect(self._take_current)
        composer.reference.pick_asked.connect(self._pick)
        composer.reference.paste_asked.connect(self._paste)
        composer.prompt.copy_button.clicked.connect(self.copy_prompt)
        maker.make_asked.connect(self.make)
        maker.generator.show_values(self._remembered())
        maker.generator.chosen.connect(self._remember_generator)
        maker.generator.pick_asked.connect(self._pick_folder)
        maker.generator.keys_asked.connect(self.show_keys)
        maker.count.valueChanged.connect(lambda count: host.settings.write(_COUNT, count))
        maker.seed.valueChanged.connect(lambda seed: host.settings.write(_SEED, seed))
        maker.along.toggled.connect(lambda is_on: host.settings.write(_ALONG, is_on))
        page.menu_asked.connect(self._show_menu)
        page.compare_asked.connect(self.compare)
        page.copy_asked.connect(self.copy)
        page.keep_asked.connect(self._show_boards)
        return page

    def entered(self) -> None:
        """Begin with the picture that is asked about or selected."""
        if self.composition.reference is None and not self.composition.is_coming:
            self._take_current()
        self.making.choose(self.making.choice)  # a model may have come meanwhile
        self.page.take_focus()

    def of(self, question: Question) -> None:
        """Show the page with a picture as the reference."""
        if not question.is_same_as(self.composition.reference):
            self.composition.place(question)
        self.enter()

    def extend_menu(
        self, menu: QMenu, questions: Sequence[Question], neighbor: Neighbor | None
    ) -> None:
        """Offer to make an analogy of a single picture."""
        if len(questions) == 1:
            menu.addAction(tr("Make an analogy"), partial(self.of, questions[0]))

    def shut_down(self) -> None:
        """Let the generator go."""
        self.making.close()

    # --- reference --------------------------------------------------------------------------------

    def _take_current(self) -> None:
        """Take the picture that is asked about, or else the selected one."""
        asked = self.host.workspace.inquiry.question
        pictures = [*(asked.pictures if asked is not None else ()), *self._selected()]
        if pictures:
            self.composition.place(pictures[0])

    def _selected(self) -> list[Question]:
        return [
            Question(path=entry.path, image_id=entry.image_id)
            for entry in self.host.parts.collection.selected
        ]

    def _pick(self) -> None:
        file, _ = QFileDialog.getOpenFileName(self.host.window, tr("Choose a picture"))
        if file:
            self.composition.place(Question(path=Path(file)))

    def _paste(self) -> None:
        question = incoming.read(QGuiApplication.clipboard().mimeData()).question
        if question is None:
            self.host.parts.strip.say(tr("There is no picture on the clipboard"))
        else:
            self.composition.place(question)

    # --- generator --------------------------------------------------------------------------------

    def make(self) -> None:
        """Make pictures of the prompt as it is now."""
        composition = self.composition
        if composition.prompt:
            self.making.make(composition.prompt, composition.reference, composition.caption)

    def copy_prompt(self) -> None:
        """Put the prompt on the clipboard."""
        if self.composition.prompt:
            QGuiApplication.clipboard().setText(self.composition.prompt)
            self.host.parts.strip.say(tr("Copied the prompt"))

    def show_keys(self) -> KeysDialog:
        """Let a person put a key into the keyring."""
        from relsim_desktop.views.analogy.keys_dialog import KeysDialog

        dialog = KeysDialog(self.host.theme, self.host.workspace.jobs, self.host.window)
        dialog.changed.connect(self._on_keys)
        dialog.open()
        return dialog

    def _on_keys(self, names: Sequence[str], saved: str) -> None:
        self.page.maker.generator.show_keys(names, saved or None)

    def _pick_folder(self) -> None:
        folder = QFileDialog.getExistingDirectory(
            self.host.window, tr("Choose the folder of a model")
        )
        if folder:
            self.page.maker.generator.show_folder(folder)

    def _remembered(self) -> dict[str, str]:
        """What was chosen the last time; what does not fit any more is left out."""
        try:
            known = json.loads(self.host.settings.read_text(_GENERATOR, "{}"))
            return {str(name): str(value) for name, value in known.items()}
        except (ValueError, AttributeError):
            return {}

    def _remember_generator(self, choice: GeneratorChoice | None) -> None:
        values = self.page.maker.generator.values
        self.host.settings.write(_GENERATOR, json.dumps(values))

    # --- what was made ----------------------------------------------------------------------------

    def question(self, analogy: Analogy) -> Question:
        """A made picture as it is asked about: a file once it is kept."""
        if analogy.path is not None:
            return Question(path=analogy.path, image_id=analogy.image_id)
        return Question(pasted=analogy.image, name=analogy_phrases.name(analogy))

    def compare(self, analogy: Analogy) -> None:
        """Show a picture beside the one whose idea it shares."""
        if self.making.reference is not None:
            self.host.compare(self.making.reference, self.question(analogy))

    def copy(self, analogy: Analogy) -> None:
        """Put a picture on the clipboard."""
        if analogy.path is not None:
            file_actions.copy_picture(analogy.path, analogy.image)
        else:
            data = QMimeData()
            data.setImageData(analogy.image)
            QGuiApplication.clipboard().setMimeData(data)
        name = self.question(analogy).title
        self.host.parts.strip.say(tr("Copied {name}").replace("{name}", name))

    def keep_menu(self, parent: QWidget) -> KeepMenu:
        """The boards on which the selected pictures can be kept.

        Args:
            parent: Owns the menu.
        """
        from relsim_desktop.views.analogy.keep_menu import KeepMenu

        numbers = [one.number for one in self.page.chosen]
        menu = KeepMenu(self.host.workspace.boards, parent)
        menu.chosen.connect(lambda board_id: self.making.keep(numbers, board_id))
        menu.new_asked.connect(lambda: self.keep_on_new(numbers))
        return menu

    def keep_on_new(self, numbers: Sequence[int]) -> BoardDialog:
        """Let a person name a new board for pictures; the idea is a good name."""
        from relsim_desktop.views.boards.dialog import BoardDialog

        host = self.host
        taken = [board.name for board in host.workspace.boards.boards.boards]
        dialog = BoardDialog(host.theme, tr("New board"), tr("Create"), taken, host.window)
        dialog.show_name(self.making.idea)
        dialog.named.connect(lambda name: self.making.keep(numbers, name))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        return dialog

    def _show_boards(self, below: QWidget) -> None:
        menu = self.keep_menu(self.page)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(below.mapToGlobal(QPoint(0, below.height() + 2)))

    def menu(self) -> QMenu:
        """What can be done with the selected pictures; who calls pops it up."""
        chosen = self.page.chosen
        if len(chosen) == 1 and chosen[0].path is not None:
            return self.host.menu([self.question(chosen[0])])
        menu = QMenu(self.page)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if len(chosen) == 1:
            only = chosen[0]
            verbs: tuple[tuple[str, Callable[[], object]], ...] = (
                (tr("Compare with the reference"), partial(self.compare, only)),
                (tr("Find analogies"), lambda: self.host.ask(self.question(only))),
                (tr("Make an analogy"), lambda: self.of(self.question(only))),
                (tr("Copy picture"), partial(self.copy, only)),
            )
            for text, act in verbs:
                menu.addAction(text, act)
            menu.addSeparator()
        if chosen and all(one.candidate is not None for one in chosen):
            menu.addMenu(self.keep_menu(menu))
        return menu

    def _show_menu(self, point: QPoint) -> None:
        self.menu().popup(point)

    # --- what happens -----------------------------------------------------------------------------

    def _on_opened(self, engine: Engine) -> None:
        self.composition.attach(engine)
        self.making.attach(engine)

    def _on_kept(self, kept: Kept) -> None:
        self.host.workspace.boards.take_in((kept.change,))
        self.host.workspace.collection.reload()
