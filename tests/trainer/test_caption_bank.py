from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path

import pytest

from engine.describe import read_bank
from engine.errors import KnownError
from engine.models.anonymity import leaks
from trainer.contrastive import bank
from trainer.contrastive.bank import EQUALS, KINDS, bank_captions, bank_names
from trainer.relbench.annotations import Annotations, Group, read_annotations
from trainer.scenes import RELATIONS


def group(relation: str, caption: str) -> Group:
    return Group("id", relation, "a family of the codebook", "test", caption, ("a", "b"))


def test_the_shipped_bank_holds_what_it_is_made_of() -> None:
    captions, _ = read_bank()
    assert list(captions) == bank_captions()


def test_every_related_picture_has_a_caption_of_its_relation_in_the_bank() -> None:
    worded = {caption.relation for caption in bank_captions()}
    annotations = read_annotations()
    grouped = {one.relation for one in annotations.groups}
    assert all(bank_names(relation)[0] in worded for relation in grouped)
    assert set(RELATIONS) <= worded


def test_the_captions_of_groups_are_in_the_bank_under_their_relation() -> None:
    relations = {caption.text: caption.relation for caption in bank_captions()}
    groups = [one for one in read_annotations().groups if not leaks(one.caption)]
    assert len(groups) > 400
    assert {one.part for one in groups} == {"train", "test"}
    astray = {
        one.caption: (one.relation, relations[one.caption])
        for one in groups
        if relations[one.caption] != bank_names(one.relation)[0]
    }
    assert astray == {}


def test_a_relation_has_one_family() -> None:
    families = defaultdict(set)
    for caption in bank_captions():
        families[caption.relation].add(caption.family)
    assert {name: own for name, own in families.items() if len(own) > 1} == {}


def test_tables_name_keys_of_the_codebook_and_drawn_relations() -> None:
    codebook = read_annotations().families
    assert set(EQUALS) <= set(codebook)
    assert set(EQUALS.values()) <= set(RELATIONS)
    assert not set(EQUALS) & set(RELATIONS)
    assert set(KINDS) <= set(codebook)
    assert {kind for kinds in KINDS.values() for kind in kinds} <= set(RELATIONS)


def test_equals_share_a_name_and_what_names_a_thing_is_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    groups = (
        group("heap", "{Objects} lying in a mound"),
        group("heap", "A cat on a heap of {Objects}"),
        group("reading", "A {Being} that reads"),
        group("reading", "A {Being} that reads"),
    )
    said = Annotations("1", {}, {}, groups, (), ())
    monkeypatch.setattr(bank, "read_annotations", lambda: said)
    extra = {"text": "{Things} in a mound", "relation": "pile", "family": "a third one"}
    (tmp_path / "extra.json").write_text(json.dumps({"captions": [extra]}), encoding="utf-8")
    texts = [text for relation in RELATIONS.values() for text in relation.captions]
    drawn = sum(not leaks(text) for text in texts)
    heap, reading, further = bank_captions(tmp_path)[drawn:]
    pile = RELATIONS["pile"].family
    assert (heap.text, heap.relation, heap.family) == (groups[0].caption, "pile", pile)
    assert (reading.relation, reading.family) == ("reading", "a family of the codebook")
    assert (further.relation, further.family) == ("pile", pile)


def test_a_damaged_list_is_a_known_error(tmp_path: Path) -> None:
    with pytest.raises(KnownError, match="cannot be read"):
        bank_captions(tmp_path)


def test_names_come_with_their_kinds() -> None:
    assert bank_names("heap") == ("pile",)
    assert bank_names("grid") == ("grid",)
    assert bank_names("falling") == ("falling", "raining")
