"""Size, format, date and colours, measured from real files and kept with the image."""

from __future__ import annotations

from contextlib import closing
from datetime import datetime
from io import BytesIO

import numpy as np
import pytest
from PIL import Image
from PIL.ExifTags import IFD, Base
from tiny_library import Library

from engine.imaging import decode_whole
from engine.jobs import Cancelled, JobControl
from engine.library.traits import COLOURS, Traits, colour_shares, measure
from engine.library.traits_backfill import TraitsBackfill
from engine.store import Store

SHOWN = {
    "black": "black",
    "dimgray": "grey",
    "silver": "grey",
    "white": "white",
    "ivory": "white",
    "saddlebrown": "brown",
    "tan": "brown",
    "red": "red",
    "maroon": "red",
    "orange": "orange",
    "gold": "yellow",
    "yellow": "yellow",
    "olivedrab": "green",
    "darkgreen": "green",
    "lime": "green",
    "teal": "teal",
    "cyan": "teal",
    "navy": "blue",
    "royalblue": "blue",
    "skyblue": "blue",
    "purple": "purple",
    "darkviolet": "purple",
    "hotpink": "pink",
    "lightpink": "pink",
}


def encoded(image: Image.Image, kind: str = "JPEG", **options: object) -> bytes:
    out = BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def taken(text: str, *, original: bool = True, orientation: int = 1) -> bytes:
    exif = Image.Exif()
    exif[Base.Orientation] = orientation
    if original:
        exif.get_ifd(IFD.Exif)[Base.DateTimeOriginal] = text
        exif[Base.DateTime] = "2001:01:01 00:00:00"  # when a program saved it last
    else:
        exif[Base.DateTime] = text
    return exif.tobytes()


def shares(image: Image.Image) -> dict[str, int]:
    return {name: share for name, share in zip(COLOURS, colour_shares(image), strict=True) if share}


@pytest.mark.parametrize(("colour", "name"), SHOWN.items())
def test_a_plain_picture_has_one_colour(colour: str, name: str) -> None:
    assert shares(Image.new("RGB", (300, 200), colour)) == {name: 100}


def test_the_shares_are_those_of_the_area_and_thin_lines_stay_what_they_are() -> None:
    image = Image.new("RGB", (400, 400), "white")
    image.paste("blue", (0, 0, 200, 400))
    for x in range(201, 400, 7):
        image.paste("black", (x, 0, x + 3, 400))
    found = shares(image)
    assert found["blue"] == 50
    assert set(found) == {"blue", "white", "black"}
    assert 15 <= found["black"] <= 28


def test_a_photo_of_a_meadow_is_blue_above_and_green_below_whatever_its_noise() -> None:
    random = np.random.default_rng(3)
    rows = np.linspace(0, 1, 300)[:, None, None]
    sky = np.array([110, 160, 225]) + rows * np.array([60, 40, 10])
    grass = np.array([70, 120, 40]) - rows * np.array([30, 40, 10])
    light = np.where(rows < 0.6, sky, grass) + random.normal(0, 9, (300, 400, 3))
    photo = Image.fromarray(light.clip(0, 255).astype(np.uint8))
    found = shares(decode_whole(encoded(photo, quality=80)).image)
    assert 55 <= found["blue"] <= 62
    assert 36 <= found["green"] <= 42


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF", "AVIF"])
@pytest.mark.parametrize("orientation", [1, 3, 6])
def test_size_format_and_date_come_from_the_file(kind: str, orientation: int) -> None:
    exif = taken("2019:07:04 12:30:05", orientation=orientation)
    traits = measure(decode_whole(encoded(Image.new("RGB", (1200, 800)), kind, exif=exif)))
    size = (800, 1200) if orientation == 6 else (1200, 800)
    assert (traits.width, traits.height) == size
    assert traits.orientation == ("portrait" if orientation == 6 else "landscape")
    assert traits.format == kind
    local = datetime(2019, 7, 4, 12, 30, 5)
    assert traits.taken_ns == int(local.timestamp()) * 10**9


def test_the_size_is_that_of_the_full_picture_though_a_small_one_is_decoded() -> None:
    decoded = decode_whole(encoded(Image.new("RGB", (2400, 1800))), min_side=64)
    assert (decoded.width, decoded.height) == (2400, 1800)
    assert max(decoded.image.size) < 320


@pytest.mark.parametrize("noted", ["0000:00:00 00:00:00", "yesterday", "2019:13:45 00:00:00"])
def test_a_date_that_is_none_is_not_taken(noted: str) -> None:
    data = encoded(Image.new("RGB", (40, 40)), exif=taken(noted))
    assert decode_whole(data).taken_ns is None


def test_without_a_date_of_taking_the_other_date_counts() -> None:
    data = encoded(Image.new("RGB", (40, 40)), exif=taken("2020:02:02 02:02:02", original=False))
    assert decode_whole(data).taken_ns is not None
    assert decode_whole(encoded(Image.new("RGB", (40, 40)))).taken_ns is None


def test_indexing_keeps_the_traits_with_the_image(library: Library) -> None:
    Image.new("RGB", (640, 480), "navy").save(library.pictures / "a.png")
    library.index()
    (image_id,) = [file.image_id for file in library.store.files()]
    assert image_id is not None
    blue = tuple(100 if name == "blue" else 0 for name in COLOURS)
    assert library.store.traits() == {image_id: Traits(640, 480, "PNG", None, blue)}
    assert not len(library.store.untraited())


def forget_traits(store: Store) -> None:
    with store._database.transaction() as connection:
        connection.execute("DELETE FROM traits")


def test_images_of_older_libraries_get_theirs_afterwards(library: Library) -> None:
    for number, colour in enumerate(("red", "green", "blue")):
        Image.new("RGB", (90 + number, 60), colour).save(library.pictures / f"{colour}.png")
    library.index()
    known = library.store.traits()
    forget_traits(library.store)
    assert len(library.store.untraited()) == 3
    (library.pictures / "red.png").unlink()  # what cannot be read stays without, and harms nobody
    assert TraitsBackfill(library.store).run() == 2
    assert TraitsBackfill(library.store).run() == 0
    found = library.store.traits()
    assert len(found) == 2
    assert all(found[image_id] == known[image_id] for image_id in found)


def test_a_cancelled_backfill_keeps_what_it_has_and_goes_on_next_time(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(6):
        Image.new("RGB", (90 + number, 60), "red").save(library.pictures / f"{number}.png")
    library.index()
    forget_traits(library.store)
    monkeypatch.setattr("engine.library.traits_backfill._BATCH", 2)
    control = JobControl()
    report = control.report

    def cancel_after_a_batch(*args: object, **options: object) -> None:
        report(*args, **options)  # type: ignore[arg-type]
        control.cancel()

    monkeypatch.setattr(control, "report", cancel_after_a_batch)
    with pytest.raises(Cancelled):
        TraitsBackfill(library.store).run(control)
    assert len(library.store.untraited()) == 4
    assert TraitsBackfill(library.store).run() == 4


def test_traits_go_with_the_library(library: Library) -> None:
    Image.new("RGB", (64, 48), "red").save(library.pictures / "a.png")
    library.index()
    known = library.store.traits()
    directory = library.store.directory
    library.store.close()
    with closing(Store.open(directory)) as again:
        assert again.traits() == known
