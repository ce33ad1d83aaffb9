"""What the library can be narrowed down to, as a panel that opens under its button."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDateEdit,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLayout,
    QSlider,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from relsim_desktop import filter_phrases
from relsim_desktop.theme import Theme
from relsim_desktop.translation import number, tr
from relsim_desktop.views.asking.chips import Swatch, chip
from relsim_desktop.views.buttons import push_button
from relsim_desktop.views.flow_layout import FlowLayout
from relsim_desktop.views.labels import label

if TYPE_CHECKING:
    from engine.finding.columns import Facets
    from engine.finding.filters import Filters

_SETTLE_MS = 150
_WIDTH = 472
_DATE_WIDTH = 116


class FilterPanel(QFrame):
    """Edits filters; every change is told at once, so that the answer can be seen behind it."""

    changed = Signal(object)
    """The `Filters` as they are now."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("filterPanel")
        self._theme = theme
        self._is_filling = False
        self.folder = QComboBox()
        self.since = _Day(tr("Since"), tr("Taken on this day or later"))
        self.until = _Day(tr("Until"), tr("Taken on this day or earlier"))
        self.formats: dict[str, QToolButton] = {}
        self.orientations: dict[str, QToolButton] = {}
        self.colours: dict[str, Swatch] = {}
        self.least = QSlider(Qt.Orientation.Horizontal)
        self.least_text = label(theme, scale=0.9, muted=True)
        self.clear_button = push_button(tr("Clear all filters"), link=True)
        self.count = label(theme, scale=0.9, muted=True)
        self.unmeasured = label(theme, scale=0.9, muted=True)
        self.unmeasured.setWordWrap(True)
        self.unmeasured.hide()
        self._format_chips = FlowLayout(gap=6)
        self._orientation_chips = FlowLayout(gap=6)
        self._swatches = FlowLayout(gap=2)
        self._settling = QTimer(self, singleShot=True, interval=_SETTLE_MS)
        self._settling.timeout.connect(self._tell)
        self._lay_out()
        self._wire()

    @property
    def filters(self) -> Filters:
        """What is set."""
        from engine.finding.filters import Filters

        folder = self.folder.currentData()
        until = self.until.day
        return Filters(
            folders=(folder,) if isinstance(folder, Path) else (),
            after_ns=filter_phrases.to_ns(self.since.day) if self.since.day else None,
            before_ns=filter_phrases.to_ns(until) + filter_phrases.DAY_NS if until else None,
            formats=_checked(self.formats),
            orientations=_checked(self.orientations),  # type: ignore[arg-type]
            colours=_checked(self.colours),
            min_percentile=float(self.least.value()),
        )

    def show_facets(self, facets: Facets) -> None:
        """Offer what there is in the library, with how many pictures have it."""
        chosen = self.filters
        self._is_filling = True
        self._offer_folders(facets.folders)
        formats = dict.fromkeys(chosen.formats, 0) | dict(facets.formats)
        self._offer(self._format_chips, self.formats, formats, chosen.formats, str)
        self._offer(
            self._orientation_chips,
            self.orientations,
            _all_orientations(facets),
            chosen.orientations,
            lambda one: tr(filter_phrases.ORIENTATIONS[one]),
        )
        for name, swatch in self.colours.items():
            many = facets.colours.get(name, 0)
            said = f"{tr(filter_phrases.COLOURS[name][1])} ({number(many)})"
            swatch.setToolTip(said)
            swatch.setAccessibleName(said)
            swatch.setEnabled(many > 0 or name in chosen.colours)
        self.unmeasured.setText(
            tr(
                "%n picture(s) are not measured yet: no format, shape or colour lets them pass",
                "",
                facets.unmeasured,
            )
        )
        self.unmeasured.setVisible(facets.unmeasured > 0)
        if facets.years:
            self.since.suggest(date(min(facets.years), 1, 1))
        self._show(chosen)
        self.adjustSize()

    def show_filters(self, filters: Filters | None) -> None:
        """Show filters that were set elsewhere."""
        from engine.finding.filters import Filters

        filters = filters or Filters()
        if filters != self.filters and not self._settling.isActive():
            self._show(filters)

    def _show(self, filters: Filters) -> None:
        self._is_filling = True
        folder = filters.folders[0] if filters.folders else None
        if folder is not None and self._row_of(folder) < 0:
            self.folder.addItem(folder.name or str(folder), folder)
        self.folder.setCurrentIndex(max(self._row_of(folder), 0))
        self.since.show_day(_date(filters.after_ns))
        before = filters.before_ns
        self.until.show_day(_date(before - 1 if before is not None else None))
        for buttons, chosen in (
            (self.formats, filters.formats),
            (self.orientations, filters.orientations),
            (self.colours, filters.colours),
        ):
            for name, button in buttons.items():
                button.setChecked(name in chosen)
        self.least.setValue(round(filters.min_percentile))
        self._is_filling = False

    def show_count(self, passing: int, of: int) -> None:
        """Say how many pictures pass."""
        self.count.setText(filter_phrases.passing(passing, of))

    def open_under(self, button: QWidget) -> None:
        """Open it at a button, within the screen."""
        self.adjustSize()
        at = button.mapToGlobal(QPoint(button.width() - self.width(), button.height() + 4))
        free = self.screen().availableGeometry()
        left = min(at.x(), free.right() - self.width())
        top = at.y()
        if top + self.height() > free.bottom():
            top = max(free.top(), free.bottom() - self.height())
        self.move(max(free.left(), left), top)
        self.show()
        self.folder.setFocus(Qt.FocusReason.PopupFocusReason)

    def clear(self) -> None:
        """No condition any more."""
        from engine.finding.filters import Filters

        self._settling.stop()
        self.show_filters(Filters())
        self._tell()

    def _tell(self) -> None:
        self.changed.emit(self.filters)

    def _on_changed(self) -> None:
        self.least_text.setText(filter_phrases.least(self.least.value()))
        if not self._is_filling:
            self._settling.start()

    def _row_of(self, folder: Path | None) -> int:
        rows = range(self.folder.count())
        return next((row for row in rows if self.folder.itemData(row) == folder), -1)

    def _offer_folders(self, folders: Mapping[Path, int]) -> None:
        chosen = self.folder.currentData()
        self.folder.clear()
        self.folder.addItem(tr("Everywhere"), None)
        for folder, many in folders.items():
            self.folder.addItem(f"{folder.name or folder} ({number(many)})", folder)
            self.folder.setItemData(
                self.folder.count() - 1, str(folder), Qt.ItemDataRole.ToolTipRole
            )
        self.folder.setCurrentIndex(max(self._row_of(chosen), 0))

    def _offer(
        self,
        flow: FlowLayout,
        buttons: dict[str, QToolButton],
        counts: Mapping[str, int],
        chosen: Sequence[str],
        name_of: Callable[[str], str],
    ) -> None:
        flow.take_all()
        buttons.clear()
        for one, many in counts.items():
            said = f"{name_of(one)} ({number(many)})"
            made = chip(self._theme, name_of(one), name=said, tooltip=said)
            made.setEnabled(many > 0 or one in chosen)
            made.setChecked(one in chosen)
            made.toggled.connect(self._on_changed)
            flow.addWidget(made)
            buttons[one] = made

    def _lay_out(self) -> None:
        self.folder.setAccessibleName(tr("Folder"))
        self.folder.addItem(tr("Everywhere"), None)
        self.folder.setMinimumContentsLength(24)
        self.least.setRange(0, 99)
        self.least.setPageStep(10)
        self.least.setAccessibleName(tr("Minimum score"))
        self.least.setToolTip(tr("Hide what is less related than this, among all of this library"))
        for name, (value, text) in filter_phrases.COLOURS.items():
            self.colours[name] = Swatch(self._theme, QColor(value), tr(text))
            self._swatches.addWidget(self.colours[name])
        dates = QHBoxLayout()
        dates.setSpacing(8)
        for day in (self.since, self.until):
            dates.addWidget(day.box)
            dates.addWidget(day.edit)
        dates.addStretch()
        score = QHBoxLayout()
        score.setSpacing(12)
        score.addWidget(self.least, 1)
        self.least_text.setMinimumWidth(110)
        score.addWidget(self.least_text)
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(10)
        grid.setColumnStretch(1, 1)
        rows: Sequence[tuple[str, QWidget | QLayout]] = (
            (tr("Folder"), self.folder),
            (tr("Taken"), dates),
            (tr("Format"), self._format_chips),
            (tr("Shape"), self._orientation_chips),
            (tr("Colour"), self._swatches),
            (tr("Score"), score),
        )
        for row, (text, part) in enumerate(rows):
            grid.addWidget(label(self._theme, text, scale=0.9, muted=True), row, 0)
            if isinstance(part, QWidget):
                grid.addWidget(part, row, 1)
            else:
                grid.addLayout(part, row, 1)
        foot = QHBoxLayout()
        foot.addWidget(self.count, 1)
        foot.addWidget(self.clear_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 8)
        layout.setSpacing(12)
        layout.addLayout(grid)
        layout.addWidget(self.unmeasured)
        layout.addLayout(foot)
        self.setFixedWidth(_WIDTH)

    def _wire(self) -> None:
        self.folder.currentIndexChanged.connect(self._on_changed)
        for day in (self.since, self.until):
            day.box.toggled.connect(self._on_changed)
            day.edit.dateChanged.connect(self._on_changed)
        for swatch in self.colours.values():
            swatch.toggled.connect(self._on_changed)
        self.least.valueChanged.connect(self._on_changed)
        self.clear_button.clicked.connect(self.clear)
        self._on_changed()
        self._settling.stop()


