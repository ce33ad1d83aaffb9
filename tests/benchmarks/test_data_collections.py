from __future__ import annotations

from pathlib import Path

from data_collections import write_collections

from trainer.data.collection import open_collection


def test_every_collection_is_read_whole(tmp_path: Path) -> None:
    write_collections(tmp_path / "out", 24, photos=2, urls=20)
    for source in ("images", "captions.jsonl", "shards"):
        found = open_collection(tmp_path / "out" / source)
        assert (len(found.records), found.drops.total) == (24, 0), source
    assert len(open_collection(tmp_path / "out" / "photos").records) == 2
    assert (tmp_path / "out" / "urls.parquet").is_file()
