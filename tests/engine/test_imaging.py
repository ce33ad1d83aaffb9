"""The decoder on real files of every supported kind, made on the spot."""

from __future__ import annotations

import io
import struct
import threading
import zlib
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import numpy as np
import pillow_heif
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from engine.errors import DecodeError
from engine.imaging import (
    PixelBudget,
    content_id,
    content_id_of,
    decode,
    load,
)

ORIENTATION = 0x0112


def encoded(image: Image.Image, kind: str, **options: object) -> bytes:
    out = io.BytesIO()
    if kind == "HEIF":
        pillow_heif.from_pillow(image).save(out, **options)
    else:
        image.save(out, kind, **options)
    return out.getvalue()


def scene(width: int = 300, height: int = 200) -> Image.Image:
    """White, with the upper left quarter red."""
    image = Image.new("RGB", (width, height), "white")
    image.paste("red", (0, 0, width // 2, height // 2))
    return image


def chunk(kind: bytes, data: bytes) -> bytes:
    body = kind + data
    return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))


def png(width: int, height: int, *chunks: bytes, depth: int = 8, colour: int = 2) -> bytes:
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + b"".join(chunks) + chunk(b"IEND", b"")


def near(image: Image.Image, at: tuple[int, int], colour: tuple[int, int, int]) -> bool:
    pixel = np.array(image.getpixel(at), int)
    return bool(np.abs(pixel - colour).max() <= 6)


KINDS = ("JPEG", "PNG", "WEBP", "GIF", "TIFF", "BMP", "AVIF", "HEIF", "PPM")


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_told_by_its_content(kind: str, tmp_path: Path) -> None:
    file = tmp_path / "misnamed.xyz"
    file.write_bytes(encoded(scene(), kind))
    for source in (file, file.read_bytes()):
        image = decode(source)
        assert (type(image), image.mode, image.size) == (Image.Image, "RGB", (300, 200))
        assert near(image, (20, 20), (255, 0, 0))
        assert near(image, (280, 180), (255, 255, 255))


def test_nothing_but_pixels_is_handed_on() -> None:
    image = decode(encoded(scene(), "JPEG", comment="mine", icc_profile=b"profile", dpi=(72, 72)))
    assert image.info == {}


# --- size ----------------------------------------------------------------------------------------


