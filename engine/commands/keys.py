"""``relsim keys``: the keys of paid endpoints, in the system's keyring."""

from __future__ import annotations

import argparse
import getpass
import sys
from collections.abc import Callable
from typing import Any

from engine.commands.arguments import print_json
from engine.endpoints.keys import KeyRing, KeyRingError, key_name, variable_of


def add_keys_command(
    commands: argparse._SubParsersAction[Any], common: argparse.ArgumentParser
) -> None:
    """Add the command with its actions to those of ``relsim``."""
    text = "keys of paid endpoints, kept in the system's keyring"
    keys = commands.add_parser("keys", help=text, description=text)
    actions = keys.add_subparsers(required=True, metavar="ACTION")

    def action(name: str, run: Callable[..., int | None], text: str) -> argparse.ArgumentParser:
        sub: argparse.ArgumentParser = actions.add_parser(
            name, help=text, description=text, parents=[common]
        )
        sub.set_defaults(run=run)
        return sub

    action("list", _list, "the names of the keys, never the keys")
    put = action("set", _set, "store a key: asked for without showing it, or read from a pipe")
    remove = action("remove", _remove, "forget a key")
    for sub in (put, remove):
        sub.add_argument("name", metavar="NAME", help="what you call the key, for example openai")


def _list(arguments: argparse.Namespace) -> None:
    ring = KeyRing()
    rows = [{"name": name, "source": ring.source(name)} for name in ring.names()]
    if arguments.json:
        print_json(rows)
        return
    if not rows:
        print("no keys; 'relsim keys set NAME' stores one")
    for row in rows:
        where = row["source"]
        if where == "environment":
            where = f"environment, {variable_of(row['name'])}"
        print(f"{row['name']}  ({where or 'missing from the keyring'})")


def _set(arguments: argparse.Namespace) -> None:
    ring, name = KeyRing(), key_name(arguments.name)
    ring.set(name, _asked(name))
    if arguments.json:
        print_json({"name": name, "source": ring.source(name)})
        return
    print(f"the key {name} is in the keyring")
    if ring.source(name) == "environment":
        print(f"{variable_of(name)} in the environment goes before it", file=sys.stderr)


def _remove(arguments: argparse.Namespace) -> None:
    ring, name = KeyRing(), key_name(arguments.name)
    ring.remove(name)
    if arguments.json:
        print_json({"name": name, "source": ring.source(name)})
        return
    print(f"the key {name} is forgotten")
    if ring.source(name) == "environment":
        print(f"{variable_of(name)} is still in the environment", file=sys.stderr)


def _asked(name: str) -> str:
    """The key, from a terminal that does not show it, or from a pipe."""
    if not sys.stdin.isatty():
        return sys.stdin.readline()
    try:
        return getpass.getpass(f"Key {name} (it is not shown): ", stream=sys.stderr)
    except EOFError:
        raise KeyRingError("nothing was done") from None
