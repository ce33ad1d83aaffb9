"""Questions and notes to a person."""

from __future__ import annotations

import json
from importlib.metadata import PackageNotFoundError, version

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QLabel,
    QMessageBox,
    QVBoxLayout,
    QWidget,
)

from relsim_desktop.jobs import Trouble
from relsim_desktop.theme import Theme
from relsim_desktop.translation import tr
from relsim_desktop.views.labels import label
from resources import ROOT


def show_trouble(trouble: Trouble, parent: QWidget) -> None:
    """Show what went wrong; a defect of ours comes with details that can be copied."""
    box = QMessageBox(parent)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setIcon(QMessageBox.Icon.Warning)
    box.setWindowTitle("Relsim Desktop")
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(trouble.text)
    if trouble.details is not None:
        box.setText(tr("Something went wrong that should not have."))
        box.setInformativeText(
            tr(
                "{text}\n\nYour files and your library are safe. Please copy the details into "
                "a report."
            ).format(text=trouble.text)
        )
        box.setDetailedText(trouble.details)
    box.open()


class AboutDialog(QDialog):
    """Version, model, licences."""

    def __init__(self, theme: Theme, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("About Relsim Desktop"))
        text = QLabel(_about())
        text.setTextFormat(Qt.TextFormat.RichText)
        text.setWordWrap(True)
        text.setMinimumWidth(480)
        text.setTextInteractionFlags(Qt.TextInteractionFlag.TextBrowserInteraction)
        text.setOpenExternalLinks(False)
        body = QGridLayout()
        body.addWidget(text)
        _finish(self, theme, f"Relsim Desktop {_version()}", body)


def _finish(dialog: QDialog, theme: Theme, title: str, body: QGridLayout) -> None:
    buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
    buttons.rejected.connect(dialog.reject)
    layout = QVBoxLayout(dialog)
    layout.setContentsMargins(32, 24, 32, 20)
    layout.setSpacing(16)
    layout.addWidget(label(theme, title, scale=1.3, bold=True))
    layout.addLayout(body)
    layout.addStretch()
    layout.addWidget(buttons)


def _version() -> str:
    try:
        return version("relsim-desktop")
    except PackageNotFoundError:  # run from a source tree that was never installed
        return ""


def _about() -> str:
    spec = ROOT / "models" / "relsim-mini" / "spec.json"
    parts = [
        tr(
            "<p>Finds pictures that share a logic although they look nothing alike. It "
            "works offline and never changes your files.</p>"
        ),
        tr(
            "<p>Relsim Desktop is free software under the Apache License 2.0. It uses Qt "
            "for Python (LGPL 3), ONNX Runtime (MIT), hnswlib (Apache 2.0), PyTorch "
            "(BSD), Transformers and PEFT (Apache 2.0), Pillow (MIT-CMU) and "
            "all-MiniLM-L6-v2 (Apache 2.0).</p>"
        ),
    ]
    if spec.exists():
        model = json.loads(spec.read_text("utf-8"))
        parts.append(
            tr("<p><b>Bundled model:</b> {model} {version}, licence {licence}.</p>").format(
                model=model["id"],
                version=model["version"],
                licence=model.get("licence", tr("unknown")),
            )
        )
    parts.append(
        tr(
            "<p>Other models are not part of it and come only when you ask for them. "
            "relsim-7b and its captioner are their authors’ and for <b>non-commercial "
            "use only</b> (CC BY-NC-SA 4.0); the model that they are built on is "
            "Qwen2.5-VL (Apache 2.0).</p>"
        )
    )
    return "".join(parts)
