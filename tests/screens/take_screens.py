"""Take a picture of every page of the real program, in light and dark, at 1x and 2x.

    xvfb-run -s "-screen 0 3200x2000x24" python tests/screens/take_screens.py [--only NAME ...]

The pictures go to docs/screens as NAME-light.webp, NAME-light@2x.webp, NAME-dark.webp and
NAME-dark@2x.webp. Each of the four runs is a process of its own, because Qt takes its scale at the
start. The library is the sample collection, indexed on the spot; nothing of the user's is touched.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

HERE = Path(__file__).parent
OUT = HERE.parents[1] / "docs" / "screens"
QUALITY = 82


def take_all(only: list[str], languages: list[str]) -> int:
    """Run once for each theme and scale; returns the worst exit status."""
    worst = 0
    for theme in ("light", "dark"):
        for scale in (1, 2):
            for language in languages:
                command = [sys.executable, __file__, "--run", theme, str(scale), language, *only]
                environment = {**os.environ, "QT_SCALE_FACTOR": str(scale)}
                worst = max(worst, subprocess.run(command, env=environment, check=False).returncode)
    return worst


def run(theme: str, scale: int, language: str, only: list[str]) -> int:
    """One process: open the program, walk through the scenes, keep the pictures."""
    from PySide6.QtCore import QTimer
    from scenes import SCENES, Stage

    from engine.paths import config_directory
    from relsim_desktop import options
    from relsim_desktop.app import Application
    from relsim_desktop.settings import Settings

    own = Path(tempfile.gettempdir()) / "designer"  # its name is on some pictures
    shutil.rmtree(own, ignore_errors=True)
    own.mkdir()
    try:
        os.environ["XDG_CONFIG_HOME"] = str(own)
        settings = Settings(config_directory() / "desktop.ini")
        settings.theme = theme
        settings.write(options.LANGUAGE.key, language)
        settings.save()
        application = Application(["--library", f"{own}/library"])
        application.window.resize(1360, 880)
        suffix = theme + ("" if scale == 1 else f"@{scale}x")
        suffix += "" if language == "en" else f"-{language}"

        def keep(name: str) -> Callable[[object], None]:
            def save(picture: object) -> None:
                OUT.mkdir(parents=True, exist_ok=True)
                assert picture.save(str(OUT / f"{name}-{suffix}.webp"), "webp", QUALITY)  # type: ignore[attr-defined]

            return save

        stage = Stage(application, own)
        failures: list[str] = []

        def walk() -> None:
            for name, scene in SCENES.items():
                if only and name not in only and not scene.is_needed:
                    continue
                try:
                    shown = scene.act(stage)
                    stage.settle()
                    if not only or name in only:
                        keep(name)(stage.grab(shown))
                    scene.leave(stage)
                except Exception as error:  # noqa: BLE001 - the other pages are still wanted
                    failures.append(f"{name}: {error!r}")
            application.window.close()
            application.quit()

        application.workspace.opened.connect(lambda _: QTimer.singleShot(500, walk))
        status = application.run()
    finally:
        shutil.rmtree(own)
    for failure in failures:
        print(f"{suffix}: {failure}", file=sys.stderr)
    return status or bool(failures)


def main() -> int:
    """Take them."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--only", nargs="*", default=[], metavar="NAME")
    parser.add_argument("--languages", nargs="*", default=["en"])
    parser.add_argument("--run", nargs="*", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.run:
        theme, scale, language, *only = arguments.run
        return run(theme, int(scale), language, only)
    return take_all(arguments.only, arguments.languages)


if __name__ == "__main__":
    sys.exit(main())
