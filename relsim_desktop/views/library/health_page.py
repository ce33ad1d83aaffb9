"""The page of the library's health: numbers that add up, finding, disk, folders, failures."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from relsim_desktop import folder_phrases, health_phrases, phrases
from relsim_desktop.itemmodels.failures import FailuresModel
from relsim_desktop.presenters.health import LibraryHealth
from relsim_desktop.theme import Theme
from relsim_desktop.translation import tr
from relsim_desktop.views.buttons import push_button
from relsim_desktop.views.labels import label
from relsim_desktop.views.library.facts import FactsCard
from relsim_desktop.views.library.failures_table import FailuresTable
from relsim_desktop.views.library.sum_bar import Part, SumBar
from relsim_desktop.views.narrow_column import fill_narrow

if TYPE_CHECKING:
    from engine.library.health import HealthReport
    from engine.library.watching import WatchState

_WIDEST = 900
_TABLE = 300  # pixels; a longer list scrolls
_ROW = 32


class HealthPage(QWidget):
    """Shows a `LibraryHealth`; its buttons are wired by who builds it."""

    def __init__(self, theme: Theme, failures: FailuresModel) -> None:
        super().__init__()
        self.setObjectName("healthPage")
        self._theme = theme
        self.verdict = label(theme, muted=True)
        self.sum = label(theme, scale=1.15, bold=True)
        self.bar = SumBar(theme)
        self.images = label(theme, scale=0.95, muted=True)
        self.look_button = push_button(tr("Look again"))
        self.copy_button = push_button(tr("Copy report"), primary=True)
        self.recall_button = push_button(tr("Measure"))
        self.check_button = push_button(tr("Check"))
        self.clear_button = push_button(tr("Clear"))
        self.backups_button = push_button(tr("Delete…"))
        finding = self.finding = FactsCard(theme, tr("Finding"))
        self.model = finding.add(tr("Model"))
        self.fingerprint = finding.add(tr("Fingerprint"))
        self.coverage = finding.add(tr("Embedded"))
        self.index = finding.add(tr("Index"))
        self.recall = finding.add(tr("Recall"), self.recall_button)
        disk = self.disk = FactsCard(theme, tr("On disk"))
        self.place = disk.add(tr("Library"))
        self.database = disk.add(tr("Database"), self.check_button)
        self.graphs = disk.add(tr("Saved index"))
        self.thumbnails = disk.add(tr("Thumbnails"), self.clear_button)
        self.backups = disk.add(tr("Old copies"), self.backups_button)
        self.folders = FactsCard(theme, tr("Folders"))
        self.failures = FailuresTable(theme, failures)
        self._lay_out()

    @property
    def controls(self) -> tuple[QWidget, ...]:
        """What the keyboard can reach, in order."""
        return (
            self.look_button,
            self.copy_button,
            self.recall_button,
            self.check_button,
            self.clear_button,
            self.backups_button,
            *self.failures.controls,
        )

    def show_health(self, health: LibraryHealth, watched: Mapping[Path, WatchState]) -> None:
        """Show what is known now."""
        report = health.report
        if report is None:
            self.verdict.setText(tr("Looking…"))
            return
        self.verdict.setText(health_phrases.verdict(report, health.problems))
        self._show_sum(report)
        self.model.show(report.model)
        self.fingerprint.show(report.fingerprint)
        self.coverage.show(health_phrases.coverage(report))
        self.index.show(health_phrases.index(report))
        self.recall.show(health_phrases.recall(health))
        self.recall_button.setText(tr("Stop") if health.is_measuring else tr("Measure"))
        self.recall_button.setEnabled(report.images > 0)
        self.place.show(str(report.library))
        self.database.show(health_phrases.database(report, health), danger=bool(health.problems))
        self.check_button.setEnabled(not health.is_checking)
        self.graphs.show(health_phrases.graphs(report))
        self.thumbnails.show(phrases.size(report.thumbnail_bytes))
        self.clear_button.setEnabled(report.thumbnail_bytes > 0)
        self.backups.show(health_phrases.backups(report))
        self.backups_button.setEnabled(bool(report.backups))
        self.folders.setVisible(bool(report.folders))
        self.folders.show_facts(
            [
                (
                    folder_phrases.name(state.folder.path),
                    f"{folder_phrases.numbers(state)}\n"
                    f"{folder_phrases.standing(state, watched.get(state.folder.path))}",
                )
                for state in report.folders
            ]
        )
        self.failures.setVisible(bool(report.failures))
        rows = _ROW * len(report.failures)
        self.failures.table.setFixedHeight(min(_TABLE, rows + self._table_head))

    @property
    def _table_head(self) -> int:
        table = self.failures.table
        return table.horizontalHeader().sizeHint().height() + 2 * table.frameWidth() + 8

    def _show_sum(self, report: HealthReport) -> None:
        self.sum.setText(health_phrases.total(report))
        self.bar.show_parts(
            [
                Part(tr("indexed"), report.indexed, "accent"),
                Part(tr("waiting"), report.pending, "accent_tint"),
                Part(tr("failed"), report.failed, "danger"),
                Part(tr("offline"), report.offline, "attribute"),
                Part(tr("skipped"), report.skipped, "muted"),
            ]
        )
        self.images.setText(health_phrases.images(report))

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(label(self._theme, tr("Health of this library"), scale=1.3, bold=True))
        words.addWidget(self.verdict)
        head.addLayout(words, 1)
        head.addWidget(self.look_button)
        head.addWidget(self.copy_button)
        files = QFrame()
        files.setObjectName("modelCard")
        inside = QVBoxLayout(files)
        inside.setContentsMargins(16, 16, 16, 16)
        inside.setSpacing(12)
        for part in (self.sum, self.bar, self.images):
            inside.addWidget(part)
        column = QVBoxLayout()
        column.setContentsMargins(16, 24, 16, 24)
        column.setSpacing(16)
        column.addLayout(head)
        for card in (files, self.failures, self.finding, self.disk, self.folders):
            column.addWidget(card)
        column.addStretch()
        fill_narrow(self, column, _WIDEST)
        for before, after in pairwise(self.controls):
            QWidget.setTabOrder(before, after)
