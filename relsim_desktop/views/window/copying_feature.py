"""Copying what is selected, on whatever page: the picture, its path, or what is said of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QApplication, QMenu

from relsim_desktop import file_actions, snippets
from relsim_desktop.operations import wording
from relsim_desktop.operations.pictures import load_picture
from relsim_desktop.question import Question
from relsim_desktop.snippets import Captioned
from relsim_desktop.translation import tr
from relsim_desktop.views.window.feature import Feature, Host

if TYPE_CHECKING:
    from engine.types import Description, Neighbor

_COPIED_EDGE = 4096  # pixels; a larger picture is copied reduced


@runtime_checkable
class HasChosen(Protocol):
    """A widget in which pictures are selected."""

    def chosen_pictures(self) -> Sequence[Question]:
        """Those that are selected now."""
        ...


class CopyingFeature(Feature):
    """Adds the verbs to the Edit menu, and to the context menu of pictures."""

    def __init__(self, host: Host) -> None:
        super().__init__(host)
        for text, act, key in (
            (tr("&Copy picture"), self.copy_picture, "Ctrl+C"),
            (tr("Copy &path"), self.copy_paths, "Ctrl+Shift+C"),
            (tr("Copy c&aption"), self.copy_captions, ""),
            (tr("Copy as &Markdown"), self.copy_markdown, ""),
            (tr("Copy as &HTML"), self.copy_html, ""),
            (tr("Show in file &manager"), self.reveal, "Ctrl+Shift+E"),
        ):
            self.add_action("edit/copy", text, act, key=key)

    def chosen(self) -> list[Question]:
        """What is selected where the keyboard is, or else on the page that is shown."""
        parts = self.host.parts
        widget = QApplication.focusWidget()
        places: list[object] = [parts.pages.currentWidget()]
        while widget is not None:
            places.insert(-1, widget)
            widget = widget.parentWidget()
        for place in places:
            if isinstance(place, HasChosen):
                return _with_files(place.chosen_pictures())
        if parts.is_comparing:
            sides = self.host.workspace.comparison.sides
            return _with_files([side for side in sides if side is not None])
        if not parts.is_browsing:
            return []
        panel = parts.analogies
        row = panel.view.currentIndex()
        if row.isValid() and panel.view.hasFocus():
            neighbor = panel.model.neighbor(row.row())
            return [Question(path=neighbor.path, image_id=neighbor.image_id)]
        return [Question(path=e.path, image_id=e.image_id) for e in parts.collection.selected]

    # --- verbs ------------------------------------------------------------------------------------

    def copy_picture(self) -> None:
        """Copy the pixels of the one that is selected, and its file; of several, the files."""
        chosen, engine = self._wanted(), self.host.workspace.engine
        if len(chosen) > 1:
            file_actions.copy_files([_path(one) for one in chosen])
            self._say(tr("Copied {count} files"), len(chosen))
        elif chosen and engine is not None:
            path = _path(chosen[0])
            job = load_picture(self.host.workspace.jobs, engine, path, _COPIED_EDGE)
            job.succeeded.connect(lambda image: self._on_loaded(path, image))
            job.failed.connect(self.host.dialogs.show_trouble)

    def copy_paths(self) -> None:
        """Copy where the selected files are."""
        chosen = self._wanted()
        if chosen:
            file_actions.copy_paths([_path(one) for one in chosen])
            self._say(tr("Copied {count} path(s)"), len(chosen))

    def copy_captions(self) -> None:
        """Copy the anonymous captions of what is selected, one a line."""
        self._copy_words(self._wanted(), snippets.captions)

    def copy_markdown(self) -> None:
        """Copy what is selected as Markdown with captions."""
        self._copy_words(self._wanted(), snippets.markdown)

    def copy_html(self) -> None:
        """Copy what is selected as HTML with captions, for editors and for text fields."""
        self._copy_words(self._wanted(), snippets.html, is_html=True)

    def reveal(self) -> None:
        """Show the file that is selected in the file manager."""
        chosen = self._wanted()
        if chosen:
            file_actions.reveal(_path(chosen[0]))

    def extend_menu(
        self, menu: QMenu, questions: Sequence[Question], neighbor: Neighbor | None
    ) -> None:
        """Offer to copy captions and snippets."""
        chosen = _with_files(questions)
        if not chosen:
            return
        copy = QMenu(tr("Copy as"), menu)
        copy.addAction(tr("Caption"), lambda: self._copy_words(chosen, snippets.captions))
        copy.addAction(tr("Markdown"), lambda: self._copy_words(chosen, snippets.markdown))
        copy.addAction(tr("HTML"), lambda: self._copy_words(chosen, snippets.html, is_html=True))
        menu.addMenu(copy)

    def _copy_words(
        self,
        chosen: Sequence[Question],
        make: Callable[[Sequence[Captioned]], str],
        *,
        is_html: bool = False,
    ) -> None:
        engine = self.host.workspace.engine
        if engine is None or not chosen:
            return
        ids = [one.image_id for one in chosen if one.image_id is not None]

        def copy(said: dict[int, Description]) -> None:
            captioned = []
            for one in chosen:
                known = said.get(-1 if one.image_id is None else one.image_id)
                text = known.text if known is not None else None
                captioned.append(Captioned(_path(one), text or ""))
            data = QMimeData()
            data.setText(make(captioned))
            if is_html:
                data.setHtml(make(captioned))
            QGuiApplication.clipboard().setMimeData(data)
            self._say(tr("Copied the words of {count} picture(s)"), len(chosen))

        job = wording.captions(self.host.workspace.jobs, engine, ids)
        job.succeeded.connect(copy)
        job.failed.connect(self.host.dialogs.show_trouble)

    def _wanted(self) -> list[Question]:
        chosen = self.chosen()
        if not chosen:
            self.host.parts.strip.say(tr("Select a picture first"))
        return chosen

    def _say(self, text: str, count: int) -> None:
        text = text.replace("(s)", "" if count == 1 else "s")
        self.host.parts.strip.say(text.replace("{count}", f"{count:,}"))

    def _on_loaded(self, path: Path, image: QImage) -> None:
        file_actions.copy_picture(path, image)
        self.host.parts.strip.say(tr("Copied {name}").replace("{name}", path.name))


def _with_files(questions: Sequence[Question]) -> list[Question]:
    return [question for question in questions if question.path is not None]


def _path(question: Question) -> Path:
    assert question.path is not None, "only files are chosen"
    return question.path
