"""Raw files, drawings, Photoshop and JPEG XL: read for real, broken ones refused with a reason."""

from __future__ import annotations

import gzip
import io
from base64 import b64encode
from contextlib import suppress
from pathlib import Path

import numpy as np
import pylibjxl
import pytest
from made_photoshop import photoshop
from made_raw import dng
from PIL import Image
from PIL.ExifTags import IFD, Base

from engine.errors import DecodeError
from engine.formats.kinds import KINDS, RAW, REFUSED, SUPPORTED, UNSUPPORTED, patterns
from engine.imaging import Decoded, decode, decode_whole

RED, WHITE = (255, 0, 0), (255, 255, 255)
NS = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'


def scene(width: int = 600, height: int = 450) -> Image.Image:
    image = Image.new("RGB", (width, height), "white")
    image.paste("red", (0, 0, width // 2, height // 2))
    return image


def encoded(image: Image.Image, kind: str, **options: object) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def corners(decoded: Decoded) -> list[str]:
    """Upper left, upper right, lower left: red, white or something else."""
    image = decoded.image
    found = []
    for x, y in ((8, 8), (image.width - 9, 8), (8, image.height - 9)):
        pixel = np.array(image.getpixel((x, y)), int)
        near = {name for name, c in (("red", RED), ("white", WHITE)) if abs(pixel - c).max() < 12}
        found.append(near.pop() if near else str(tuple(pixel)))
    return found


def refusal(data: bytes) -> str:
    with pytest.raises(DecodeError) as refused:
        decode(data)
    return str(refused.value)


def test_every_suffix_is_read_or_refused_and_says_why() -> None:
    assert not SUPPORTED & UNSUPPORTED
    assert all(s == s.lower() and s.startswith(".") for s in SUPPORTED | UNSUPPORTED)
    assert all(len(reason) > 10 for reason in REFUSED.values())
    assert set(KINDS["RAW"]) == RAW
    shown = patterns().split()
    assert {"*.jpg", "*.NEF", "*.svg"} <= set(shown)


# --- raw -----------------------------------------------------------------------------------------


def test_a_raw_file_is_seen_by_its_preview_and_measured_by_its_sensor() -> None:
    decoded = decode_whole(dng(scene(), taken="2019:07:04 12:30:05"))
    assert decoded.image.size == (600, 450)
    assert corners(decoded) == ["red", "white", "white"]
    assert (decoded.format, decoded.width, decoded.height) == ("RAW", 640, 480)
    assert decoded.taken_ns is not None


def test_a_large_preview_is_decoded_at_a_fraction_of_its_size() -> None:
    assert min(decode(dng(scene(2400, 1800)), min_side=256).size) < 512


@pytest.mark.parametrize("preview", [None, (160, 120)])
def test_without_a_preview_worth_the_name_the_sensor_is_developed(
    preview: tuple[int, int] | None,
) -> None:
    decoded = decode_whole(dng(scene(*preview) if preview else None))
    image = np.asarray(decoded.image.convert("L"), int)
    assert decoded.image.size == (320, 240)
    assert image[20, 20] > image[20, 300] + 50


@pytest.mark.parametrize("developed", [False, True])
def test_a_raw_file_that_was_taken_upright_stands_upright(developed: bool) -> None:
    decoded = decode_whole(dng(None if developed else scene(), orientation=6))
    assert (decoded.width, decoded.height) == (480, 640)
    assert decoded.image.height > decoded.image.width
    image = np.asarray(decoded.image.convert("L"), int)
    if developed:
        assert image[20, -20] > image[20, 20] + 50
    else:
        assert corners(decoded) == ["white", "red", "white"]


def test_a_preview_that_the_camera_has_turned_is_not_turned_again() -> None:
    decoded = decode_whole(dng(scene(450, 600), orientation=6))
    assert decoded.image.size == (450, 600)
    assert corners(decoded) == ["red", "white", "white"]


@pytest.mark.parametrize("keep", [0.02, 0.5, 0.97])
def test_a_raw_file_that_is_cut_off_is_read_as_far_as_it_goes_or_refused(keep: float) -> None:
    cut = dng(scene())[: int(len(dng(scene())) * keep)]
    with suppress(DecodeError):  # with a reason; anything else fails the test
        assert decode(cut).mode == "RGB"


def test_a_plain_tiff_stays_a_tiff_also_one_from_a_camera() -> None:
    exif = Image.Exif()
    exif[Base.Make] = "Made"
    decoded = decode_whole(encoded(scene(), "TIFF", exif=exif, compression="tiff_lzw"))
    assert (decoded.format, corners(decoded)) == ("TIFF", ["red", "white", "white"])


def test_what_only_begins_like_a_raw_file_is_refused() -> None:
    assert "raw file" in refusal(b"FUJIFILMCCD-RAW " + bytes(2000))


# --- drawings ------------------------------------------------------------------------------------

RECTANGLE = '<rect width="50%" height="50%" fill="red"/>'


def test_a_drawing_is_drawn_at_the_size_that_is_wanted() -> None:
    for text in (
        f'<svg {NS} width="30" height="20">{RECTANGLE}</svg>',
        f'<?xml version="1.0"?>\n<svg {NS} viewBox="0 0 30 20">{RECTANGLE}</svg>',
        f'<!-- drawn by hand --><svg {NS} width="30px" viewBox="0 0 300 200">{RECTANGLE}</svg>',
    ):
        for data in (text.encode(), gzip.compress(text.encode()), b"\xef\xbb\xbf" + text.encode()):
            decoded = decode_whole(data, min_side=200)
            assert corners(decoded) == ["red", "white", "white"]
            assert decoded.image.size == (300, 200)
            assert (decoded.format, decoded.width, decoded.height) == ("SVG", 30, 20)


def test_the_size_of_a_drawing_may_be_given_in_any_unit_or_not_at_all() -> None:
    sizes = {
        'width="1in" height="2in"': (96, 192),
        'width="10mm" height="10mm"': (38, 38),
        'width="100%" height="100%" viewBox="0 0 70 50"': (70, 50),
        "": (300, 150),
    }
    for attributes, size in sizes.items():
        decoded = decode_whole(f"<svg {NS} {attributes}>{RECTANGLE}</svg>".encode())
        assert (decoded.width, decoded.height) == size


def test_a_very_long_drawing_is_bounded() -> None:
    data = f'<svg {NS} width="10000000" height="10">{RECTANGLE}</svg>'.encode()
    assert max(decode(data, min_side=64).size) <= 8 * 64


def test_a_drawing_fetches_nothing_from_outside(tmp_path: Path) -> None:
    secret = tmp_path / "secret.png"
    scene().save(secret)
    size = 'width="40" height="40"'
    inside = "data:image/png;base64," + b64encode(encoded(scene(), "PNG")).decode()
    outside = (str(secret), secret.as_uri(), "secret.png", "https://example.org/a.png")
    for where in (*outside, inside):
        file = tmp_path / "a.svg"
        image = f'<image preserveAspectRatio="none" xlink:href="{where}" {size}/>'
        file.write_text(f"<svg {NS} {size}>{image}</svg>")
        shown = corners(decode_whole(file))
        assert shown == ["red" if where == inside else "white", "white", "white"]


BOMBS = {
    "uses": "<defs><rect id='g0' width='5' height='5'/>"
    + "".join(f"<g id='g{i}'>" + f"<use href='#g{i - 1}'/>" * 10 + "</g>" for i in range(1, 9))
    + "</defs><use href='#g8'/>",
    "depth": "<g>" * 5000 + "</g>" * 5000,
    "filters": "<filter id='f'><feGaussianBlur stdDeviation='9'/></filter>"
    + "<rect filter='url(#f)' width='9' height='9'/>" * 2000,
    "morphology": "<filter id='f'><feMorphology radius='200'/></filter>"
    "<rect filter='url(#f)' width='9' height='9'/>",
    "style": "<style>rect { filter: url(#f) }</style><filter id='f'><feOffset/></filter>"
    + "<rect width='9' height='9'/>" * 2000,
    "noise": "<filter id='f'>" + "<feTurbulence numOctaves='9'/>" * 200 + "</filter>",
}


@pytest.mark.parametrize("kind", BOMBS)
def test_a_drawing_that_would_take_minutes_is_refused_at_once(kind: str) -> None:
    assert "drawing" in refusal(f"<svg {NS} width='300' height='300'>{BOMBS[kind]}</svg>".encode())


def test_what_people_draw_is_drawn() -> None:
    gradient = "<linearGradient id='g'><stop stop-color='red'/></linearGradient>"
    style = "<style>.a { fill: url(#g) } .b, .c { opacity: 0.9; filter: url(#none) }</style>"
    shapes = "<path class='a' d='M0 0L9 9L0 9'/>" * 1500 + "<path class='b' d='M0 0L9 9'/>" * 20
    text = f"<svg {NS} width='300' height='200'>{style}{gradient}<g>{shapes}</g></svg>"
    assert decode(text.encode(), min_side=64).size == (96, 64)


def test_broken_drawings_have_a_reason() -> None:
    assert "damaged" in refusal(f"<svg {NS}><rect".encode())
    assert "no drawing" in refusal(b"<?xml version='1.0'?><html/>")
    assert "namespace" in refusal(b"<svg><rect/></svg>")
    assert refusal(gzip.compress(f"<svg {NS}/>".encode())[:20])
    assert "deep" in refusal(f"<svg {NS}>{'<g>' * 200_000}".encode())
    entities = "".join(f'<!ENTITY e{i} "{f"&e{i - 1};" * 10}">' for i in range(1, 10))
    bomb = f'<!DOCTYPE svg [<!ENTITY e0 "aaaaaaaaaa">{entities}]><svg {NS}>&e9;</svg>'
    assert refusal(bomb.encode())


# --- Photoshop -----------------------------------------------------------------------------------


def planes(image: Image.Image) -> np.ndarray:
    return np.ascontiguousarray(np.atleast_3d(np.asarray(image)).transpose(2, 0, 1))


@pytest.mark.parametrize("large", [False, True])
@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize("depth", [8, 16])
def test_the_composite_of_a_photoshop_file(large: bool, packed: bool, depth: int) -> None:
    data = photoshop(planes(scene(301, 200)), large=large, packed=packed, depth=depth)
    decoded = decode_whole(data, min_side=200)
    assert corners(decoded) == ["red", "white", "white"]
    assert (decoded.format, decoded.width, decoded.height) == ("PSD", 301, 200)


def test_photoshop_files_in_other_colours() -> None:
    cmyk = 255 - planes(scene().convert("CMYK"))  # Photoshop writes how much light is left
    assert corners(decode_whole(photoshop(cmyk, "cmyk"))) == ["red", "white", "white"]
    grey = decode(photoshop(planes(scene().convert("L")), "grey", packed=True))
    assert grey.getpixel((5, 5)) == (76, 76, 76)
    index = np.zeros((1, 300, 300), np.uint8)
    index[:, 150:] = 1
    palette = bytes([255, 255]) + bytes(254) + bytes([0, 255]) + bytes(254) + bytes([0, 255])
    palette = palette.ljust(768, b"\0")
    image = decode(photoshop(index, "indexed", palette=palette))
    assert image.getpixel((5, 5)) == RED
    assert image.getpixel((5, 290)) == WHITE


def test_transparency_of_photoshop_lies_over_white_and_a_selection_does_not_hide() -> None:
    clear = np.concatenate([planes(scene()), np.zeros((1, 450, 600), np.uint8)])
    hidden = decode_whole(photoshop(clear, is_transparent=True))
    assert corners(hidden) == ["white", "white", "white"]
    assert corners(decode_whole(photoshop(clear))) == ["red", "white", "white"]


def test_photoshop_files_that_cannot_be_read_say_why() -> None:
    some = planes(scene())
    assert "maximised compatibility" in refusal(photoshop(some, has_composite=False))
    assert "Lab" in refusal(photoshop(some, "lab"))
    assert "32 bits" in refusal(photoshop(some, depth=32))
    assert "cut off" in refusal(photoshop(some)[:5000])
    assert "cut off" in refusal(photoshop(some, packed=True)[:2000])


# --- JPEG XL -------------------------------------------------------------------------------------


def jpeg_xl(image: Image.Image, **options: object) -> bytes:
    pixels = np.asarray(image)
    data: bytes = pylibjxl.encode(pixels[..., None] if pixels.ndim == 2 else pixels, **options)
    return data


@pytest.mark.parametrize("size", [(300, 200), (301, 199), (256, 256), (2000, 1500), (1600, 900)])
def test_jpeg_xl(size: tuple[int, int]) -> None:
    decoded = decode_whole(jpeg_xl(scene(*size)))
    assert corners(decoded) == ["red", "white", "white"]
    assert (decoded.format, decoded.width, decoded.height) == ("JXL", *size)


@pytest.mark.parametrize("mode", ["L", "RGBA"])
def test_jpeg_xl_in_other_modes(mode: str) -> None:
    image = scene().convert(mode)
    if mode == "RGBA":
        image.putalpha(0)
    pixel = decode(jpeg_xl(image)).getpixel((8, 8))
    assert pixel == (WHITE if mode == "RGBA" else (76, 76, 76))


def test_the_date_of_jpeg_xl_is_kept_and_its_orientation_not_applied_twice() -> None:
    exif = Image.Exif()
    exif[Base.Orientation] = 6
    exif.get_ifd(IFD.Exif)[Base.DateTimeOriginal] = "2019:07:04 12:30:05"
    decoded = decode_whole(jpeg_xl(scene(), exif=exif.tobytes().removeprefix(b"Exif\0\0")))
    assert decoded.taken_ns is not None
    assert decoded.image.width > decoded.image.height


def test_a_jpeg_that_was_packed_losslessly_looks_like_that_jpeg(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[Base.Orientation] = 6
    scene().save(tmp_path / "a.jpg", exif=exif.tobytes(), quality=95)
    pylibjxl.convert_jpeg_to_jxl(tmp_path / "a.jpg", tmp_path / "a.jxl")
    packed, plain = decode_whole(tmp_path / "a.jxl"), decode_whole(tmp_path / "a.jpg")
    assert packed.image.size == plain.image.size
    assert corners(packed) == corners(plain) == ["white", "red", "white"]


def test_broken_jpeg_xl_is_refused_and_a_huge_one_is_never_decoded() -> None:
    data = jpeg_xl(scene())
    assert refusal(data[: len(data) // 2])
    assert refusal(data[:6])
    bits = (3 << 1) | ((2**17 - 1) << 3) | (1 << 33) | (1 << 36)  # a large square, all defaults
    huge = b"\xff\x0a" + bits.to_bytes(12, "little")
    assert "megapixels" in refusal(huge)
