"""Where a person chooses what a board becomes, sees how it will look, and waits for it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QImage, QPixmap
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from relsim_desktop import file_actions, judging_phrases
from relsim_desktop.exporting.options import KINDS, PAGES, SCALES, ExportOptions
from relsim_desktop.presenters.exporting import Exporting
from relsim_desktop.theme import Theme
from relsim_desktop.translation import tr
from relsim_desktop.views.buttons import push_button
from relsim_desktop.views.labels import label

if TYPE_CHECKING:
    from engine.exports.contents import ExportReport
    from engine.jobs import Progress
    from relsim_desktop.jobs import Trouble

_PREVIEW = QSize(520, 400)
_LISTED = 6
_CANVAS_KINDS = ("png", "pdf")


class ExportDialog(QDialog):
    """Belongs to one board. Escape cancels what runs, then closes."""

    options_changed = Signal(object)
    """The `ExportOptions` that a person chose, to be remembered."""

    trouble = Signal(object)
    """A `Trouble` that is a defect of ours."""

    def __init__(self, theme: Theme, exporting: Exporting, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        name = judging_phrases.board_name(exporting.board.name)
        self.setWindowTitle(tr("Export “{board}”").replace("{board}", name))
        self._exporting = exporting
        exporting.setParent(self)
        self._image: QImage | None = None
        self._out: Path | None = None
        self.kind = _choice(tr("Export as"), [(tr(text), kind) for kind, text in KINDS.items()])
        self.arrangement = _choice(
            tr("Arrangement"),
            [(tr("Contact sheet"), "sheet"), (tr("As on the canvas"), "canvas")],
        )
        self.scale = _choice(
            tr("Scale"), [(tr("{n} times").replace("{n}", str(n)), n) for n in SCALES]
        )
        self.page = _choice(tr("Paper"), [(page, page) for page in PAGES])
        self.landscape = QCheckBox(tr("Landscape"))
        self.captions = QCheckBox(tr("Captions"))
        self.notes = QCheckBox(tr("Notes"))
        self.scores = QCheckBox(tr("Scores"))
        self.sources = QCheckBox(tr("Sources"))
        self.preview = QLabel(tr("Drawing the preview…"))
        self.said = label(theme, muted=True)
        self.progress = QProgressBar()
        self.reveal_button = push_button(tr("Show in file manager"))
        self.cancel_button = push_button(tr("Cancel"))
        self.export_button = push_button(tr("Export…"), primary=True)
        self._form = QFormLayout()
        self._options_box = QWidget()
        self._lay_out(theme)
        self._show(exporting.options)
        self._wire()

    def export_to(self, out: Path) -> None:
        """Write to a place that a person chose."""
        self._out = out
        self._say("")
        self.progress.setRange(0, 0)
        self._show_running(True)
        self.options_changed.emit(self._exporting.options)
        self._exporting.export(out)

    def choose_place(self) -> QFileDialog:
        """Let a person choose where to write to."""
        kind = self._exporting.options.kind
        dialog = QFileDialog(self, self.windowTitle())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        name = self._file_name()
        if kind == "folder":
            dialog.setFileMode(QFileDialog.FileMode.Directory)
            dialog.setOption(QFileDialog.Option.ShowDirsOnly)
            dialog.setLabelText(QFileDialog.DialogLabel.Accept, tr("Export here"))
            dialog.fileSelected.connect(lambda place: self._export_folder(Path(place)))
        else:
            dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
            dialog.setNameFilters([f"{tr(KINDS[kind])} (*.{kind})"])
            dialog.setDefaultSuffix(kind)
            dialog.selectFile(f"{name}.{kind}")
            dialog.fileSelected.connect(lambda place: self.export_to(Path(place)))
        dialog.open()
        return dialog

    def reject(self) -> None:
        """Cancel what runs; else close."""
        if self._exporting.is_running:
            self._exporting.cancel()
        else:
            self._exporting.cancel()
            super().reject()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Nothing goes on behind a dialog that is gone."""
        self._exporting.cancel()
        super().closeEvent(event)

    # --- options ----------------------------------------------------------------------------------

    def _options(self) -> ExportOptions:
        kind = self.kind.currentData()
        return ExportOptions(
            kind=kind,
            layout=self.arrangement.currentData(),
            captions=self.captions.isChecked(),
            notes=self.notes.isChecked(),
            scores=self.scores.isChecked(),
            sources=self.sources.isChecked(),
            scale=self.scale.currentData(),
            page=self.page.currentData(),
            is_landscape=self.landscape.isChecked(),
        )

    def _show(self, options: ExportOptions) -> None:
        for box, value in (
            (self.kind, options.kind),
            (self.arrangement, options.layout),
            (self.scale, options.scale),
            (self.page, options.page),
        ):
            box.setCurrentIndex(max(0, box.findData(value)))
        for check, is_on in (
            (self.captions, options.captions),
            (self.notes, options.notes),
            (self.scores, options.scores),
            (self.sources, options.sources),
            (self.landscape, options.is_landscape),
        ):
            check.setChecked(is_on)
        self._show_fitting(options)

    def _show_fitting(self, options: ExportOptions) -> None:
        """Show only those options that change something."""
        is_sheet = options.layout == "sheet"
        self._form.setRowVisible(self.arrangement, options.kind in _CANVAS_KINDS)
        self._form.setRowVisible(self.scale, options.kind == "png")
        self._form.setRowVisible(self.page, options.kind == "pdf" and is_sheet)
        self._form.setRowVisible(self.landscape, options.kind == "pdf" and is_sheet)
        for check in (self.captions, self.notes, self.scores, self.sources):
            check.setVisible(options.kind != "folder")

    def _on_option(self) -> None:
        options = self._options()
        self._show_fitting(options)
        self._say("")
        shown = options if options.kind in _CANVAS_KINDS else replace(options, layout="sheet")
        self._exporting.options = shown

    # --- what happens -----------------------------------------------------------------------------

    def _on_preview(self, image: QImage) -> None:
        self._image = image
        scale = self.devicePixelRatioF()
        keep = Qt.AspectRatioMode.KeepAspectRatio
        smooth = Qt.TransformationMode.SmoothTransformation
        pixmap = QPixmap.fromImage(image.scaled(_PREVIEW * scale, keep, smooth))
        pixmap.setDevicePixelRatio(scale)
        self.preview.setPixmap(pixmap)

    def _on_progress(self, progress: Progress) -> None:
        self.progress.setRange(0, progress.total or 0)
        self.progress.setValue(progress.done)

    def _on_done(self, report: ExportReport) -> None:
        lines = [
            tr("Exported {count} of {all} pictures.")
            .replace("{count}", f"{report.pictures:,}")
            .replace("{all}", f"{report.pictures + len(report.missing):,}"),
            str(report.out),
        ]
        if report.missing:
            listed = [f"{one.name}: {one.reason}" for one in report.missing[:_LISTED]]
            more = len(report.missing) - len(listed)
            lines += [tr("Left out, with a placeholder:"), *listed]
            if more:
                lines.append(tr("and {count} more").replace("{count}", f"{more:,}"))
        self._say("\n".join(lines))
        self.reveal_button.show()
        self.cancel_button.setText(tr("Close"))

    def _on_failed(self, trouble: Trouble) -> None:
        self._say(trouble.text)
        if trouble.details is not None:
            self.trouble.emit(trouble)

    def _on_reveal(self) -> None:
        if self._out is not None:
            file_actions.reveal(self._out)

    def _export_folder(self, parent: Path) -> None:
        from engine.exports.atomic import free_name

        self.export_to(free_name(parent, self._file_name()))

    def _file_name(self) -> str:
        from engine.exports.atomic import safe_name

        return safe_name(self._exporting.board.name)

    def _say(self, text: str) -> None:
        self.said.setText(text)
        self.said.setVisible(bool(text))
        self.reveal_button.hide()
        self.cancel_button.setText(tr("Cancel"))

    def _show_running(self, is_running: bool) -> None:
        self.progress.setVisible(is_running)
        self._options_box.setEnabled(not is_running)
        self.export_button.setEnabled(not is_running)

    def _wire(self) -> None:
        exporting = self._exporting
        for box in (self.kind, self.arrangement, self.scale, self.page):
            box.currentIndexChanged.connect(self._on_option)
        for check in (self.captions, self.notes, self.scores, self.sources, self.landscape):
            check.toggled.connect(self._on_option)
        self.export_button.clicked.connect(self.choose_place)
        self.cancel_button.clicked.connect(self.reject)
        self.reveal_button.clicked.connect(self._on_reveal)
        exporting.previewed.connect(self._on_preview)
        exporting.progressed.connect(self._on_progress)
        exporting.done.connect(self._on_done)
        exporting.failed.connect(self._on_failed)
        exporting.ended.connect(lambda: self._show_running(False))

    def _lay_out(self, theme: Theme) -> None:
        self.preview.setFixedSize(_PREVIEW + QSize(2, 2))
        self.preview.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.preview.setObjectName("exportPreview")
        self.preview.setProperty("muted", True)
        self.preview.setAccessibleName(tr("Preview of the first page"))
        self.progress.setAccessibleName(tr("Progress of the export"))
        self.progress.setTextVisible(False)
        self.progress.hide()
        self.said.setWordWrap(True)
        self.said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.said.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._say("")
        form = self._form
        form.setContentsMargins(0, 0, 0, 0)
        form.setVerticalSpacing(12)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        form.setHorizontalSpacing(12)
        form.addRow(tr("Export as"), self.kind)
        form.addRow(tr("Arrangement"), self.arrangement)
        form.addRow(tr("Scale"), self.scale)
        form.addRow(tr("Paper"), self.page)
        form.addRow("", self.landscape)
        left = QVBoxLayout(self._options_box)
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(12)
        left.addLayout(form)
        left.addSpacing(4)
        for check in (self.captions, self.notes, self.scores, self.sources):
            left.addWidget(check)
        left.addStretch()
        self._options_box.setFixedWidth(280)
        top = QHBoxLayout()
        top.setSpacing(24)
        top.addWidget(self._options_box)
        top.addWidget(self.preview)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.reveal_button)
        foot.addStretch()
        foot.addWidget(self.cancel_button)
        foot.addWidget(self.export_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(12)
        layout.addLayout(top)
        layout.addWidget(self.progress)
        layout.addWidget(self.said)
        layout.addLayout(foot)
        self.export_button.setDefault(True)


def _choice(name: str, entries: list[tuple[str, object]]) -> QComboBox:
    box = QComboBox()
    box.setAccessibleName(name)
    for text, value in entries:
        box.addItem(text, value)
    return box
