"""Taking boards away, and bringing pictures to them that are not in the library yet."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, fields
from pathlib import Path
from typing import TYPE_CHECKING

from relsim_desktop import judging_phrases
from relsim_desktop.presenters.exporting import Exporting
from relsim_desktop.translation import tr
from relsim_desktop.views.confirmation import Confirmation
from relsim_desktop.views.judging.judging import Judging
from relsim_desktop.views.window.feature import Feature, Host

if TYPE_CHECKING:
    from relsim_desktop.exporting.options import ExportOptions
    from relsim_desktop.views.boards.export_dialog import ExportDialog
    from relsim_desktop.views.boards.page import BoardsPage


_LAYOUT, _ORDER, _OPTIONS = "boards/layout", "boards/order", "boards/export"


class BoardsFeature(Feature):
    """Adds the verb that exports a board, and remembers how boards were looked at."""

    def __init__(self, host: Host) -> None:
        super().__init__(host)
        self._boards = host.workspace.boards
        self._awaited: list[tuple[int, Sequence[Path]]] = []
        self.export_action = self.add_action(
            "file/take", tr("&Export board…"), self.export_board, key="Ctrl+E"
        )
        self.export_action.setEnabled(False)
        self._boards.changed.connect(self._on_changed)
        self._boards.unknown.connect(self.offer_to_index)
        host.workspace.indexing.idle.connect(self._on_indexed)
        judging = host.window.findChild(Judging)
        assert judging is not None, "the window builds it before its features"
        judging.built.connect(self._on_page)

    def export_board(self) -> ExportDialog | None:
        """Let a person choose what the open board becomes."""
        from relsim_desktop.views.boards.export_dialog import ExportDialog

        board, engine = self._boards.open_board, self.host.workspace.engine
        if board is None or engine is None:
            return None
        if not board.images:
            self.host.parts.strip.say(tr("There is nothing on this board to export yet"))
            return None
        exporting = Exporting(self.host.workspace.jobs, engine, board, self._options())
        dialog = ExportDialog(self.host.theme, exporting, self.host.window)
        dialog.options_changed.connect(self._remember)
        dialog.trouble.connect(self.host.dialogs.show_trouble)
        dialog.open()
        return dialog

    def offer_to_index(self, board_id: int, paths: Sequence[Path]) -> Confirmation:
        """Ask whether files are to be indexed, because only then they can be on a board."""
        box = Confirmation(
            judging_phrases.offer_to_index(len(paths)),
            tr("Only pictures of the library can be on a board. Your files are not touched."),
            tr("Add to library"),
            self.host.window,
        )
        box.ask(lambda: self._index(board_id, paths), is_harmless=True)
        return box

    def _index(self, board_id: int, paths: Sequence[Path]) -> None:
        self._awaited.append((board_id, paths))
        self.host.workspace.indexing.add([path.absolute() for path in paths])

    def _on_indexed(self) -> None:
        awaited, self._awaited = self._awaited, []
        for board_id, paths in awaited:
            self._boards.bring(board_id, paths, asks=False)

    def _on_changed(self) -> None:
        self.export_action.setEnabled(self._boards.open_board is not None)

    def _on_page(self, page: BoardsPage) -> None:
        settings = self.host.settings
        page.show_layout(settings.read_text(_LAYOUT, "grid"))
        page.sidebar.filter.order = settings.read_text(_ORDER, "name")
        page.layout_changed.connect(lambda layout: settings.write(_LAYOUT, layout))
        page.sidebar.order_changed.connect(lambda order: settings.write(_ORDER, order))
        page.take_asked.connect(self.export_board)

    def _options(self) -> ExportOptions:
        """Those of the last time; what does not fit any more is as at first."""
        from relsim_desktop.exporting.options import ExportOptions

        try:
            known = json.loads(self.host.settings.read_text(_OPTIONS, "{}"))
            names = {field.name for field in fields(ExportOptions)}
            return ExportOptions(**{k: v for k, v in known.items() if k in names})
        except (ValueError, TypeError, AttributeError):
            return ExportOptions()

    def _remember(self, options: ExportOptions) -> None:
        self.host.settings.write(_OPTIONS, json.dumps(asdict(options)))
