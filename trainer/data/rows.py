"""What one line of a list says of one picture, whatever its fields are called there."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from trainer.data.drops import DropReason

# Names in lower case, ours first. The released lists say image_hash, url_link, anonymous_caption;
# LAION says URL and TEXT; scenes say file; folders of Hugging Face data sets say file_name.
NAMES: Final[Mapping[str, tuple[str, ...]]] = {
    "key": ("key", "image_hash", "__key__"),
    "file": ("file", "file_name", "filename", "image", "image_path", "path"),
    "caption": ("caption", "anonymous_caption"),
    "conventional": ("conventional", "conventional_caption", "text"),
    "label": ("label", "positive"),
    "group": ("group", "group_id"),
    "relation": ("relation",),
    "url": ("url", "url_link", "image_url"),
}
_LABELS: Final = {
    **dict.fromkeys(("yes", "true", "positive", "1"), True),
    **dict.fromkeys(("no", "false", "negative", "0"), False),
}
_LONGEST_KEY: Final = 1000


class RowError(ValueError):
    """A row that cannot become a record.

    Args:
        reason: For counting.
        detail: In words.
        key: The row's key, as far as it is known.
    """

    def __init__(self, reason: DropReason, detail: str, key: str = "") -> None:
        super().__init__(detail)
        self.reason: DropReason = reason
        self.detail, self.key = detail, key


@dataclass(frozen=True, slots=True)
class Inside:
    """Where a picture lies in another file: a member of a shard, or a cell of a table.

    Attributes:
        path: The shard or table, as it is written.
        member: The member's name; None in a table.
        row_group: Of the table.
        row: In the row group.
    """

    path: str
    member: str | None
    row_group: int = 0
    row: int = 0


@dataclass(frozen=True, slots=True)
class Row:
    """What a line says; see `trainer.data.records.Record` for the fields.

    Attributes:
        file: Where the picture lies, as it is written there.
        inside: The same, for a picture inside another file.
    """

    key: str
    file: str | None = None
    caption: str | None = None
    conventional: str | None = None
    label: bool | None = None
    group: str | None = None
    relation: str | None = None
    url: str | None = None
    inside: Inside | None = None


def url_key(url: str) -> str:
    """The key of a picture that has nothing but a URL: the released lists' image hash is this.

    Returns:
        32 hexadecimal digits.
    """
    return hashlib.md5(url.encode(errors="replace"), usedforsecurity=False).hexdigest()


def parse_row(content: object, key: str | None = None) -> Row:
    """Read the fields of one line.

    Args:
        content: What the JSON or the table holds.
        key: The key, where the line's place gives it.

    Raises:
        RowError: If it is no object, names no picture, or a field has the wrong type.
    """
    if not isinstance(content, Mapping):
        raise RowError("malformed", "it is no JSON object", key or "")
    lowered = {name.lower(): value for name, value in content.items() if isinstance(name, str)}
    values = {ours: _first(lowered, theirs) for ours, theirs in NAMES.items()}
    url = _text(values, "url", key or "")
    file = _text(values, "file", key or "")
    if key is None:
        key = _text(values, "key", "") or file or (url_key(url) if url else None)
    if key is None:
        names = "key, image_hash, file, file_name, image, url"
        raise RowError("malformed", f"it names no picture: there is none of {names}")
    if len(key) > _LONGEST_KEY:
        raise RowError("malformed", f"its key has {len(key):,} characters", key[:80])
    return Row(
        key=key,
        file=file,
        caption=_text(values, "caption", key),
        conventional=_text(values, "conventional", key),
        label=_label(values["label"], key),
        group=_text(values, "group", key),
        relation=_text(values, "relation", key),
        url=url,
        inside=_inside(lowered, key),
    )


def _inside(lowered: Mapping[str, Any], key: str) -> Inside | None:
    """The place that our own lists give to pictures in shards and tables."""
    archive, table = lowered.get("archive"), lowered.get("table")
    if isinstance(archive, str):
        member = lowered.get("member")
        if not isinstance(member, str):
            raise RowError("malformed", "it names an archive and no member", key)
        return Inside(archive, member)
    if isinstance(table, str):
        group, row = lowered.get("row_group"), lowered.get("row")
        if not isinstance(group, int) or not isinstance(row, int) or min(group, row) < 0:
            raise RowError("malformed", "it names a table without row_group and row", key)
        return Inside(table, None, group, row)
    return None


def _first(lowered: Mapping[str, Any], names: tuple[str, ...]) -> Any:
    return next((lowered[name] for name in names if lowered.get(name) is not None), None)


def _text(values: Mapping[str, Any], name: str, key: str) -> str | None:
    value = values[name]
    if value is None:
        return None
    if isinstance(value, int) and not isinstance(value, bool) and name in ("key", "group"):
        return str(value)
    if not isinstance(value, str):
        raise RowError("malformed", f"its {name} is {type(value).__name__}, not text", key)
    return value.strip() or None


def _label(value: Any, key: str) -> bool | None:
    if value is None or value == "":
        return None
    known = _LABELS.get(str(value).strip().lower())
    if known is None or isinstance(value, float):
        raise RowError("malformed", f"its label is {str(value)[:40]!r}, not yes or no", key)
    return known
