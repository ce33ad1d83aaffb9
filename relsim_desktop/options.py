"""Everything that a person can set, in one list: the page, its search and the palette read it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from relsim_desktop.translation import QT_TRANSLATE_NOOP

Value = str | int | bool

SECTIONS: Final = {
    "appearance": QT_TRANSLATE_NOOP("", "Appearance"),
    "analogies": QT_TRANSLATE_NOOP("", "Analogies"),
    "library": QT_TRANSLATE_NOOP("", "Library"),
    "models": QT_TRANSLATE_NOOP("", "Models"),
    "privacy": QT_TRANSLATE_NOOP("", "Privacy"),
    "shortcuts": QT_TRANSLATE_NOOP("", "Shortcuts"),
}
"""Titles by name, in the order of the page."""

_NEXT_START = QT_TRANSLATE_NOOP("", "Takes effect at the next start.")
_NEXT_LOAD = QT_TRANSLATE_NOOP("", "Takes effect when a large model is loaded next.")


@dataclass(frozen=True, slots=True)
class Option:
    """One thing that can be set. Texts are English, and go through `tr` when they are shown.

    Attributes:
        key: In the settings file.
        section: One of `SECTIONS`.
        title: A few words.
        description: A sentence on what it does.
        default: Its type is the option's: a switch, a choice or a number.
        choices: Values that it may have, with what they are called; empty for none.
        least: Of a number.
        most: Of a number.
        unit: Behind a number.
        when: When it works, where that is not at once.
    """

    key: str
    section: str
    title: str
    description: str
    default: Value
    choices: tuple[tuple[str | int, str], ...] = ()
    least: int = 0
    most: int = 0
    unit: str = ""
    when: str = ""

    def accept(self, value: Value) -> Value:
        """The value if the option may have it, else the default."""
        if self.choices:
            return value if value in [choice for choice, _ in self.choices] else self.default
        if isinstance(self.default, int) and not isinstance(self.default, bool):
            return min(max(int(value), self.least), self.most)
        return value


@dataclass(frozen=True, slots=True)
class Note:
    """Something that is said among the options, perhaps with a way to where it is done.

    Attributes:
        name: Identifies it.
        section: One of `SECTIONS`.
        title: A few words.
        description: What is to be said; empty where the page says what is now.
        verb: What the button says; empty for no button.
    """

    name: str
    section: str
    title: str
    description: str
    verb: str = ""


THEME: Final = Option(
    "view/theme",
    "appearance",
    QT_TRANSLATE_NOOP("", "Theme"),
    QT_TRANSLATE_NOOP("", "Light or dark colours, or those of the system."),
    "system",
    choices=(
        ("system", QT_TRANSLATE_NOOP("", "As the system")),
        ("light", QT_TRANSLATE_NOOP("", "Light")),
        ("dark", QT_TRANSLATE_NOOP("", "Dark")),
    ),
)
LANGUAGE: Final = Option(
    "view/language",
    "appearance",
    QT_TRANSLATE_NOOP("", "Language"),
    QT_TRANSLATE_NOOP("", "Of menus, messages and help. Captions of pictures stay English."),
    "system",
    choices=(
        ("system", QT_TRANSLATE_NOOP("", "As the system")),
        ("en", "English"),
        ("de", "Deutsch"),
    ),
    when=_NEXT_START,
)
THUMBNAIL_SIZE: Final = Option(
    "view/thumbnail_size",
    "appearance",
    QT_TRANSLATE_NOOP("", "Thumbnail size"),
    QT_TRANSLATE_NOOP("", "How large the pictures of the collection are shown."),
    128,
    choices=(
        (96, QT_TRANSLATE_NOOP("", "Very small")),
        (128, QT_TRANSLATE_NOOP("", "Small")),
        (168, QT_TRANSLATE_NOOP("", "Medium")),
        (224, QT_TRANSLATE_NOOP("", "Large")),
        (296, QT_TRANSLATE_NOOP("", "Very large")),
    ),
)
NAMES: Final = Option(
    "view/names",
    "appearance",
    QT_TRANSLATE_NOOP("", "File names"),
    QT_TRANSLATE_NOOP("", "Show the name of each file under its picture in the collection."),
    False,
)
SURPRISE: Final = Option(
    "analogies/surprise_percent",
    "analogies",
    QT_TRANSLATE_NOOP("", "Surprise"),
    QT_TRANSLATE_NOOP(
        "", "How much pictures that look alike are held back, so that the unexpected comes first."
    ),
    0,
    most=100,
    unit="%",
)
COLLAPSE: Final = Option(
    "analogies/collapse",
    "analogies",
    QT_TRANSLATE_NOOP("", "Collapse near-identical pictures"),
    QT_TRANSLATE_NOOP("", "Show copies and bursts as one neighbor, with their number."),
    True,
)
LEARNS: Final = Option(
    "analogies/learns",
    "analogies",
    QT_TRANSLATE_NOOP("", "Learn from verdicts"),
    QT_TRANSLATE_NOOP("", "Let good analogies rise, and let what you have judged to be none sink."),
    True,
)
WATCH: Final = Option(
    "library/watch",
    "library",
    QT_TRANSLATE_NOOP("", "Watch folders"),
    QT_TRANSLATE_NOOP("", "Take in new and changed pictures while the program runs."),
    True,
)
DESCRIBES: Final = Option(
    "captions/fill_in",
    "models",
    QT_TRANSLATE_NOOP("", "Describe pictures by themselves"),
    QT_TRANSLATE_NOOP(
        "",
        "Let an installed captioner write captions behind the index. On a processor alone "
        "one picture takes a minute or more.",
    ),
    "auto",
    choices=(
        ("auto", QT_TRANSLATE_NOOP("", "Where a graphics card is")),
        ("true", QT_TRANSLATE_NOOP("", "Always")),
        ("false", QT_TRANSLATE_NOOP("", "Never")),
    ),
)
DEVICE: Final = Option(
    "models/device",
    "models",
    QT_TRANSLATE_NOOP("", "Device of large models"),
    QT_TRANSLATE_NOOP("", "Where a large model computes. The small one needs no graphics card."),
    "auto",
    choices=(
        ("auto", QT_TRANSLATE_NOOP("", "The best that has room")),
        ("cuda", QT_TRANSLATE_NOOP("", "NVIDIA graphics card")),
        ("mps", QT_TRANSLATE_NOOP("", "Apple graphics")),
        ("cpu", QT_TRANSLATE_NOOP("", "Processor only")),
    ),
    when=_NEXT_LOAD,
)
IDLE: Final = Option(
    "models/idle_minutes",
    "models",
    QT_TRANSLATE_NOOP("", "Keep a large model in memory"),
    QT_TRANSLATE_NOOP("", "After this long without a question it gives its memory back."),
    10,
    least=1,
    most=240,
    unit=QT_TRANSLATE_NOOP("", "min"),
    when=QT_TRANSLATE_NOOP("", "Takes effect when a model is chosen, or at the next start."),
)
FETCH_LINKS: Final = Option(
    "privacy/fetch_links",
    "privacy",
    QT_TRANSLATE_NOOP("", "Fetch dropped links"),
    QT_TRANSLATE_NOOP(
        "", "Fetch the picture behind a link that you drop or paste. The site then sees you."
    ),
    True,
)

OPTIONS: Final = (
    THEME,
    LANGUAGE,
    THUMBNAIL_SIZE,
    NAMES,
    SURPRISE,
    COLLAPSE,
    LEARNS,
    WATCH,
    DESCRIBES,
    DEVICE,
    IDLE,
    FETCH_LINKS,
)
"""All that can be set, in the order of the page."""

NOTES: Final = (
    Note(
        "location",
        "library",
        QT_TRANSLATE_NOOP("", "Location of this library"),
        "",
        QT_TRANSLATE_NOOP("", "Show"),
    ),
    Note(
        "folders",
        "library",
        QT_TRANSLATE_NOOP("", "Folders and exclusions"),
        QT_TRANSLATE_NOOP("", "Which folders belong to the library, and what is left out."),
        QT_TRANSLATE_NOOP("", "Folders…"),
    ),
    Note(
        "models",
        "models",
        QT_TRANSLATE_NOOP("", "Models of this computer"),
        QT_TRANSLATE_NOOP("", "Download, import, choose and remove models."),
        QT_TRANSLATE_NOOP("", "Models…"),
    ),
    Note(
        "private",
        "privacy",
        QT_TRANSLATE_NOOP("", "What is never sent"),
        QT_TRANSLATE_NOOP(
            "",
            "Your pictures, their names, your questions, captions, verdicts and boards never leave "
            "this computer. There are no accounts, no statistics and no reports of crashes. The "
            "network is used only when you download a model, or drop a link.",
        ),
    ),
    Note(
        "shortcuts",
        "shortcuts",
        QT_TRANSLATE_NOOP("", "All shortcuts"),
        QT_TRANSLATE_NOOP("", "Every key of the program in one list."),
        QT_TRANSLATE_NOOP("", "Show"),
    ),
    Note(
        "tour",
        "shortcuts",
        QT_TRANSLATE_NOOP("", "Tour"),
        QT_TRANSLATE_NOOP("", "A few minutes through finding, judging and collecting."),
        QT_TRANSLATE_NOOP("", "Take the tour"),
    ),
)
"""What is said beside them."""