@given(
    st.integers(1, 900), st.integers(1, 900), st.integers(1, 400), st.sampled_from(["PNG", "JPEG"])
)
@settings(max_examples=40, deadline=None)
def test_the_shorter_side_is_kept_and_nothing_is_enlarged(
    width: int, height: int, min_side: int, kind: str
) -> None:
    size = decode(encoded(Image.new("RGB", (width, height)), kind), min_side=min_side).size
    assert any(size == (-(-width // f), -(-height // f)) for f in range(1, 901))
    assert min(size) <= 2 * min_side
    if max(width, height) <= 32 * min(width, height):
        assert min(size) >= min(width, height, min_side)


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_a_large_picture_is_reduced_to_less_than_twice_what_is_asked(kind: str) -> None:
    assert 256 <= min(decode(encoded(scene(3000, 2000), kind)).size) < 512


def test_a_very_long_picture_keeps_a_bounded_area() -> None:
    image = decode(encoded(Image.new("RGB", (60_000, 300)), "PNG"), min_side=64)
    assert 0.25 < image.width * image.height / (32 * 64**2) < 4


# --- orientation ---------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF", "AVIF", "HEIF"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_the_orientation_is_applied_once(kind: str, orientation: int) -> None:
    undo = {
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }
    stored = scene(800, 600)
    if orientation in undo:
        stored = stored.transpose(undo[orientation])
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    data = encoded(stored, kind, exif=exif.tobytes())
    if kind in ("AVIF", "HEIF") and orientation > 1:
        assert b"irot" in data or b"imir" in data  # said twice, as phones do
    image = decode(data)
    assert image.width > image.height
    assert near(image, (20, 20), (255, 0, 0))
    assert near(image, (image.width - 20, 20), (255, 255, 255))
    assert near(image, (20, image.height - 20), (255, 255, 255))


@pytest.mark.filterwarnings("ignore::UserWarning")  # as in the program itself
def test_damaged_metadata_does_not_hide_the_picture() -> None:
    good = encoded(scene(), "JPEG")
    broken = b"\xff\xe1\x00\x10Exif\0\0II*\0\xff\xff\xff\xff"
    assert decode(good[:2] + broken + good[2:]).size == (300, 200)


# --- colours -------------------------------------------------------------------------------------


def test_transparency_lies_over_white_without_dark_fringes() -> None:
    pixels = np.zeros((900, 900, 4), np.uint8)  # transparent black
    pixels[:, 401:] = (255, 0, 0, 255)
    pixels[450:, :401] = (0, 0, 255, 51)
    image = np.asarray(decode(encoded(Image.fromarray(pixels), "PNG")))
    assert image.shape == (300, 300, 3)
    assert (image[:150, :133] == 255).all()
    assert (image[:150, 133] == (255, 170, 170)).all()  # one red column of three
    assert (image[:, 134:] == (255, 0, 0)).all()
    assert np.abs(image[150:, :133].astype(int) - (204, 204, 255)).max() <= 1


@pytest.mark.parametrize("mode", ["RGBA", "LA", "P", "CMYK"])
def test_strips_give_what_the_whole_picture_gives(mode: str) -> None:
    random = np.random.default_rng(5)
    coarse = random.integers(0, 256, (31, 47, 4), np.uint8)
    source = Image.fromarray(coarse).resize((1117, 713), Image.Resampling.BILINEAR)
    source = source.convert("RGB").quantize(64) if mode == "P" else source.convert(mode)
    options = {"transparency": bytes(range(0, 256, 4))} if mode == "P" else {}
    data = encoded(source, "TIFF" if mode == "CMYK" else "PNG", **options)
    whole = Image.open(io.BytesIO(data))
    if mode != "CMYK":
        white = Image.new("RGBA", whole.size, "white")
        whole = Image.alpha_composite(white, whole.convert("RGBA"))
    expected = np.asarray(whole.convert("RGB").reduce(2), int)
    assert np.abs(np.asarray(decode(data), int) - expected).max() <= 2


@pytest.mark.parametrize("transparency", [0, bytes([0, 255]), bytes([0]) + bytes([255]) * 255])
def test_a_palette_with_transparency(transparency: int | bytes) -> None:
    image = Image.new("P", (40, 40), 1)
    image.putpalette([0, 0, 0, 0, 128, 0])
    image.paste(0, (0, 0, 20, 40))
    decoded = decode(encoded(image, "PNG", transparency=transparency))
    assert decoded.getpixel((5, 5)) == (255, 255, 255)
    assert decoded.getpixel((35, 5)) == (0, 128, 0)


def test_a_transparent_gif_with_several_frames_gives_the_first() -> None:
    first = Image.new("P", (40, 40), 1)
    first.putpalette([9, 9, 9, 0, 128, 0])
    first.paste(0, (0, 0, 20, 40))
    data = encoded(
        first, "GIF", save_all=True, append_images=[Image.new("RGB", (40, 40))], transparency=0
    )
    decoded = decode(data)
    assert decoded.getpixel((5, 5)) == (255, 255, 255)
    assert decoded.getpixel((35, 5)) == (0, 128, 0)


def test_one_transparent_grey_and_one_transparent_colour() -> None:
    grey = Image.new("L", (40, 40), 90)
    grey.paste(7, (0, 0, 20, 40))
    decoded = decode(encoded(grey, "PNG", transparency=7))
    assert [decoded.getpixel((x, 5)) for x in (5, 35)] == [(255, 255, 255), (90, 90, 90)]
    colour = scene(40, 40)
    decoded = decode(encoded(colour, "PNG", transparency=(255, 0, 0)))
    assert decoded.getextrema() == ((255, 255),) * 3


def test_grey_with_alpha_and_one_bit() -> None:
    half = Image.merge("LA", (Image.new("L", (40, 40), 0), Image.new("L", (40, 40), 51)))
    assert decode(encoded(half, "PNG")).getpixel((5, 5)) == (204, 204, 204)
    assert decode(encoded(Image.new("1", (40, 40), 1), "PNG")).getpixel((5, 5)) == (255,) * 3


def test_cmyk_as_cameras_and_as_printers_write_it() -> None:
    assert near(decode(encoded(scene().convert("CMYK"), "JPEG", quality=95)), (9, 9), (255, 0, 0))
    assert near(decode(encoded(scene().convert("CMYK"), "TIFF")), (9, 9), (255, 0, 0))


def test_sixteen_bits_are_scaled_not_clipped() -> None:
    levels = np.repeat(np.arange(256, dtype=np.uint16) * 257, 4).reshape(1, -1).repeat(600, 0)
    expected = np.arange(256)
    for kind, values in (
        ("PNG", levels),
        ("TIFF", levels),
        ("TIFF", levels.astype(">u2")),
        ("TIFF", levels.astype(np.int32)),
        ("TIFF", levels.astype(np.float32)),
        ("TIFF", (levels / 65535).astype(np.float32)),
        ("TIFF", (levels / 257).astype(np.float32)),
        ("TIFF", (levels * 3.0 - 40_000).astype(np.float32)),
    ):
        image = np.asarray(decode(encoded(Image.fromarray(values), kind), min_side=600))[0, ::4, 0]
        assert np.abs(image.astype(int) - expected).max() <= 1, (kind, values.dtype)


def test_sixteen_bit_colour_with_alpha() -> None:
    row = b"\0" + struct.pack(">4H", 0x8000, 0, 0xFFFF, 0xFFFF) * 2
    data = png(2, 2, chunk(b"IDAT", zlib.compress(row * 2)), depth=16, colour=6)
    assert decode(data).getpixel((0, 0)) == (128, 0, 255)


def test_values_that_are_no_numbers_do_not_spoil_the_others() -> None:
    values = np.array([[0, np.nan, np.inf, 1]], np.float32).repeat(4, 0)
    image = decode(encoded(Image.fromarray(values), "TIFF"))
    assert [image.getpixel((x, 0))[0] for x in range(4)] == [0, 0, 0, 255]


# --- refusals ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty file"),
        (b"\0" * 500, "nothing but zeros"),
        (b"Dear diary, this is no picture at all.", "not a picture"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "an empty drawing"),
        (b"\x89PNG\r\n", "cut off"),
        (b"P6 what was that", "damaged"),
        (b"BM" + b"\xff" * 100, "cut off"),
        (png(30_000, 30_000), "900 megapixels, more than the limit of 180"),
        (png(0, 10), "damaged"),
        (png(9, 9, chunk(b"IDAT", zlib.compress(b"\0" * 9))), "cut off"),
        (png(9, 9, chunk(b"zTXt", b"a\0\0" + zlib.compress(b"\0" * (64 << 20)))), "damaged"),
    ],
)
def test_what_is_no_picture_is_refused_with_a_reason(
    content: bytes, reason: str, tmp_path: Path
) -> None:
    file = tmp_path / "picture.png"
    file.write_bytes(content)
    with pytest.raises(DecodeError, match=reason) as refused:
        decode(file)
    assert str(tmp_path) not in str(refused.value)


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_that_was_cut_off_is_refused(kind: str) -> None:
    noise = Image.fromarray(np.random.default_rng(1).integers(0, 256, (64, 64, 3), np.uint8))
    data = encoded(noise, kind)
    for share in (0.02, 0.3, 0.6, 0.9):
        with pytest.raises(DecodeError, match=r"cut off|damaged|not a picture"):
            decode(data[: int(len(data) * share)])


def test_what_is_no_readable_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DecodeError, match="no longer there"):
        decode(tmp_path / "gone.png")
    with pytest.raises(DecodeError, match="not a file"):
        decode(tmp_path)


