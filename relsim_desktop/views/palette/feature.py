"""The command palette of a window: everything that can be done or shown, by a few letters."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING, Final

from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import QMenu

from relsim_desktop.itemmodels.palette import Command
from relsim_desktop.operations import library
from relsim_desktop.options import NOTES, OPTIONS
from relsim_desktop.question import Question
from relsim_desktop.translation import tr
from relsim_desktop.views.help.feature import HelpFeature
from relsim_desktop.views.preferences.feature import PreferencesFeature
from relsim_desktop.views.window.actions import plain_text
from relsim_desktop.views.window.feature import Feature, Host

if TYPE_CHECKING:
    from engine.types import Folder
    from relsim_desktop.views.palette.box import PaletteBox

_RECENT_KEY: Final = "palette/recent"
_VERB: Final = 4.0  # what is done is wanted more often than what is read about it
_MAX_RECENT: Final = 8
_MAX_QUESTIONS: Final = 12


class PaletteFeature(Feature):
    """Gathers what there is each time it is opened; folders come in a moment later."""

    def __init__(self, host: Host) -> None:
        super().__init__(host)
        self._box: PaletteBox | None = None
        self._questions: list[Question] = []
        self.action = self.add_action("help/help", tr("&Command palette…"), self.open, key="Ctrl+K")
        also = QShortcut(QKeySequence("Ctrl+Shift+P"), host.window)
        also.activated.connect(self.open)
        host.workspace.inquiry.asked.connect(self._on_asked)

    @property
    def box(self) -> PaletteBox:
        """The palette itself; it is built now if it was not."""
        from relsim_desktop.views.palette.box import PaletteBox

        if self._box is None:
            self._box = PaletteBox(self.host.theme, self.host.window)
            self._box.chosen.connect(self._run)
        return self._box

    def open(self) -> None:
        """Show it; once more hides it."""
        if self.box.isVisible():
            self.box.dismiss()
            return
        recent = self.host.settings.read_text(_RECENT_KEY).split("\n")
        self.box.open()
        self.box.model.replace(
            [
                *self._verbs(),
                *self._boards(),
                *self._asked(),
                *self._settings(),
                *self._chapters(),
            ],
            recent,
        )
        engine = self.host.workspace.engine
        if engine is not None:
            job = library.list_folders(self.host.workspace.jobs, engine)
            job.succeeded.connect(self._on_folders)

    def _run(self, command: Command) -> None:
        recent = [command.name, *(n for n in self.box.model.recent if n and n != command.name)]
        self.host.settings.write(_RECENT_KEY, "\n".join(recent[:_MAX_RECENT]))
        command.run()

    # --- what there is ----------------------------------------------------------------------------

    def _verbs(self) -> list[Command]:
        commands, seen = [], set[int]()
        menus = self.host.verbs.menus.values()
        found = chain.from_iterable(_actions(menu, _title(menu)) for menu in menus)
        rest = ((action, "") for action in self.host.verbs.all())
        for action, kind in chain(found, rest):
            if id(action) in seen or action is self.action:
                continue
            seen.add(id(action))
            title = plain_text(action)
            commands.append(
                Command(
                    f"verb:{kind}:{title}",
                    title,
                    kind,
                    action.trigger,
                    action.shortcut().toString(QKeySequence.SequenceFormat.NativeText),
                    "" if action.isEnabled() else self._why_not(action),
                    is_on=action.isCheckable() and action.isChecked(),
                    weight=_VERB,
                )
            )
        return commands

    def _why_not(self, action: QAction) -> str:
        verbs, workspace = self.host.verbs, self.host.workspace
        if action.statusTip():
            return action.statusTip()
        if workspace.engine is None:
            return tr("The library is not open yet")
        reasons = {
            verbs.undo: tr("Nothing to undo here"),
            verbs.redo: tr("Nothing to do again here"),
            verbs.back: tr("No earlier question"),
            verbs.forward: tr("No later question"),
        }
        return reasons.get(action, tr("Not possible now"))

    def _boards(self) -> list[Command]:
        boards = self.host.workspace.boards
        return [
            Command(
                f"board:{board.board_id}",
                board.name,
                tr("Board"),
                partial(self._open_board, board.board_id),
            )
            for board in boards.boards.boards
        ]

    def _open_board(self, board_id: int) -> None:
        self.host.workspace.boards.open(board_id)
        self.host.verbs.boards.setChecked(True)

    def _asked(self) -> list[Command]:
        return [
            Command(
                f"question:{question.title}",
                question.title,
                tr("Recent question"),
                partial(self.host.ask, question),
            )
            for question in self._questions
        ]

    def _on_asked(self, question: Question | None) -> None:
        if question is not None:
            others = [one for one in self._questions if not one.is_same_as(question)]
            self._questions = [question, *others][:_MAX_QUESTIONS]

    def _settings(self) -> list[Command]:
        page = self.host.window.findChild(PreferencesFeature)
        if page is None:
            return []
        named = [(option.key, option.title) for option in OPTIONS]
        named += [(note.name, note.title) for note in NOTES]
        return [
            Command(f"setting:{key}", tr(title), tr("Setting"), partial(page.reveal, key))
            for key, title in named
        ]

    def _chapters(self) -> list[Command]:
        feature = self.host.window.findChild(HelpFeature)
        if feature is None:
            return []
        return [
            Command(f"help:{name}", title, tr("Help"), partial(feature.show_chapter, name))
            for name, title in feature.chapters()
        ]

    def _on_folders(self, folders: Sequence[Folder]) -> None:
        if self.box.isVisible():
            self.box.model.add(
                [
                    Command(
                        f"folder:{folder.path}",
                        folder.path.name or str(folder.path),
                        tr("Folder"),
                        partial(self._show_folder, folder),
                        refusal="" if folder.online else tr("It is not there now"),
                    )
                    for folder in folders
                ]
            )

    def _show_folder(self, folder: Folder) -> None:
        """Show the first picture of a folder in the collection."""
        files = self.host.workspace.collection.files
        for row, entry in enumerate(files.entries):
            if entry.path.is_relative_to(folder.path):
                self.host.parts.show_browser()
                self.host.parts.collection.select(row)
                self.host.parts.collection.view.setFocus()
                return
        self.host.parts.strip.say(tr("There are no pictures in this folder"))


def _title(menu: QMenu) -> str:
    return menu.title().replace("&", "")


def _actions(menu: QMenu, path: str) -> Iterator[tuple[QAction, str]]:
    """Every verb of a menu and its submenus, with the way to it."""
    for action in menu.actions():
        inner = action.menu()
        if isinstance(inner, QMenu):
            yield from _actions(inner, f"{path} › {_title(inner)}")
        elif not action.isSeparator():
            yield action, path
