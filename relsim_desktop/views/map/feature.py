"""The map of the library in a window: its page, its key, and its part of the pictures' menus."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QMenu

from relsim_desktop import map_phrases
from relsim_desktop.presenters.library_map import MapPresenter
from relsim_desktop.question import Question
from relsim_desktop.translation import tr
from relsim_desktop.views.boards.menu import BoardMenu
from relsim_desktop.views.window.feature import Host, PageFeature

if TYPE_CHECKING:
    from engine.mapping.groups import MapGroupsReport
    from engine.types import Neighbor
    from relsim_desktop.views.map.page import MapPage

_ORDER = "map/order"


class MapFeature(PageFeature):
    """Groups of the library by logic, as a map that is browsed group by group."""

    def __init__(self, host: Host) -> None:
        super().__init__(
            host,
            tr("&Map"),
            key="Ctrl+Shift+M",
            icon="map",
            tooltip=tr("The library in groups by logic (Ctrl+Shift+M)"),
        )
        self.presenter = MapPresenter(host.workspace.jobs)
        self._map: MapPage | None = None
        self._sought: int | None = None
        host.workspace.opened.connect(self.presenter.attach)
        host.workspace.opened.connect(self._bring_up_to_date)
        host.workspace.collection.loaded.connect(self._on_library)
        host.workspace.choice.changing.connect(self.presenter.cancel)  # it would have to wait
        host.workspace.choice.changed.connect(self._bring_up_to_date)
        self.presenter.exported.connect(self._on_exported)
        self.presenter.not_exported.connect(host.dialogs.show_trouble)

    @property
    def page(self) -> MapPage:
        """The page; it is built now if it was not."""
        from relsim_desktop.views.map.page import MapPage

        page = self.shown_page
        assert isinstance(page, MapPage)
        return page

    def build_page(self) -> MapPage:
        """Make the page, the first time that it is wanted."""
        from relsim_desktop.views.map.page import MapPage

        host = self.host
        page = self._map = MapPage(host.theme, host.workspace.thumbnails, self.presenter)
        self.presenter.changed.connect(self._reveal)  # after the page, which shows it first
        page.list.show_order(host.settings.read_text(_ORDER, "size"))
        page.list.order.currentIndexChanged.connect(self._remember_order)
        page.picked.connect(host.ask)
        page.menu_asked.connect(self._show_menu)
        page.export_asked.connect(self.export)
        page.group_shown.connect(self._offer_boards)
        host.workspace.boards.changed.connect(self._offer_boards)
        for key, by in (("Ctrl+PgUp", -1), ("Ctrl+PgDown", 1)):
            step = QShortcut(QKeySequence(key), page)
            step.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            step.activated.connect(partial(page.step, by))
        collect = QShortcut(QKeySequence("B"), page.group_page.view)
        collect.setContext(Qt.ShortcutContext.WidgetShortcut)
        collect.activated.connect(self._collect)
        return page

    def entered(self) -> None:
        """See that the map is there and as the library is."""
        self.presenter.want()
        self.page.take_focus()

    def leave(self) -> None:
        """Escape goes back one level: from a group to the map, from there to what was before."""
        if self.show_action.isChecked() and self._map is not None and self._map.is_group_open:
            self._map.show_map()
        else:
            super().leave()

    def show_image(self, image_id: int) -> None:
        """Show the group that an image is in, once the map is there."""
        self._sought = image_id
        self.enter()
        self._reveal()

    def extend_menu(
        self, menu: QMenu, questions: Sequence[Question], neighbor: Neighbor | None
    ) -> None:
        """Offer to show a single picture of the library among its group."""
        image_id = questions[0].image_id
        if len(questions) == 1 and image_id is not None:
            menu.addAction(tr("Show in the map"), partial(self.show_image, image_id))

    def export(self, numbers: Sequence[int]) -> QFileDialog:
        """Let a person choose the file that groups are written to.

        Args:
            numbers: Of the groups.
        """
        groups = [g for n in numbers if (g := self.page.groups.group(n)) is not None]
        dialog = QFileDialog(self.host.window, tr("Export as groups"), "", tr("Groups (*.jsonl)"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("jsonl")
        dialog.selectFile("map.jsonl")
        dialog.fileSelected.connect(lambda file: self.presenter.export(groups, Path(file)))
        dialog.open()
        return dialog

    def _on_library(self) -> None:
        """Files came or went; while they are coming, the map waits for the end."""
        if not self.host.workspace.indexing.is_running:
            self._bring_up_to_date()

    def _bring_up_to_date(self) -> None:
        self.presenter.mark_stale()
        if self.is_shown:
            self.presenter.want()

    def _reveal(self) -> None:
        """Show the picture that was sought."""
        if self._sought is None or self.presenter.is_making or self._map is None:
            return
        image_id, self._sought = self._sought, None
        if not self._map.reveal(image_id):
            self.host.parts.strip.say(tr("That picture is not on the map yet"))

    def _remember_order(self) -> None:
        self.host.settings.write(_ORDER, self.page.list.order.currentData())

    def _show_menu(self, questions: Sequence[Question], point: QPoint) -> None:
        # The window builds its menus after its features, which take part in them.
        self.host.menu(questions).popup(point)

    def _offer_boards(self) -> None:
        """Fill the menu of “Add all to board”."""
        if self._map is None or self._map.open_group is None:
            return
        images = self._map.groups.images(self._map.open_group)
        menu = BoardMenu(self.host.workspace.boards, images, self._map)
        menu.new_asked.connect(lambda: self.host.judging.new_board(images))
        self._map.group_page.show_menu_of_boards(menu)

    def _collect(self) -> None:
        """Put the selected pictures on the board that was used last."""
        images = [question.image_id for question in self.page.chosen_pictures()]
        self.host.judging.add_to_last(images)

    def _on_exported(self, report: MapGroupsReport, out: Path) -> None:
        self.host.parts.strip.say(map_phrases.exported(report, out))