def test_the_limit_counts_what_has_to_be_decoded() -> None:
    baseline = encoded(scene(1200, 800), "JPEG")
    progressive = encoded(scene(1200, 800), "JPEG", progressive=True)
    assert decode(baseline, min_side=64, max_pixels=300_000).size == (150, 100)
    with pytest.raises(DecodeError, match="limit"):
        decode(progressive, min_side=64, max_pixels=300_000)
    with pytest.raises(DecodeError, match="limit"):
        decode(baseline, min_side=64, max_pixels=200_000)
    with pytest.raises(DecodeError, match="limit"):
        decode(encoded(scene(1200, 800), "WEBP"), max_pixels=1_500_000)


SEEDS = [encoded(scene(48, 32), kind) for kind in KINDS] + [
    encoded(scene(48, 32).quantize(16), "PNG", transparency=3),
    encoded(scene(48, 32), "TIFF", compression="tiff_lzw"),
    encoded(scene(48, 32), "JPEG", progressive=True),
]


@given(st.sampled_from(SEEDS), st.data())
@settings(max_examples=150, deadline=None)
def test_damage_never_raises_anything_else(seed: bytes, data: st.DataObject) -> None:
    damaged = bytearray(seed)
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(seed) - 1))
        damaged[at] = data.draw(st.integers(0, 255))
    del damaged[data.draw(st.integers(1, len(seed))) :]
    with suppress(DecodeError):
        assert decode(bytes(damaged)).mode == "RGB"


