"""Drawings that would take the memory or the process are refused; harmless ones are not."""

from __future__ import annotations

import base64
import io

import pytest
from PIL import Image

from engine.errors import DecodeError
from engine.imaging import decode

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100" width="100" height="100">'


def drawing(inside: str) -> bytes:
    return f"{HEAD}{inside}</svg>".encode()


def test_a_defect_of_the_renderer_is_a_drawing_that_cannot_be_drawn() -> None:
    data = (
        b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100" width="1e6" height="100">'
        b'<polygon points="100 0 -1e38 5 5 100 -1 NaN 5"/></svg>'
    )
    with pytest.raises(DecodeError):
        decode(data, min_side=64)


def test_a_huge_picture_inside_is_never_decoded() -> None:
    out = io.BytesIO()
    Image.new("1", (20_000, 20_000)).save(out, "PNG")
    address = base64.b64encode(out.getvalue()).decode()
    data = drawing(f'<image href="data:image/png;base64,{address}" width="9" height="9"/>')
    with pytest.raises(DecodeError, match="too large"):
        decode(data)


def test_entities_do_not_make_a_small_file_long() -> None:
    entity = "<!ENTITY a '" + "<rect/>" * 9000 + "'>"
    data = f"<!DOCTYPE svg [{entity}]>{HEAD}{'&a;' * 60}</svg>".encode()
    with pytest.raises(DecodeError, match=r"too many parts|more than"):
        decode(data)


def test_what_drawing_programs_write_on_every_shape_costs_nothing() -> None:
    style = "fill:#c00;fill-opacity:1;stroke-opacity:1;opacity:1"
    shapes = "".join(f'<path style="{style}" d="M{i} 0l9 9"/>' for i in range(6000))
    assert decode(drawing(shapes), min_side=64).size == (64, 64)


def test_markers_are_drawn_once_a_corner() -> None:
    marker = '<marker id="m"><path d="M0 0l9 9"/></marker>'
    path = "M0 0" + "l1 1" * 4000
    shapes = f'<path marker-mid="url(#m)" d="{path}"/>' * 100
    with pytest.raises(DecodeError, match="minutes"):
        decode(drawing(marker + shapes))
