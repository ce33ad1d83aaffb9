"""What the desktop environment does with a file: open it, show it, copy it."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QMimeData, QProcess, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication, QImage


def open_file(path: Path) -> bool:
    """Open a file in the program that the person set up for it."""
    return QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


def reveal(path: Path) -> bool:
    """Show a file in the file manager, selected where the platform can do that."""
    if sys.platform == "win32":
        return _start("explorer", ["/select,", str(path)])
    if sys.platform == "darwin":
        return _start("open", ["-R", str(path)])
    return _reveal_by_dbus(path) or open_file(path.parent)


def copy_paths(paths: Sequence[Path]) -> None:
    """Put paths on the clipboard as text, one a line."""
    QGuiApplication.clipboard().setText("\n".join(str(path) for path in paths))


def copy_files(paths: Sequence[Path]) -> None:
    """Put files on the clipboard, for file managers and editors."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    QGuiApplication.clipboard().setMimeData(data)


def copy_picture(path: Path, image: QImage) -> None:
    """Put a picture on the clipboard: its pixels for editors, its file for file managers."""
    data = QMimeData()
    data.setImageData(image)
    data.setUrls([QUrl.fromLocalFile(str(path))])
    QGuiApplication.clipboard().setMimeData(data)


def _reveal_by_dbus(path: Path) -> bool:
    from PySide6.QtDBus import QDBusConnection, QDBusMessage  # of no use before the first call

    bus = QDBusConnection.sessionBus()
    name = "org.freedesktop.FileManager1"
    if not bus.isConnected():
        return False
    call = QDBusMessage.createMethodCall(name, "/org/freedesktop/FileManager1", name, "ShowItems")
    call.setArguments([[QUrl.fromLocalFile(str(path)).toString()], ""])
    return bus.send(call)


def _start(program: str, arguments: list[str]) -> bool:
    is_started: bool = QProcess.startDetached(program, arguments)[0]
    return is_started
