"""What stands beside the comparison: what models and metrics say, what was compared before."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from relsim_desktop.presenters.comparison_history import ComparisonHistory
from relsim_desktop.presenters.metric_scores import MetricScores
from relsim_desktop.presenters.model_scores import ModelScores
from relsim_desktop.theme import Theme
from relsim_desktop.thumbnails import ThumbnailLoader
from relsim_desktop.translation import tr
from relsim_desktop.views.buttons import icon_button
from relsim_desktop.views.compare.history import HistoryList
from relsim_desktop.views.compare.metrics import MetricScoresPanel
from relsim_desktop.views.compare.models import ModelScoresPanel
from relsim_desktop.views.labels import label

_WIDTH = 272


class CompareSide(QWidget):
    """Shows `ModelScores`, `MetricScores` and a `ComparisonHistory`."""

    def __init__(
        self,
        theme: Theme,
        thumbnails: ThumbnailLoader,
        scores: ModelScores,
        metrics: MetricScores,
        history: ComparisonHistory,
    ) -> None:
        super().__init__()
        self.setObjectName("compareSide")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedWidth(_WIDTH)
        self._history = history
        self.models = ModelScoresPanel(theme, scores)
        self.metrics = MetricScoresPanel(theme, metrics)
        self.list = HistoryList(theme, thumbnails, history.model)
        self.clear_button = icon_button(
            theme, "clear", tr("Clear the history"), tooltip=tr("Clear the history; Ctrl+Z undoes")
        )
        empty = label(theme, tr("Pairs that you compare are listed here."), muted=True)
        empty.setWordWrap(True)
        empty.setAlignment(Qt.AlignmentFlag.AlignTop)
        empty.setContentsMargins(16, 4, 16, 0)
        self._content = QStackedWidget()
        self._content.addWidget(self.list)
        self._content.addWidget(empty)
        head = QHBoxLayout()
        head.setContentsMargins(16, 0, 8, 0)
        head.addWidget(label(theme, tr("History"), scale=1.15, bold=True), 1)
        head.addWidget(self.clear_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 4, 0, 8)
        layout.setSpacing(4)
        layout.addWidget(_Scores(self.models, self.metrics))
        layout.addLayout(head)
        layout.addWidget(self._content, 1)
        self.clear_button.clicked.connect(history.clear)
        self.list.remove_asked.connect(history.remove)
        history.model.modelReset.connect(self._on_changed)
        self._on_changed()

    @property
    def tab_order(self) -> tuple[QWidget, ...]:
        """What the keyboard can reach, in order."""
        models, metrics = self.models, self.metrics
        return (
            models.ask_button,
            models.cancel_button,
            metrics.ask_button,
            metrics.cancel_button,
            metrics.missing_button,
            self.clear_button,
            self.list,
        )

    def _on_changed(self) -> None:
        is_empty = not self._history.model.rowCount()
        self._content.setCurrentIndex(int(is_empty))
        self.clear_button.setEnabled(not is_empty)


class _Scores(QScrollArea):
    """Panels as high as they are, which scroll where a low window has no room for that."""

    def __init__(self, *panels: QWidget) -> None:
        super().__init__()
        self._inner = QWidget()
        column = QVBoxLayout(self._inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for panel in panels:
            column.addWidget(panel)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.setWidget(self._inner)
        for part in (self.viewport(), self._inner):  # the edge of the side shines through
            part.setAutoFillBackground(False)

    def sizeHint(self) -> QSize:
        """The panels' own height at the width that there is."""
        wraps = self._inner.hasHeightForWidth()
        high = self._inner.heightForWidth(_WIDTH) if wraps else self._inner.sizeHint().height()
        return QSize(_WIDTH, high)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Grow and shrink with the panels."""
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)