class _Day:
    """A day that counts or not."""

    def __init__(self, text: str, name: str) -> None:
        self.box = QCheckBox(text)
        self.box.setAccessibleName(name)
        self.edit = QDateEdit(QDate.currentDate())
        self.edit.setCalendarPopup(True)
        self.edit.setDisplayFormat("yyyy-MM-dd")
        self.edit.setAccessibleName(name)
        self.edit.setMinimumWidth(_DATE_WIDTH)
        self.edit.setEnabled(False)
        self.box.toggled.connect(self.edit.setEnabled)

    @property
    def day(self) -> date | None:
        """The day, if it counts."""
        chosen = self.edit.date()
        is_on = self.box.isChecked()
        return date(chosen.year(), chosen.month(), chosen.day()) if is_on else None

    def show_day(self, day: date | None) -> None:
        """Show one, or none."""
        if day is not None:
            self.edit.setDate(QDate(day.year, day.month, day.day))
        self.box.setChecked(day is not None)

    def suggest(self, day: date) -> None:
        """Begin with this one when it comes to count."""
        if not self.box.isChecked():
            self.edit.setDate(QDate(day.year, day.month, day.day))


def _all_orientations(facets: Facets) -> dict[str, int]:
    """Also those that no picture has, so that each keeps its place."""
    known: dict[str, int] = dict(facets.orientations.items())
    return {name: known.get(name, 0) for name in filter_phrases.ORIENTATIONS}


def _date(moment_ns: int | None) -> date | None:
    return None if moment_ns is None else filter_phrases.to_date(moment_ns)


def _checked(buttons: Mapping[str, QToolButton]) -> tuple[str, ...]:
    return tuple(name for name, button in buttons.items() if button.isChecked())