# --- reading once, threads -----------------------------------------------------------------------


def test_a_file_is_read_once_for_its_id_and_its_pixels(tmp_path: Path) -> None:
    file = tmp_path / "a.png"
    file.write_bytes(encoded(scene(), "PNG"))
    identity, source = load(file)
    assert isinstance(source, bytes)
    assert identity == content_id(source) == content_id_of(file)
    assert len(identity) == 32
    assert decode(source).size == (300, 200)


def test_a_very_large_file_is_not_held_in_memory(tmp_path: Path) -> None:
    file = tmp_path / "large.png"
    file.write_bytes(encoded(scene(), "PNG"))
    with file.open("r+b") as grown:
        grown.truncate((64 << 20) + 1)
    identity, source = load(file)
    assert source == file
    assert identity == content_id_of(file)
    assert decode(source).size == (300, 200)


def test_reading_what_cannot_be_read_says_why(tmp_path: Path) -> None:
    (tmp_path / "empty.png").touch()
    for name, reason in (("empty.png", "empty"), ("gone.png", "no longer there")):
        for read in (load, content_id_of):
            with pytest.raises(DecodeError, match=reason):
                read(tmp_path / name)


def test_threads_decode_what_one_thread_decodes() -> None:
    expected = [decode(seed).tobytes() for seed in SEEDS]
    with ThreadPoolExecutor(8) as pool:
        for _ in range(3):
            assert [image.tobytes() for image in pool.map(decode, SEEDS)] == expected


def test_the_budget_bounds_what_is_held_and_lets_a_large_picture_run_alone() -> None:
    budget = PixelBudget(100)
    held: list[int] = []
    seen: list[tuple[int, ...]] = []
    lock = threading.Lock()

    def work(pixels: int) -> None:
        with budget.hold(pixels):
            with lock:
                held.append(pixels)
                seen.append(tuple(held))
            threading.Event().wait(0.001)
            with lock:
                held.remove(pixels)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(work, [40, 40, 40, 250, 10, 100, 1, 60, 300, 30] * 4))
    assert len(seen) == 40
    assert all(sum(together) <= 100 or len(together) == 1 for together in seen)
    assert not held


def test_the_budget_is_given_back_after_a_failure() -> None:
    budget = PixelBudget(10)
    for _ in range(3):
        with pytest.raises(ZeroDivisionError), budget.hold(10):
            _ = 1 // 0
