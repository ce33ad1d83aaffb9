"""The settings of a window: its page, and doing at once what is set there."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from relsim_desktop import file_actions, options
from relsim_desktop.options import Option, Value
from relsim_desktop.settings import THUMBNAIL_SIZES
from relsim_desktop.translation import tr
from relsim_desktop.views.asking.feature import AskingFeature
from relsim_desktop.views.window.feature import Host, PageFeature

if TYPE_CHECKING:
    from engine.service import Engine
    from relsim_desktop.views.preferences.page import PreferencesPage

_ENVIRONMENT = {options.DEVICE.key: "RELSIM_DEVICE", options.IDLE.key: "RELSIM_IDLE_S"}
"""What the engine reads; a value that somebody gave the program along stays."""


class PreferencesFeature(PageFeature):
    """Settings work at once, except those that say when."""

    def __init__(self, host: Host) -> None:
        super().__init__(host, tr("Se&ttings"), menu="edit/settings", key="Ctrl+,")
        self.show_action.setEnabled(True)
        self._preferences: PreferencesPage | None = None
        self._ours = {key: name for key, name in _ENVIRONMENT.items() if not os.environ.get(name)}
        for option in (options.DEVICE, options.IDLE):
            self._tell_engine(option)
        host.workspace.jobs.may_fetch = bool(host.settings.value(options.FETCH_LINKS))
        host.workspace.describing.started.connect(lambda: host.verbs.describe.setChecked(True))
        host.workspace.opened.connect(self._show_location)

    def build_page(self) -> PreferencesPage:
        """The page."""
        from relsim_desktop.views.preferences.page import PreferencesPage

        page = self._preferences = PreferencesPage(self.host.theme, self.host.settings)
        page.changed.connect(self.set)
        page.restore_asked.connect(self.restore)
        page.note_asked.connect(self._on_note)
        engine = self.host.workspace.engine
        if engine is not None:
            self._show_location(engine)
        return page

    def entered(self) -> None:
        """A person may type at once what they look for."""
        assert self._preferences is not None
        self._preferences.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._preferences.search.selectAll()

    def reveal(self, key: str) -> None:
        """Show the page with one setting or note in view."""
        self.enter()
        assert self._preferences is not None
        self._preferences.reveal(key)

    def set(self, option: Option, value: Value) -> None:
        """Remember a value, and do what it says."""
        host, parts = self.host, self.host.parts
        host.settings.write(option.key, value)
        if option is options.THEME:
            host.verbs.themes[str(value)].trigger()
        elif option is options.THUMBNAIL_SIZE:
            parts.collection.size_slider.setValue(THUMBNAIL_SIZES.index(int(value)))
        elif option is options.NAMES:
            host.verbs.names.setChecked(bool(value))
        elif option is options.SURPRISE:
            parts.analogies.surprise.setValue(int(value))
        elif option is options.COLLAPSE:
            parts.analogies.collapse.setChecked(bool(value))
        elif option is options.LEARNS:
            asking = host.window.findChild(AskingFeature)
            assert asking is not None, "built together"
            asking.learns.setChecked(bool(value))
        elif option is options.FETCH_LINKS:
            host.workspace.jobs.may_fetch = bool(value)
        elif option is options.DESCRIBES:
            self._describe(str(value))
        elif option.key in _ENVIRONMENT:
            self._tell_engine(option)

    def restore(self, option: Option) -> None:
        """Give an option its default; this can be undone."""
        before = self.host.settings.value(option)
        self.set(option, option.default)
        self.host.workspace.undo.push(
            tr("restoring {setting}").format(setting=tr(option.title)),
            lambda: self.set(option, before),
            lambda: self.set(option, option.default),
        )

    def shut_down(self) -> None:
        """Leave the environment as it was."""
        for name in self._ours.values():
            os.environ.pop(name, None)

    def _describe(self, value: str) -> None:
        describing = self.host.workspace.describing
        if value == "auto":
            describing.decide_by_graphics()
        else:
            describing.wanted = value == "true"

    def _tell_engine(self, option: Option) -> None:
        name = self._ours.get(option.key)
        if name is None:
            return
        value = self.host.settings.value(option)
        if value == option.default:
            os.environ.pop(name, None)
        else:
            os.environ[name] = str(int(value) * 60 if option is options.IDLE else value)

    def _show_location(self, engine: Engine) -> None:
        if self._preferences is not None:
            self._preferences.notes["location"].describe(
                tr("{folder}. Start the program with --library FOLDER to open another one.").format(
                    folder=engine.library_dir
                )
            )

    def _on_note(self, name: str) -> None:
        engine = self.host.workspace.engine
        if name == "location" and engine is not None:
            file_actions.reveal(engine.library_dir)
        elif name == "folders":
            self.host.verbs.of_page("FoldersFeature").trigger()
        elif name == "models":
            self.host.dialogs.show_models()
        elif name == "shortcuts":
            self.host.dialogs.show_shortcuts()
        elif name == "tour":
            for action in self.host.verbs.all():
                if action.objectName() == "tourAction":
                    action.trigger()
