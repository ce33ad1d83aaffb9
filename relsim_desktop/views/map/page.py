"""The page of the map: groups as a list on the left, as bubbles or as their pictures beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QPointF, Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QProgressBar,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from relsim_desktop import map_phrases
from relsim_desktop.itemmodels.map_groups import REST, MapGroupsModel
from relsim_desktop.itemmodels.map_pictures import MapPicture
from relsim_desktop.presenters.library_map import MapPresenter
from relsim_desktop.question import Question
from relsim_desktop.theme import Theme
from relsim_desktop.thumbnails import ThumbnailLoader
from relsim_desktop.translation import tr
from relsim_desktop.views.buttons import icon_button, push_button, text_button
from relsim_desktop.views.labels import MessagePage, label
from relsim_desktop.views.map.canvas import ZOOM_STEP, MapCanvas
from relsim_desktop.views.map.group import MapGroupPage
from relsim_desktop.views.map.list import MapList

if TYPE_CHECKING:
    from engine.jobs import Progress
    from relsim_desktop.operations.maps import MapState


class MapPage(QWidget):
    """Shows a `MapPresenter`."""

    picked = Signal(object)
    """The `Question` of a picture that was activated."""

    menu_asked = Signal(object, QPoint)
    """Context menu for a list of `Question`, at a global position."""

    export_asked = Signal(object)
    """The numbers of the groups to export."""

    group_shown = Signal(int)
    """The number of the group whose pictures are shown now."""

    def __init__(self, theme: Theme, thumbnails: ThumbnailLoader, presenter: MapPresenter) -> None:
        super().__init__()
        self.setObjectName("mapPage")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._presenter = presenter
        self._shown: MapState | None = None
        self._group: int | None = None  # whose pictures are shown
        self.groups = MapGroupsModel()
        self.list = MapList(theme, thumbnails, self.groups)
        self.canvas = MapCanvas(theme, thumbnails)
        self.group_page = MapGroupPage(theme, thumbnails)
        self.message = MessagePage(theme)
        self.retry_button = push_button(tr("Make the map"), primary=True)
        self.phase = label(theme, scale=1.1, bold=True)
        self.bar = QProgressBar()
        self.cancel_button = push_button(tr("Cancel"))
        self.summary = label(theme, muted=True)
        self.smaller_button = icon_button(
            theme, "minus", tr("Zoom out"), tooltip=tr("Zoom out (−)")
        )
        self.larger_button = icon_button(theme, "add", tr("Zoom in"), tooltip=tr("Zoom in (+)"))
        self.fit_button = icon_button(
            theme, "fit", tr("Show the whole map"), tooltip=tr("Show the whole map (0)")
        )
        self.anew_button = text_button(
            theme, "again", tr("Make anew"), tooltip=tr("Sort the whole library into groups again")
        )
        self.export_button = text_button(
            theme,
            "folders",
            tr("Export as groups…"),
            tooltip=tr("Write all groups for the trainer"),
        )
        self._pages = QStackedWidget()
        self._map = QWidget()
        self._waiting = QWidget()
        self._said = QWidget()
        self._lay_out()
        self._wire()
        self._on_changed()

    # --- what is shown ----------------------------------------------------------------------------

    @property
    def is_group_open(self) -> bool:
        """Whether the pictures of a group are shown."""
        return self._pages.currentWidget() is self.group_page

    @property
    def open_group(self) -> int | None:
        """The number of the group whose pictures are shown."""
        return self._group if self.is_group_open else None

    @property
    def is_map_shown(self) -> bool:
        """Whether the bubbles are shown."""
        return self._pages.currentWidget() is self._map

    def chosen_pictures(self) -> list[Question]:
        """The pictures that are selected in the open group."""
        return self.group_page.chosen if self.is_group_open else []

    def open(self, group: int) -> None:
        """Show the pictures of a group, or of the rest."""
        if self._shown is None:
            return
        self._group = group
        self.group_page.pictures.replace(self.groups.images(group), self._shown.paths)
        self.group_page.name.text = self.groups.name(group)
        self.group_page.detail.setText(self._detail(group))
        self.group_page.export_button.setEnabled(group != REST)
        self.list.go_to(group)
        self._pages.setCurrentWidget(self.group_page)
        self._enable_steps()
        self.group_page.view.scrollToTop()
        self.group_page.view.setFocus(Qt.FocusReason.OtherFocusReason)
        self.group_shown.emit(group)

    def reveal(self, image_id: int) -> bool:
        """Open the group that an image is in, at the image; False if the map does not have it."""
        for number in self.groups.everything:
            if image_id in self.groups.images(number):
                self.open(number)
                row = self.group_page.pictures.row_of(image_id)
                if row is not None:
                    self.group_page.view.setCurrentIndex(self.group_page.pictures.index(row))
                return True
        return False

    def show_map(self) -> None:
        """Go back from a group to the bubbles."""
        if self.is_group_open and self._shown is not None:
            self._pages.setCurrentWidget(self._map)
            self.canvas.choose(self._group if self._group != REST else None)
            self.list.take_focus()

    def step(self, by: int) -> None:
        """Open the group before or after, in the order of the list."""
        numbers = self.groups.numbers
        if self._group in numbers:
            at = numbers.index(self._group) + by
            if 0 <= at < len(numbers):
                self.open(numbers[at])

    def take_focus(self) -> None:
        """Let the keyboard act on what is shown."""
        if self.is_group_open:
            self.group_page.view.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self._presenter.is_making:
            self.cancel_button.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self._shown is not None:
            self.list.take_focus()
        else:
            self.retry_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _detail(self, group: int) -> str:
        count = map_phrases.pictures(self.groups.count(group))
        made = self.groups.group(group)
        if made is None:
            return f"{count} · " + tr("Too few alike, or too far from every group")
        return f"{count} · {map_phrases.sureness(made.name)}"

    def _enable_steps(self) -> None:
        numbers = self.groups.numbers
        at = numbers.index(self._group) if self._group in numbers else -1
        self.group_page.previous_button.setEnabled(at > 0)
        self.group_page.next_button.setEnabled(0 <= at < len(numbers) - 1)

    # --- wiring -----------------------------------------------------------------------------------

    def _wire(self) -> None:
        self._presenter.changed.connect(self._on_changed)
        self._presenter.progressed.connect(self._on_progress)
        self.list.chosen.connect(self._on_listed)
        self.list.opened.connect(self.open)
        self.canvas.selected.connect(self.list.go_to)
        self.canvas.opened.connect(self.open)
        self.canvas.picked.connect(self._on_picked)
        self.canvas.menu_asked.connect(self._on_canvas_menu)
        self.group_page.back_asked.connect(self.show_map)
        self.group_page.step_asked.connect(self.step)
        self.group_page.picked.connect(self.picked)
        self.group_page.menu_asked.connect(self.menu_asked)
        self.group_page.export_asked.connect(lambda: self.export_asked.emit([self._group]))
        self.groups.modelReset.connect(self._enable_steps)
        self.export_button.clicked.connect(self._export_all)
        self.retry_button.clicked.connect(self._presenter.want)
        self.anew_button.clicked.connect(lambda: self._presenter.make(anew=True))
        self.cancel_button.clicked.connect(self._presenter.cancel)
        self.smaller_button.clicked.connect(lambda: self.canvas.zoom(1 / ZOOM_STEP))
        self.larger_button.clicked.connect(lambda: self.canvas.zoom(ZOOM_STEP))
        self.fit_button.clicked.connect(self.canvas.fit)

    def _export_all(self) -> None:
        self.export_asked.emit([n for n in self.groups.everything if n != REST])

    def _on_listed(self, group: int) -> None:
        """The list moves the map, or turns the pages of the open group."""
        if self.is_group_open:
            self.open(group)
            self.list.view.setFocus(Qt.FocusReason.OtherFocusReason)
        elif group == REST:
            self.canvas.choose(None)
        else:
            self.canvas.choose(group)

    def _on_picked(self, image: int) -> None:
        question = self._question(image)
        if question is not None:
            self.picked.emit(question)

    def _on_canvas_menu(self, image: int, point: QPointF) -> None:
        question = self._question(image)
        if question is not None:
            self.menu_asked.emit([question], point.toPoint())

    def _question(self, image: int) -> Question | None:
        path = None if self._shown is None else self._shown.paths.get(image)
        return None if path is None else MapPicture(image, path).question

    def _on_progress(self, progress: Progress) -> None:
        self.phase.setText(map_phrases.phase(progress))
        self.bar.setMaximum(progress.total or 0)
        self.bar.setValue(progress.done if progress.total else 0)

    def _on_changed(self) -> None:
        presenter = self._presenter
        if presenter.is_making and (self._shown is None or presenter.is_making_anew):
            self.phase.setText(tr("Making the map"))
            self.bar.setMaximum(0)
            self._pages.setCurrentWidget(self._waiting)
            return
        if presenter.state is not self._shown:
            self._replace(presenter.state)
        self.list.setVisible(self._shown is not None)
        if presenter.trouble is not None:
            self._say("warning", tr("The map could not be made"), presenter.trouble.text)
        elif presenter.is_empty:
            self._say(
                "map",
                tr("Nothing to put on a map yet"),
                tr("Index pictures first: open a folder, or drop one on the window."),
                can_retry=False,
            )
        elif self._shown is None:
            self._say("map", tr("The map has not been made"), tr("It takes a few seconds."))
        elif not self._shown.made.groups and not self.is_group_open:
            self._say(
                "map",
                tr("No groups yet"),
                tr("Too few pictures share a logic. Index more of them."),
                can_retry=False,
            )
        elif not self.is_group_open:
            self._pages.setCurrentWidget(self._map)

    def _replace(self, state: MapState | None) -> None:
        """Show another map; the group that was open stays so, as far as it is there."""
        pictures = self.group_page.pictures
        first = pictures.picture(0) if self.is_group_open and pictures.rowCount() else None
        self._shown = state
        self.groups.replace(state)
        self.canvas.replace(state)
        self._pages.setCurrentWidget(self._map)
        if state is not None:
            self.summary.setText(map_phrases.summary(state.made))
        if first is not None:
            self.reveal(first.image_id)

    def _say(self, icon: str, title: str, hint: str, *, can_retry: bool = True) -> None:
        self.message.say(icon, title, hint)
        self.retry_button.setVisible(can_retry)
        self._pages.setCurrentWidget(self._said)

    # --- layout -----------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        self._lay_out_map()
        self._lay_out_waiting()
        said = QVBoxLayout(self._said)
        said.addWidget(self.message, 1)
        said.addWidget(self.retry_button, 0, Qt.AlignmentFlag.AlignHCenter)
        said.addStretch(1)
        for page in (self._map, self._waiting, self._said, self.group_page):
            self._pages.addWidget(page)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.list)
        layout.addWidget(self._pages, 1)

    def _lay_out_map(self) -> None:
        row = QHBoxLayout()
        row.setContentsMargins(16, 8, 12, 8)
        row.setSpacing(8)
        row.addWidget(self.summary, 1)
        row.addWidget(self.smaller_button)
        row.addWidget(self.larger_button)
        row.addWidget(self.fit_button)
        row.addSpacing(8)
        row.addWidget(self.anew_button)
        row.addWidget(self.export_button)
        layout = QVBoxLayout(self._map)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(row)
        layout.addWidget(self.canvas, 1)

    def _lay_out_waiting(self) -> None:
        self.bar.setTextVisible(False)
        self.bar.setFixedWidth(320)
        self.bar.setAccessibleName(tr("Progress of the map"))
        layout = QVBoxLayout(self._waiting)
        layout.setSpacing(16)
        layout.addStretch(2)
        for part in (self.phase, self.bar, self.cancel_button):
            layout.addWidget(part, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(3)
