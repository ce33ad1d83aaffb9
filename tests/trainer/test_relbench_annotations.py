"""What was annotated by hand keeps what docs/benchmark promises, and is read with care."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path, PurePosixPath
from typing import Any

import pytest
from made_up_annotations import FILES, documents, id_of, write_annotations, write_package

from engine.errors import KnownError
from engine.models.anonymity import is_anonymous, leaks
from trainer.packages import fetch_packages, read_packages
from trainer.progress import Reporter
from trainer.relbench.agreement import UNCLEAR
from trainer.relbench.annotations import CONDITIONS, Picture, locate, read_annotations
from trainer.scenes.types import NONE

PAGES = Path(__file__).parents[2] / "docs" / "benchmark"
SLOT = re.compile(r"\{[A-Z][a-z]*(?: [A-Z][a-z]*)*\}")
OWN = "x_"  # keys of annotators for what the codebook does not have


def related(part: str) -> list[Picture]:
    return [
        one
        for one in read_annotations().pictures.values()
        if one.part == part and one.relation != NONE
    ]


def test_there_is_enough() -> None:
    annotations = read_annotations()
    counts = Counter(one.condition for one in annotations.triplets)
    assert len(related("train")) + len(related("test")) >= 1000
    assert len(annotations.groups) >= 150
    assert sum(counts.values()) >= 400
    assert set(counts) == set(CONDITIONS)
    assert min(counts.values()) >= 100


def test_every_picture_is_there_once_and_its_package_is_known() -> None:
    pictures = read_annotations().pictures.values()
    assert all(one.id == one.sha256[:16] for one in pictures)
    assert all(len(bytes.fromhex(one.sha256)) == 32 for one in pictures)
    assert len({one.sha256 for one in pictures}) == len(pictures)
    assert len({(one.package, one.path) for one in pictures}) == len(pictures)
    assert {one.package for one in pictures} == set(read_packages())
    assert {one.part for one in pictures} == {"train", "test"}
    assert {one.kind for one in pictures} == {"photo", "drawing"}
    for one in pictures:
        assert not {"/", "..", "."} & set(PurePosixPath(one.path).parts), one
    assert all(one.subject == one.subject.strip() != "" for one in pictures)


def test_train_and_test_share_no_relation_and_no_picture() -> None:
    annotations = read_annotations()
    taught, tested = ({one.relation for one in related(part)} for part in ("train", "test"))
    assert len(taught) > 50 < len(tested)
    assert not taught & tested
    for part in ("train", "test"):
        for group in annotations.groups:
            if group.part == part:
                assert {annotations.pictures[i].part for i in group.pictures} == {part}, group
    named = {i for one in annotations.triplets for i in (one.anchor, one.positive, one.negative)}
    assert {annotations.pictures[i].part for i in named} == {"test"}
    assert named < annotations.asked
    assert {annotations.pictures[i].part for i in annotations.asked} == {"test"}


def test_groups_are_small_and_of_one_relation_and_several_subjects() -> None:
    annotations = read_annotations()
    grouped = Counter(i for group in annotations.groups for i in group.pictures)
    assert set(grouped.values()) == {1}
    assert len({group.id for group in annotations.groups}) == len(annotations.groups)
    for group in annotations.groups:
        members = [annotations.pictures[i] for i in group.pictures]
        assert 2 <= len(members) <= 10, group
        assert {one.relation for one in members} == {group.relation}, group
        assert annotations.families[group.relation] == group.family, group
        assert len({one.subject for one in members}) > 1, group


def test_what_is_related_has_a_caption_and_nothing_else_has() -> None:
    for one in read_annotations().pictures.values():
        assert (one.caption is None) == (one.relation == NONE), one
        assert one.second not in {NONE, one.relation}, one


def test_captions_are_anonymous_sentences_of_the_codebooks_length() -> None:
    annotations = read_annotations()
    captions = [one.caption for one in annotations.pictures.values() if one.caption]
    captions += [group.caption for group in annotations.groups]
    for caption in captions:
        assert is_anonymous(caption), (caption, leaks(caption))
        assert 5 <= len(caption.split()) <= 15, caption
        assert not set("{}") & set(SLOT.sub("", caption)), caption
        assert caption == caption.strip().removesuffix("."), caption
        assert caption.lstrip("{")[0].isupper(), caption


def test_the_codebook_lists_the_same_relations_in_the_same_families() -> None:
    families, family = dict[str, str](), ""
    for line in (PAGES / "codebook.md").read_text(encoding="utf-8").splitlines():
        if line.startswith("### "):
            family = line.removeprefix("### ")
        elif entry := re.match(r"- `(\w+)`: \S", line):
            assert entry[1] not in families
            families[entry[1]] = family
    assert families == read_annotations().families


def test_the_page_counts_the_pictures_of_each_package() -> None:
    page = (PAGES / "relbench.md").read_text(encoding="utf-8")
    pictures = read_annotations().pictures.values()
    for name, package in read_packages().items():
        own = [one for one in pictures if one.package == name]
        related = sum(one.relation != NONE for one in own)
        photographs = sum(one.kind == "photo" for one in own)
        said = f"{package.about} | {len(own):,} | {related:,} | {photographs:,}"
        assert f"| {name} | {package.version} | {said} | {package.licence} |" in page


def test_relations_without_a_family_are_asked_for_nowhere() -> None:
    annotations = read_annotations()
    keys = annotations.families.keys()
    for one in annotations.pictures.values():
        known = one.relation in keys or one.relation == NONE
        assert known or (one.relation.startswith(OWN) and one.part == "train"), one
        assert one.second is None or one.second in keys or one.second.startswith(OWN), one
    for opinion in annotations.second_pass:
        own = opinion.relation.startswith(OWN)
        assert own or opinion.relation in keys | {NONE, UNCLEAR}, opinion


def test_triplets_obey_their_condition() -> None:
    annotations = read_annotations()
    asked = [(one.anchor, one.positive, one.negative) for one in annotations.triplets]
    assert len(set(asked)) == len(asked)
    for one in annotations.triplets:
        trio = [annotations.pictures[i] for i in (one.anchor, one.positive, one.negative)]
        anchor, positive, negative = trio
        assert len({picture.id for picture in trio}) == 3, one
        assert one.relation == anchor.relation, one
        if one.condition == "look_only":
            assert {picture.relation for picture in trio} == {NONE}, one
            assert one.family == NONE, one
            continue
        assert one.family == annotations.families[anchor.relation], one
        assert anchor.relation == positive.relation, one
        shown, others = ({p.relation, p.second} - {None, NONE} for p in (anchor, negative))
        assert not shown & others, one


def test_the_second_pass_covers_enough_and_no_picture_twice() -> None:
    annotations = read_annotations()
    seen = [opinion.picture for opinion in annotations.second_pass]
    assert len(set(seen)) == len(seen)
    assert len(seen) >= 0.15 * len(annotations.pictures)
    for condition in CONDITIONS:
        blind = [one.blind for one in annotations.triplets if one.condition == condition]
        assert sum(answer is not None for answer in blind) >= 0.15 * len(blind)


def test_annotations_are_read_as_they_were_written(tmp_path: Path) -> None:
    read = read_annotations(write_annotations(tmp_path / "said"))
    assert read.version == "3"
    assert list(read.pictures) == [id_of(number) for number in range(1, 8)]
    assert read.groups[0].pictures == (id_of(1), id_of(2))
    assert read.triplets[0].blind is True
    assert read.second_pass[2].second == "grid"
    assert read.named == {id_of(number) for number in range(1, 8)}
    assert read.asked == {id_of(number) for number in (4, 5, 6)}


def test_a_newer_format_says_so(tmp_path: Path) -> None:
    about = documents()["about.json"] | {"format": 2}
    with pytest.raises(KnownError, match="have format 2; this version reads 1"):
        read_annotations(write_annotations(tmp_path / "said", {"about.json": about}))


@pytest.mark.parametrize(
    "changed",
    [
        {"about.json": []},
        {"about.json": {"format": 1, "version": "3"}},
        {"about.json": {"format": 1, "version": "3", "families": 7}},
        {"pictures.jsonl": [{"id": "0"}]},
        {"pictures.jsonl": documents()["pictures.jsonl"][:-1]},
        {"pictures.jsonl": [one | {"mood": "odd"} for one in documents()["pictures.jsonl"]]},
        {"groups.jsonl": [documents()["groups.jsonl"][0] | {"pictures": ["0" * 16]}]},
        {"groups.jsonl": ["ring-1"]},
        {"triplets.jsonl": [documents()["triplets.jsonl"][0] | {"negative": "0" * 16}]},
        {"second-pass.jsonl": [7]},
    ],
)
def test_damaged_annotations_are_one_error(changed: dict[str, Any], tmp_path: Path) -> None:
    with pytest.raises(KnownError, match=r"cannot be read: \S") as found:
        read_annotations(write_annotations(tmp_path / "said", changed))
    assert str(tmp_path / "said") in str(found.value)


@pytest.mark.parametrize("name", sorted(documents()))
def test_a_file_that_is_missing_cut_or_no_text_is_one_error(name: str, tmp_path: Path) -> None:
    path = write_annotations(tmp_path / "said") / name
    for content in (path.read_bytes()[:-9], b"\xff\xfe" + path.read_bytes()):
        path.write_bytes(content)
        read_annotations.cache_clear()
        with pytest.raises(KnownError, match="cannot be read"):
            read_annotations(path.parent)
    path.unlink()
    with pytest.raises(KnownError, match="cannot be read"):
        read_annotations(path.parent)


def test_only_the_annotated_content_is_located(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RELSIM_PICTURES", str(tmp_path / "pictures"))
    one = read_annotations(write_annotations(tmp_path / "said")).pictures[id_of(1)]
    assert locate(one) is None
    package = write_package(tmp_path / "debs")
    fetch_packages([package], Reporter.silent(), debs=tmp_path / "debs")
    path = locate(one)
    assert path == tmp_path / "pictures" / "made-up-pictures" / one.path
    assert path.read_bytes() == FILES[f"./{one.path}"]
    path.write_bytes(path.read_bytes() + b"\0")
    assert locate(one) is None
