"""The thumbnail cache on a real disk: freshness, bounds, several writers, and no disk at all."""

from __future__ import annotations

import io
import os
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from engine.errors import DecodeError
from engine.imaging import decode
from engine.library.thumbnails import ThumbnailCache


def picture(path: Path, colour: str = "red", size: tuple[int, int] = (900, 600)) -> Path:
    Image.new("RGB", size, colour).save(path)
    return path


def opened(data: bytes | None) -> Image.Image:
    assert data is not None
    image = Image.open(io.BytesIO(data))
    assert image.format == "JPEG"
    return image


def cached_files(directory: Path) -> list[Path]:
    return [path for path in directory.rglob("*") if path.is_file()]


def test_made_once_then_read(tmp_path: Path) -> None:
    cache = ThumbnailCache(tmp_path / "cache")
    file = picture(tmp_path / "a.png")
    assert cache.get(file) is None
    assert not (tmp_path / "cache").exists()
    made = cache.make(file)
    assert opened(made).size == (384, 256)
    assert cache.get(file) == made
    assert ThumbnailCache(tmp_path / "cache").get(file) == made
    assert ThumbnailCache(tmp_path / "cache", edge=100).get(file) is None


@pytest.mark.parametrize(
    ("size", "expected"),
    [((100, 50), (100, 50)), ((600, 900), (256, 384)), ((4000, 20), (384, 2)), ((1, 1), (1, 1))],
)
def test_it_fits_and_keeps_its_shape(
    size: tuple[int, int], expected: tuple[int, int], tmp_path: Path
) -> None:
    file = picture(tmp_path / "a.png", size=size)
    assert opened(ThumbnailCache(tmp_path / "cache").make(file)).size == expected


def test_a_changed_file_has_no_thumbnail(tmp_path: Path) -> None:
    cache = ThumbnailCache(tmp_path / "cache")
    file = picture(tmp_path / "a.png")
    cache.make(file)
    status = file.stat()
    os.utime(file, ns=(status.st_atime_ns, status.st_mtime_ns + 1_000_000_000))
    assert cache.get(file) is None
    picture(file, "blue", (90, 60))
    assert cache.get(file) is None
    assert opened(cache.make(file)).getpixel((5, 5))[2] > 200
    file.unlink()
    assert cache.get(file) is None


def test_a_decoded_picture_is_put_and_left_alone(tmp_path: Path) -> None:
    cache = ThumbnailCache(tmp_path / "cache")
    file = picture(tmp_path / "a.png", size=(1000, 1000))
    image = decode(file)
    before = image.tobytes()
    assert cache.put(file, image) == cache.get(file)
    assert image.tobytes() == before
    assert opened(cache.get(file)).size == (334, 334)


def test_an_unreadable_file_says_why_and_caches_nothing(tmp_path: Path) -> None:
    file = tmp_path / "a.png"
    file.write_bytes(b"no picture")
    cache = ThumbnailCache(tmp_path / "cache")
    with pytest.raises(DecodeError, match="not a picture"):
        cache.make(file)
    assert cached_files(tmp_path / "cache") == []


def test_a_thumbnail_cut_off_by_a_crash_is_made_again(tmp_path: Path) -> None:
    cache = ThumbnailCache(tmp_path / "cache")
    file = picture(tmp_path / "a.png")
    made = cache.make(file)
    (cached,) = cached_files(tmp_path / "cache")
    for damage in (b"", made[: len(made) // 2]):
        cached.write_bytes(damage)
        assert cache.get(file) is None
    assert cache.make(file) == cache.get(file) == made


def test_a_deleted_cache_is_rebuilt(tmp_path: Path) -> None:
    cache = ThumbnailCache(tmp_path / "cache")
    file = picture(tmp_path / "a.png")
    made = cache.make(file)
    for cached in cached_files(tmp_path / "cache"):
        cached.unlink()
        cached.parent.rmdir()
    assert cache.get(file) is None
    assert cache.make(file) == cache.get(file) == made


def test_where_nothing_can_be_written_thumbnails_are_still_made(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file where the folder should be")
    cache = ThumbnailCache(tmp_path / "cache")
    file = picture(tmp_path / "a.png")
    assert opened(cache.make(file)).size == (384, 256)
    assert cache.get(file) is None
    cache.trim()


def test_the_longest_unused_go_first(tmp_path: Path) -> None:
    noise = np.random.default_rng(0).integers(0, 256, (300, 300, 3), np.uint8)
    image = Image.fromarray(noise)
    files = [picture(tmp_path / f"{i}.png", size=(30, 20)) for i in range(12)]
    one = len(ThumbnailCache(tmp_path / "other").put(files[0], image))
    cache = ThumbnailCache(tmp_path / "cache", max_bytes=one * 100)
    for age, file in enumerate(files):
        before = set(cached_files(tmp_path / "cache"))
        cache.put(file, image)
        (new,) = set(cached_files(tmp_path / "cache")) - before
        long_ago = time.time() - 1e6 + age * 1000
        os.utime(new, (long_ago, long_ago))
    assert cache.get(files[0]) is not None  # the oldest, but in use again
    ThumbnailCache(tmp_path / "cache", max_bytes=one * 8).trim()
    kept = [cache.get(file) is not None for file in files]
    assert kept == [True] + [False] * 5 + [True] * 6


def test_the_cache_stays_within_its_bound_by_itself(tmp_path: Path) -> None:
    image = Image.fromarray(np.random.default_rng(0).integers(0, 256, (100, 100, 3), np.uint8))
    files = [picture(tmp_path / f"{i}.png", size=(30, 20)) for i in range(40)]
    one = len(ThumbnailCache(tmp_path / "other").put(files[0], image))
    cache = ThumbnailCache(tmp_path / "cache", max_bytes=one * 10)
    for file in files:
        cache.put(file, image)
        assert sum(path.stat().st_size for path in cached_files(tmp_path / "cache")) <= one * 11


def test_what_a_killed_writer_left_is_swept(tmp_path: Path) -> None:
    cache = ThumbnailCache(tmp_path / "cache")
    cache.make(picture(tmp_path / "a.png"))
    (cached,) = cached_files(tmp_path / "cache")
    old, fresh = cached.with_name("old.part"), cached.with_name("fresh.part")
    old.touch()
    fresh.touch()
    os.utime(old, (1.0, 1.0))
    cache.trim()
    assert set(cached_files(tmp_path / "cache")) == {cached, fresh}


def test_several_writers_and_readers_share_one_folder(tmp_path: Path) -> None:
    files = [picture(tmp_path / f"{i}.png", size=(60, 40 + i)) for i in range(6)]
    expected = [ThumbnailCache(tmp_path / "other").make(file) for file in files]
    caches = [ThumbnailCache(tmp_path / "cache", max_bytes=4_000) for _ in range(3)]

    def use(turn: int) -> bool:
        cache, which = caches[turn % 3], turn % 6
        got = cache.get(files[which]) or cache.make(files[which])
        return got == expected[which]

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(use, range(240)))
    assert not list((tmp_path / "cache").rglob("*.part"))
