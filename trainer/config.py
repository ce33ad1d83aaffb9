"""Settings read from TOML; every mistake is reported before work begins."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import tomllib
from collections.abc import Callable, Sequence
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from engine.errors import KnownError

CONFIGS = Path(__file__).parent / "configs"
"""The configurations that ship with the trainer; they are found by their bare names."""

T = TypeVar("T")


class ConfigError(KnownError):
    """A configuration has mistakes; the text lists all of them."""


def load_config(kind: type[T], name: str | Path, changes: Sequence[str] = ()) -> T:
    """Read a configuration.

    A field may be an int, float, str, bool, Path, `Literal`, a tuple of those of any length, one of
    those or None, or a dataclass (a table). Whole numbers are 1 or more and numbers 0 or more;
    ``field(metadata={"least": n})`` says otherwise. What the method ``problems()`` of a dataclass
    yields, if it has one, counts as a mistake too; it is asked where all fields have their types.

    Args:
        kind: The dataclass that it fills.
        name: A TOML file, or the bare name of one that ships with the trainer.
        changes: ``table.key=value`` each, instead of what the file says; the value is TOML, or
            else a text; without a value, the default is taken.

    Raises:
        ConfigError: If there is none, or with every unknown key, missing key, wrong type, value out
            of range and other mistake in it.
    """
    path, content = read_toml(name)
    problems: list[str] = []
    for change in changes:
        _change(content, change, problems)
    config = _build(kind, content, "", problems)
    if problems:
        raise ConfigError(f"{path}: " + "; ".join(problems))
    assert isinstance(config, kind)
    return config


def read_toml(name: str | Path) -> tuple[Path, dict[str, Any]]:
    """A configuration as it is written.

    Returns:
        Where it lies, and what it says.

    Raises:
        ConfigError: If there is none, or it is not TOML.
    """
    path = Path(name).expanduser()
    if not path.is_file() and path.name == str(name):
        path = CONFIGS / path.with_suffix(".toml")
    try:
        return path, tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError:
        known = ", ".join(sorted(found.name for found in CONFIGS.glob("*.toml")))
        raise ConfigError(f"There is no configuration {str(name)!r}; shipped: {known}") from None
    except ValueError as error:
        raise ConfigError(f"{path} is not TOML: {error}") from error


def config_json(config: Any) -> str:
    """Every setting of a dataclass, defaults included, as JSON."""
    return json.dumps(dataclasses.asdict(config), indent=1, default=str)


def config_digest(config: Any) -> str:
    """Eight letters that change with every setting; they name a run folder."""
    return hashlib.sha256(config_json(config).encode()).hexdigest()[:8]


def _change(content: dict[str, Any], change: str, problems: list[str]) -> None:
    name, equals, text = change.partition("=")
    if not equals:
        problems.append(f"{change!r} is no change: write table.key=value")
        return
    try:
        value = tomllib.loads(f"value = {text}")["value"]
    except ValueError:
        value = text
    *tables, key = name.strip().split(".")
    inner: Any = content
    for table in tables:
        inner = inner.setdefault(table, {})
        if not isinstance(inner, dict):
            problems.append(f"{table} in {change!r} is no table")
            return
    if text:
        inner[key] = value
    else:
        inner.pop(key, None)


def _build(kind: type[Any], content: dict[str, Any], where: str, problems: list[str]) -> Any:
    """An instance of the dataclass `kind`, or None after adding to `problems`."""
    types = get_type_hints(kind)
    before = len(problems)
    problems += [f"unknown key {where}{key}" for key in content if key not in types]
    values = {}
    for part in dataclasses.fields(kind):
        name, wanted = where + part.name, types[part.name]
        if part.name not in content:
            required = part.default is part.default_factory is dataclasses.MISSING
            problems += [f"missing key {name}"] if required else []
            continue
        given = content[part.name]
        table = _table(wanted)
        if table is None:
            least = part.metadata.get("least")
            values[part.name] = _checked(given, wanted, name, least, problems)
        elif isinstance(given, dict):
            values[part.name] = _build(table, given, f"{name}.", problems)
        else:
            problems.append(f"{name} must be a table")
    if len(problems) > before:
        return None
    made = kind(**values)
    further: Callable[[], Any] | None = getattr(made, "problems", None)
    problems += [where + text for text in further()] if further is not None else []
    return made


def _table(wanted: Any) -> type[Any] | None:
    """The dataclass that a field holds, if it holds one."""
    for kind in (wanted, *_options(wanted)):
        if dataclasses.is_dataclass(kind):
            assert isinstance(kind, type)
            return kind
    return None


def _options(wanted: Any) -> tuple[Any, ...]:
    """The types of a union, without None; empty for what is no union."""
    if get_origin(wanted) not in (Union, UnionType):
        return ()
    return tuple(kind for kind in get_args(wanted) if kind is not NoneType)


def _checked(value: Any, wanted: Any, name: str, least: float | None, problems: list[str]) -> Any:
    for option in _options(wanted):
        return _checked(value, option, name, least, problems)
    if get_origin(wanted) is Literal:
        if value not in get_args(wanted):
            choices = ", ".join(map(str, get_args(wanted)))
            problems.append(f"{name} must be one of {choices}, not {value!r}")
        return value
    if get_origin(wanted) is tuple:
        if not isinstance(value, list):
            problems.append(f"{name} must be a list, not {value!r}")
            return value
        kind = get_args(wanted)[0]
        each = (_checked(v, kind, f"{name}[{i}]", least, problems) for i, v in enumerate(value))
        return tuple(each)
    if wanted is float and type(value) is int:
        value = float(value)
    if wanted is Path and type(value) is str:
        return Path(value).expanduser()
    if type(value) is not wanted:
        problems.append(f"{name} must be {_SPOKEN[wanted]}, not {value!r}")
    elif type(value) in (int, float):
        _check_range(value, name, least, problems)
    return value


def _check_range(value: float, name: str, least: float | None, problems: list[str]) -> None:
    if least is None:
        least = 1 if type(value) is int else 0
    if value < 0 and least >= 0:
        problems.append(f"{name} must not be negative")
    elif not least <= value < float("inf"):
        problems.append(f"{name} must be at least {least}")


_SPOKEN = {
    int: "a whole number",
    float: "a number",
    str: "a text",
    bool: "true or false",
    Path: "a path",
}
