"""Steps of the paper's scale, between the trainer's commands."""

from __future__ import annotations

import json
import random
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from engine.errors import KnownError
from engine.judging.groups import read_groups
from trainer.captions.checking import accept_anonymous
from trainer.data.collection import open_collection, shard_paths
from trainer.data.inside import write_list
from trainer.data.records import Record
from trainer.data.shards import expand_shards
from trainer.files import write_atomically
from trainer.progress import Reporter
from trainer.reproduce.evaluation import FIGURES, FORMAT, VERSION
from trainer.reproduce.lists import read_list
from trainer.reproduce.paper import FILTER_AGREEMENT, JUDGE, STUDY

Settings = Mapping[str, Any]
_GROUPS = "groups.json"
_AMONG = 4  # as many are drawn from


def verified(settings: Settings) -> None:
    """See that people have looked at the groups; where `accept` says so, accept in their stead.

    Raises:
        KnownError: If they have not, with what to do.
    """
    path, about = Path(settings["groups"]), Path(_GROUPS)
    unseen = json.loads(about.read_bytes())["unseen_by_people"] if about.is_file() else 0
    if settings["accept"]:
        unseen += accept_anonymous(path)[0]
    found = read_groups(path)
    left = sum(group.verdict == "unseen" for group in found)
    accepted = sum(group.verdict == "accepted" for group in found)
    said = {"groups": len(found), "accepted": accepted, "unseen_by_people": unseen}
    write_atomically(about, json.dumps(said).encode())
    if (left and not settings["accept"]) or not accepted:
        raise KnownError(
            f"{left} of {len(found)} groups wait for a person: open them in the window"
            f" ('relsim-desktop {path.absolute()}'), accept or reject each, then run the same"
            " command again; or add --accept to go on with the captions that name nothing"
        )
    Reporter().note(f"{accepted} of {len(found)} groups are accepted")


def captioned(settings: Settings) -> None:
    """Put captions beside all that is known of the pictures, where they lie included."""
    records = _with_captions(_records(settings["pictures"]), settings["captions"])
    write_list(Path(settings["out"]), records)
    Reporter().note(f"{len(records)} pictures with a caption")


def as_many(settings: Settings) -> None:
    """Draw as many captioned pictures by lot as another list has, and none of the test's.

    Raises:
        KnownError: If there are too few.
    """
    wanted = len(_records(settings["as"]))
    taken = {record.key for record in _records(settings["but"])}
    found = _with_captions(_records(settings["pictures"]), settings["captions"])
    some = [record for record in found if record.key not in taken]
    if len(some) < wanted:
        raise KnownError(
            f"There are {len(some)} unfiltered pictures with a caption, and {wanted} are wanted:"
            " let 'unfiltered' name more of them"
        )
    write_list(Path(settings["out"]), random.Random(0).sample(some, wanted))


def distractors(settings: Settings) -> None:
    """Draw as many pictures by lot as the test has, of those that the filter did not keep."""
    kept = {record.key for record in _records(settings["kept"])}
    wanted = len(_records(settings["as"]))
    source = settings["pictures"]
    is_pattern = "{" in source and not Path(source).exists()
    shards = expand_shards(source) if is_pattern else shard_paths(Path(source))
    parts: list[str | Path] = [*shards] or [source]
    r, some = random.Random(0), list[Record]()
    r.shuffle(parts)
    for part in parts:  # all of sixteen million need not be in memory
        some += [record for record in _records(part) if record.key not in kept]
        if len(some) > _AMONG * wanted:
            break
    write_list(Path(settings["out"]), r.sample(some, min(wanted, len(some))))
    Reporter().note(f"{min(wanted, len(some))} distractors")


def measure(settings: Settings) -> None:
    """Let held-out pictures find their captions, with every relsim that was trained."""
    from engine.models.chosen import ModelRequest
    from trainer.evaluation.collection import evaluate_collection

    test, reporter, found = settings["test"], Reporter(), dict[str, Any]()
    limit = len(_records(test))
    for name, folder in settings["models"].items():
        request = ModelRequest(model=folder, base=settings["base"])
        found[name] = evaluate_collection(test, request, reporter, images=None, limit=limit)
    write_atomically(Path("measured.json"), json.dumps(found, indent=1).encode())


def figures(settings: Settings) -> None:
    """Put together what the stages measured."""
    judged = Path("judge") / "figures.json"
    filtered = json.loads(Path("filter/filter.json").read_bytes())
    document = {
        "format": FORMAT,
        "version": VERSION,
        "scale": "full",
        "paper": {"judge": JUDGE, "study": STUDY, "filter_agreement": FILTER_AGREEMENT},
        "rows": [],
        "groups": json.loads(Path(_GROUPS).read_bytes()),
        "filter": filtered.get("figures") or filtered.get("details", {}).get("figures"),
        "measured": json.loads(Path("measured.json").read_bytes()),
        "judged": json.loads(judged.read_bytes()) if judged.is_file() else None,
        "runs": {
            "filter": "filter-run",
            "captioner": "captioner",
            **{name: folder.partition("/")[0] for name, folder in settings["models"].items()},
        },
    }
    write_atomically(Path(FIGURES), (json.dumps(document, indent=1) + "\n").encode())


def _records(source: str | Path) -> tuple[Record, ...]:
    return open_collection(source).records


def _with_captions(records: Sequence[Record], path: str) -> list[Record]:
    """Those that a captioner wrote something about."""
    said = {line["key"]: str(line["caption"]) for line in read_list(Path(path))}
    return [replace(record, caption=said[record.key]) for record in records if record.key in said]
