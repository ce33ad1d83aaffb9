"""The help: chapters at the left, the text at the right, and a search over all of it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QTextBlockFormat, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QSplitter,
    QTextBrowser,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)

from relsim_desktop.help_texts import Chapter
from relsim_desktop.theme import Theme
from relsim_desktop.translation import tr
from relsim_desktop.views.asking.search_field import SearchField
from relsim_desktop.views.buttons import push_button
from relsim_desktop.views.highlight import contains, words_of
from relsim_desktop.views.labels import label

_MARGIN = 24


class HelpWindow(QDialog):
    """Stays open beside the window, so that one can read and do.

    Args:
        theme: Colours and fonts.
        chapters: In reading order, keys filled in.
        parent: The window.
    """

    tour_asked = Signal()

    def __init__(self, theme: Theme, chapters: Sequence[Chapter], parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Help"))
        self.setObjectName("helpWindow")
        self.resize(980, min(720, self.screen().availableSize().height() - 80))
        self._theme = theme
        self._chapters = {chapter.name: chapter for chapter in chapters}
        self.search = SearchField(theme, tr("Search the help"))
        self.list = QListWidget()
        self.list.setAccessibleName(tr("Chapters"))
        self.text = QTextBrowser()
        self.text.setObjectName("helpText")
        self.text.setAccessibleName(tr("Text of the chapter"))
        self.text.setOpenLinks(False)
        self.text.document().setDocumentMargin(_MARGIN)
        self.nothing = label(theme, tr("No chapter says that"), muted=True)
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignHCenter)
        self.tour_button = push_button(tr("Take the tour"))
        self.close_button = push_button(tr("Close"), primary=True)
        for chapter in chapters:
            item = QListWidgetItem(chapter.title)
            item.setData(Qt.ItemDataRole.UserRole, chapter.name)
            self.list.addItem(item)
        self._lay_out()
        self.list.currentItemChanged.connect(lambda *_: self._show_current())
        self.search.textChanged.connect(self._on_search)
        self.text.anchorClicked.connect(self._on_link)
        self.tour_button.clicked.connect(self.tour_asked)
        self.close_button.clicked.connect(self.close)
        theme.changed.connect(self._show_current)
        self.list.setCurrentRow(0)

    @property
    def chapter(self) -> str:
        """Name of the chapter that is shown; empty for none."""
        item = self.list.currentItem()
        return "" if item is None else str(item.data(Qt.ItemDataRole.UserRole))

    def show_chapter(self, name: str) -> None:
        """Turn to a chapter."""
        self.search.clear()
        for row in range(self.list.count()):
            if self.list.item(row).data(Qt.ItemDataRole.UserRole) == name:
                self.list.setCurrentRow(row)

    def _show_current(self) -> None:
        chapter = self._chapters.get(self.chapter)
        self.text.setVisible(chapter is not None)
        self.nothing.setVisible(chapter is None)
        if chapter is not None:
            self.text.document().setDefaultFont(self._theme.font(1.05))
            self.text.setMarkdown(chapter.text)
            self._set_headings()
            self.text.moveCursor(QTextCursor.MoveOperation.Start)
            self._mark()

    def _set_headings(self) -> None:
        """Qt makes headings large and puts little room above them."""
        block = self.text.document().begin()
        while block.isValid():
            level = block.blockFormat().headingLevel()
            if level:
                cursor = QTextCursor(block)
                room = QTextBlockFormat()
                room.setTopMargin(0 if level == 1 else 18)
                room.setBottomMargin(8 if level == 1 else 4)
                cursor.mergeBlockFormat(room)
                cursor.select(QTextCursor.SelectionType.BlockUnderCursor)
                look = QTextCharFormat()
                look.setFont(self._theme.font(1.6 if level == 1 else 1.2, bold=True))
                cursor.mergeCharFormat(look)
            block = block.next()

    def _on_search(self, query: str) -> None:
        words = words_of(query)
        first: QListWidgetItem | None = None
        for row in range(self.list.count()):
            item = self.list.item(row)
            chapter = self._chapters[item.data(Qt.ItemDataRole.UserRole)]
            is_found = contains(chapter.text, words)
            item.setHidden(not is_found)
            first = first or (item if is_found else None)
        current = self.list.currentItem()
        if current is None or current.isHidden():
            if first is None:
                self.list.setCurrentRow(-1)
            else:
                self.list.setCurrentItem(first)
        else:
            self._mark()

    def _mark(self) -> None:
        """Mark the words that are searched, and show the first."""
        look = QTextCharFormat()
        look.setBackground(self._theme.colors.accent_tint)
        look.setForeground(self._theme.colors.accent_text)
        found = []
        for word in words_of(self.search.text()):
            cursor = self.text.document().find(word)
            while not cursor.isNull():
                selection = QTextEdit.ExtraSelection()
                selection.cursor = cursor
                selection.format = look
                found.append((cursor.selectionStart(), cursor, selection))
                cursor = self.text.document().find(word, cursor)
        self.text.setExtraSelections([selection for _, _, selection in found])
        if found:
            start = QTextCursor(min(found, key=lambda entry: entry[0])[1])
            start.clearSelection()
            self.text.setTextCursor(start)
            self.text.ensureCursorVisible()

    def _on_link(self, url: QUrl) -> None:
        self.show_chapter(url.path().removesuffix(".md"))

    def _lay_out(self) -> None:
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.search)
        column.addWidget(self.list, 1)
        column.addWidget(self.tour_button)
        page = QWidget()
        shown = QVBoxLayout(page)
        shown.setContentsMargins(0, 0, 0, 0)
        shown.addWidget(self.text)
        shown.addWidget(self.nothing)
        self.nothing.hide()
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.addWidget(side)
        splitter.addWidget(page)
        splitter.setSizes([250, 700])
        splitter.setStretchFactor(1, 1)
        splitter.setHandleWidth(16)
        splitter.setObjectName("helpSplitter")
        splitter.setChildrenCollapsible(False)
        foot = QHBoxLayout()
        foot.addStretch()
        foot.addWidget(self.close_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 20, 20, 16)
        layout.setSpacing(12)
        layout.addWidget(splitter, 1)
        layout.addLayout(foot)
