"""Where a person says what a new study compares, and waits until it is made."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QProgressBar,
    QRadioButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from relsim_desktop import phrases, study_phrases
from relsim_desktop.operations.study import PROMPT_METHODS, StudyRequest
from relsim_desktop.presenters.study import Studies
from relsim_desktop.theme import Theme
from relsim_desktop.translation import QT_TRANSLATE_NOOP, tr
from relsim_desktop.views.buttons import push_button
from relsim_desktop.views.labels import label

if TYPE_CHECKING:
    from pathlib import Path

    from engine.jobs import Progress
    from relsim_desktop.jobs import Trouble

_MOST = 2000
_COUNT = 24
_LARGEST_SEED = 999_999
_HINT = QT_TRANSLATE_NOOP(
    "",
    "Each picture is shown once for each method to compare with, beside what both find closest to"
    " it in your library. Where both find the same, nothing is asked.",
)


class MakeDialog(QDialog):
    """Escape cancels what runs, then closes."""

    made = Signal(object)
    """The path of the new study."""

    def __init__(
        self,
        theme: Theme,
        studies: Studies,
        images: tuple[int, ...],
        *,
        library: int,
        preferred: str,
        parent: QWidget,
    ) -> None:
        """Build it.

        Args:
            theme: Dresses it.
            studies: Makes the study.
            images: What is selected in the library.
            library: How many files the library has.
            preferred: Id of the method that is proposed to be tested.
            parent: The window below it.
        """
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("New study"))
        self.setMinimumWidth(560)
        self._theme = theme
        self._studies = studies
        self._images = images
        self._library = library
        self._preferred = preferred
        self.name = QLineEdit()
        self.selected = QRadioButton()
        self.drawn = QRadioButton(tr("Drawn at random:"))
        self.count = QSpinBox()
        self.seed = QSpinBox()
        self.tested = QComboBox()
        self.baselines: dict[str, QCheckBox] = {}
        self.said = label(theme, muted=True)
        self.progress = QProgressBar()
        self.cancel_button = push_button(tr("Cancel"))
        self.make_button = push_button(tr("Make study"), primary=True)
        self._boxes = QVBoxLayout()
        self._options = QWidget()
        self._lay_out()
        self._show_pictures()
        self._wire()
        self._on_methods()

    @property
    def request(self) -> StudyRequest:
        """What a person has chosen."""
        return StudyRequest(
            title=" ".join(self.name.text().split()),
            images=self._images if self.selected.isChecked() else None,
            count=self.count.value(),
            seed=self.seed.value(),
            tested=str(self.tested.currentData() or ""),
            baselines=self._chosen,
        )

    def make(self) -> None:
        """Make it; the dialog closes when it is there."""
        self._say("")
        self.progress.setRange(0, 0)
        self._studies.make(self.request)

    def reject(self) -> None:
        """Cancel what runs; else close."""
        if self._studies.is_running:
            self._studies.cancel()
        else:
            super().reject()

    def showEvent(self, event: QShowEvent) -> None:
        """Begin with the name."""
        super().showEvent(event)
        self.name.setFocus()
        self.name.selectAll()

    # --- what happens -----------------------------------------------------------------------------

    @property
    def _chosen(self) -> tuple[str, ...]:
        tested = self.tested.currentData()
        return tuple(
            one for one, box in self.baselines.items() if box.isChecked() and one != tested
        )

    def _on_methods(self) -> None:
        """Offer the methods; at first those are chosen that have seen the library already."""
        methods = self._studies.methods
        if not methods or self.tested.count():
            self._enable()
            return
        for method in methods:
            box = self.baselines[method.id] = QCheckBox(method.title.replace("&", "&&"))
            box.setChecked(method.id in PROMPT_METHODS)
            box.toggled.connect(self._enable)
            self._boxes.addWidget(box)
            self.tested.addItem(method.title, method.id)
        self.tested.setCurrentIndex(max(0, self.tested.findData(self._preferred)))
        self._order_tabs()
        self._on_tested()

    def _on_tested(self) -> None:
        tested = self.tested.currentData()
        for method, box in self.baselines.items():
            box.setVisible(method != tested)
        self._enable()

    def _enable(self) -> None:
        request, is_running = self.request, self._studies.is_running
        self._options.setEnabled(not is_running)
        self.progress.setVisible(is_running)
        self.count.setEnabled(self.drawn.isChecked())
        self.seed.setEnabled(self.drawn.isChecked())
        is_empty = self._library < study_phrases.LEAST_PICTURES
        self.make_button.setEnabled(
            bool(request.title and request.baselines) and not is_running and not is_empty
        )
        if is_empty:
            self._say(tr(study_phrases.TOO_SMALL), is_trouble=True)
        elif self._studies.methods and not request.baselines and not is_running:
            self._say(tr("Choose at least one method to compare with."))
        elif not self.said.property("danger") and not is_running:
            self._say(study_phrases.questions(request, len(self._images)))

    def _on_progress(self, progress: Progress) -> None:
        self.progress.setRange(0, progress.total or 0)
        self.progress.setValue(progress.done)
        self._say(phrases.phase(progress))

    def _on_made(self, path: Path) -> None:
        self.made.emit(path)
        self.accept()

    def _on_failed(self, trouble: Trouble) -> None:
        self._say(trouble.text, is_trouble=True)

    def _on_edited(self) -> None:
        """What was wrong may be right now."""
        self._say("")
        self._enable()

    def _say(self, text: str, *, is_trouble: bool = False) -> None:
        self.said.setText(text)
        if bool(self.said.property("danger")) != is_trouble:
            self.said.setProperty("danger", is_trouble)
            self.said.setProperty("muted", not is_trouble)
            self.said.style().polish(self.said)

    def _wire(self) -> None:
        studies = self._studies
        studies.methods_known.connect(self._on_methods)
        studies.progressed.connect(self._on_progress)
        studies.running_changed.connect(self._enable)
        studies.made.connect(self._on_made)
        studies.making_failed.connect(self._on_failed)
        self.make_button.clicked.connect(self.make)
        self.cancel_button.clicked.connect(self.reject)
        self.tested.currentIndexChanged.connect(self._on_tested)
        self.name.textEdited.connect(self._on_edited)
        self.drawn.toggled.connect(self._on_edited)
        self.count.valueChanged.connect(self._on_edited)
        self.seed.valueChanged.connect(self._on_edited)

    # --- building ---------------------------------------------------------------------------------

    def _show_pictures(self) -> None:
        chosen = len(self._images)
        self.selected.setText(
            tr("The %n selected picture(s)", "", chosen) if chosen else tr("Selected pictures")
        )
        self.selected.setEnabled(chosen > 0)
        self.selected.setChecked(chosen > 1)
        self.drawn.setChecked(chosen <= 1)

    def _lay_out(self) -> None:
        theme = self._theme
        self.name.setText(tr("Which method finds the same logic?"))
        self.name.setAccessibleName(tr("Name of the study"))
        self.count.setRange(1, max(1, min(_MOST, self._library)))
        self.count.setValue(_COUNT)
        self.count.setAccessibleName(tr("How many pictures"))
        self.seed.setRange(0, _LARGEST_SEED)
        self.seed.setAccessibleName(tr("Seed"))
        self.seed.setToolTip(tr("The same seed draws the same pictures again"))
        self.tested.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.tested.setAccessibleName(tr("Method under test"))
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName(tr("Progress"))
        self.said.setWordWrap(True)
        self.make_button.setDefault(True)
        self._boxes.setSpacing(6)
        form = QFormLayout(self._options)
        form.setContentsMargins(0, 0, 0, 0)
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(16)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        form.addRow(tr("Name"), self.name)
        form.addRow(tr("Pictures"), self._pictures_row())
        form.addRow(tr("Method under test"), self.tested)
        form.addRow(tr("Compared with"), self._boxes)
        hint = label(theme, tr(_HINT), scale=0.95, muted=True)
        hint.setWordWrap(True)
        buttons = QHBoxLayout()
        buttons.addStretch()
        buttons.addWidget(self.cancel_button)
        buttons.addWidget(self.make_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(16)
        layout.addWidget(label(theme, tr("New study"), scale=1.15, bold=True))
        layout.addWidget(hint)
        layout.addWidget(self._options)
        layout.addWidget(self.said)
        layout.addWidget(self.progress)
        layout.addLayout(buttons)
        still = self.progress.sizePolicy()
        still.setRetainSizeWhenHidden(True)  # else everything above it moves when it comes
        self.progress.setSizePolicy(still)
        self.progress.hide()

    def _pictures_row(self) -> QVBoxLayout:
        group = QButtonGroup(self)
        for choice in (self.selected, self.drawn):
            group.addButton(choice)
        drawn = QHBoxLayout()
        drawn.setSpacing(8)
        for part in (
            self.drawn,
            self.count,
            label(self._theme, tr("with seed"), muted=True),
            self.seed,
        ):
            drawn.addWidget(part)
        drawn.addStretch()
        pictures = QVBoxLayout()
        pictures.setSpacing(6)
        pictures.addWidget(self.selected)
        pictures.addLayout(drawn)
        return pictures

    def _order_tabs(self) -> None:
        chain: list[QWidget] = [
            self.name,
            self.selected,
            self.drawn,
            self.count,
            self.seed,
            self.tested,
            *self.baselines.values(),
            self.cancel_button,
            self.make_button,
        ]
        for before, after in pairwise(chain):
            QWidget.setTabOrder(before, after)
