"""Pages whose figures a program writes, and whose other parts people write."""

from __future__ import annotations

import re
from pathlib import Path

from engine.errors import KnownError

BEGIN, END = "<!-- figures -->", "<!-- end of figures -->"


def write_between_marks(path: Path, text: str, title: str) -> None:
    """Put a text between the marks of a page; a page without marks gets them at its end.

    Args:
        path: The Markdown file; created if need be.
        text: What is to stand there.
        title: Of a page that is not there yet.

    Raises:
        KnownError: If it cannot be written.
    """
    page = path.read_text(encoding="utf-8") if path.is_file() else f"# {title}\n"
    if BEGIN not in page:
        page = f"{page.rstrip()}\n\n{BEGIN}\n{END}\n"
    block = f"{BEGIN}\n{text}\n{END}"
    page = re.sub(f"{BEGIN}.*?{END}", lambda _: block, page, flags=re.DOTALL)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(page, encoding="utf-8")
    except OSError as error:
        raise KnownError(f"{path} cannot be written: {error.strerror or error}") from error
