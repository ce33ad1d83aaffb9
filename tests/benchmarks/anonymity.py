"""How often the check of anonymous captions errs, and how fast it is.

    python tests/benchmarks/anonymity.py [--golden DIR] [--show]

The bank's captions are known to be anonymous; the conventional ones of the scenes, filled with
the emoji's names, are known to leak. Those in ``anonymity_captions.json`` were written by hand, in
pairs that differ in the leak; the odd pairs served to tune the word list. With ``--golden`` also
captions that a model wrote: nothing is known of those, so they are counted and, with ``--show``,
printed.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections.abc import Iterable
from pathlib import Path

from engine.models.anonymity import is_anonymous, leaks
from resources import ROOT
from trainer.scenes.naming import fill, singular
from trainer.scenes.registry import RELATIONS
from trainer.scenes.subjects import load_subjects, split_subjects

Pair = tuple[str, list[str]]

SIGNS = """
symbol sign arrow arrows circle circled square squared hexagon pentagon octagon triangle ellipse
mark bar diamond dash ornament lozenge letter input compression points overlay anger potable cross
place button om peace dot dots line face face hand hands finger fingers fist eye eyes mouth nose
ear leg foot footprints lips lip tongue gesture aries taurus gemini cancer leo virgo libra
scorpius sagittarius capricorn aquarius pisces ophiuchus up down left right north south east west
black white heavy large small multiplication division plus minus chart phases recycling beginner
high low one no couple family person adult speech thought bubble
"""


def bank() -> list[str]:
    text = (ROOT / "captions" / "bank.json").read_text(encoding="utf-8")
    return [row["text"] for row in json.loads(text)["captions"]]


def by_hand() -> list[Pair]:
    text = Path(__file__).with_name("anonymity_captions.json").read_text(encoding="utf-8")
    return [(caption, expected) for caption, expected in json.loads(text)]


def conventional(names: list[str], seed: int) -> list[Pair]:
    """Every conventional template with three pairs of names; the leaks are the subjects' words."""
    r = random.Random(seed)
    out = []
    for relation in RELATIONS.values():
        for template in relation.conventional:
            for _ in range(3):
                a, b = r.sample(names, 2)
                used = [singular(n) for n, slot in ((a, "{a}"), (b, "{b}")) if slot in template]
                out.append((fill(template, a, b), used))
    return out


def is_thing(name: str) -> bool:
    """Whether an emoji's name is no sign, shape or part of the body, which captions may name."""
    return not set(name.split()) & set(SIGNS.split())


def recall(pairs: Iterable[Pair]) -> dict[str, object]:
    """Shares of captions and of subjects with a word that was found; a subject may have several."""
    flagged = found = total = captions = 0
    missed = []
    for caption, subjects in pairs:
        named = {part for word in leaks(caption) for part in word.split()}
        hits = [bool(named & set(subject.replace("-", " ").split())) for subject in subjects]
        captions += 1
        flagged += any(hits)
        found += sum(hits)
        total += len(hits)
        missed += [subject for subject, hit in zip(subjects, hits, strict=True) if not hit]
    return {
        "captions": captions,
        "captions_flagged": round(flagged / captions, 3),
        "subjects_found": round(found / total, 3),
        "missed": sorted(set(missed)),
    }


def score(pairs: list[Pair]) -> dict[str, object]:
    """Right verdicts among captions written by hand."""
    wrong = [(c, list(leaks(c)), e) for c, e in pairs if bool(leaks(c)) != bool(e)]
    exact = sum(list(leaks(c)) == e for c, e in pairs)
    leaking = sum(bool(e) for _, e in pairs)
    misses = sum(bool(e) for _, _, e in wrong)
    return {
        "captions": len(pairs),
        "leaking_found": f"{leaking - misses}/{leaking}",
        "anonymous_flagged": f"{len(wrong) - misses}/{len(pairs) - leaking}",
        "words_exact": f"{exact}/{len(pairs)}",
        "wrong": wrong,
    }


def golden(folder: Path) -> dict[str, list[Pair]]:
    """Captions that a model wrote, and what is found in them."""
    lines = (folder / "anonymous_captions_sample.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    groups = json.loads((folder / "seed_group.json").read_text(encoding="utf-8"))
    sets = {
        "sample": [row["caption"] for row in rows if "caption" in row],
        "seed_groups": [row["anonymous_caption"] for row in groups],
    }
    return {name: [(text, list(leaks(text))) for text in texts] for name, texts in sets.items()}


def main() -> None:
    """Measure and print one JSON document."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--golden", type=Path)
    parser.add_argument(
        "--show", action="store_true", help="print captions and words, not only counts"
    )
    arguments = parser.parse_args()
    began = time.perf_counter()
    leaks("")
    loading = time.perf_counter() - began
    captions = bank()
    began = time.perf_counter()
    flagged = [text for text in captions if leaks(text)]
    seconds = time.perf_counter() - began
    parts = split_subjects(load_subjects())
    names = {
        part: sorted({s.name for s in parts[part] if s.source != "shapes" and is_thing(s.name)})
        for part in parts
    }
    pairs = by_hand()
    outcome: dict[str, object] = {
        "milliseconds_to_load": round(loading * 1e3, 1),
        "milliseconds_for_1000_captions": round(seconds / len(captions) * 1e6, 1),
        "bank": {"captions": len(captions), "flagged": len(flagged)},
        "bank_refused_for_want_of_a_slot": sum(not is_anonymous(c) for c in captions)
        - len(flagged),
        "scenes_tuned_on": recall(conventional(names["train"], 0)),
        "scenes_unseen": recall(conventional(names["test"], 1)),
        "by_hand_tuned_on": score([p for i, p in enumerate(pairs) if i // 2 % 2 == 0]),
        "by_hand_unseen": score([p for i, p in enumerate(pairs) if i // 2 % 2 == 1]),
    }
    if arguments.golden:
        for name, rows in golden(arguments.golden).items():
            hits = [row for row in rows if row[1]]
            outcome[name] = {"captions": len(rows), "flagged": len(hits), "which": hits}
    if not arguments.show:
        for value in outcome.values():
            if isinstance(value, dict):
                for key in ("missed", "wrong", "which"):
                    value.pop(key, None)
    print(json.dumps(outcome, indent=1, ensure_ascii=False))


if __name__ == "__main__":
    main()
