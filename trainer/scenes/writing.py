"""Scenes as files: a folder of pictures with one line of ground truth each, and contact sheets."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from engine.errors import KnownError
from trainer.scenes.generator import SceneGenerator
from trainer.scenes.registry import RELATIONS
from trainer.scenes.types import Scene

GROUND_TRUTH = "scenes.jsonl"
_TILE = 112
_LABEL = 16
_BLOCKS = 4


def write_scenes(
    folder: Path,
    generator: SceneGenerator,
    count: int,
    *,
    force: bool = False,
    on_written: Callable[[int], None] | None = None,
) -> None:
    """Draw the first scenes of a generator into a folder.

    Every line of ``scenes.jsonl`` belongs to a picture that is complete, also after an
    interruption at any point.

    Args:
        folder: Made if it is not there.
        generator: Where the scenes come from.
        count: How many, from index 0.
        force: Write into a folder that holds something: pictures of the same names and the ground
            truth are replaced, all else stays.
        on_written: Called with the number of scenes written so far.

    Raises:
        KnownError: If the folder is not empty and `force` was not given, cannot be made, or the
            disk is full.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if not force and any(folder.iterdir()):
            raise KnownError(f"{folder} is not empty: choose another folder, or add --force")
        with (folder / GROUND_TRUTH).open("w", encoding="utf-8") as lines:
            for index in range(count):
                scene = generator[index]
                write_picture(folder, index, scene)
                truth = truth_of(scene, index, generator.seed)
                lines.write(json.dumps(truth, ensure_ascii=False) + "\n")
                lines.flush()
                if on_written is not None:
                    on_written(index + 1)
    except OSError as error:
        raise KnownError(f"Cannot write scenes to {folder}: {error.strerror or error}") from error


def write_picture(folder: Path, index: int, scene: Scene) -> None:
    """Write the picture of a scene; it is there completely or not at all."""
    name = f"{index:06d}.png"
    partial = folder / f".{name}.part"
    scene.image.save(partial, "PNG", compress_level=3)
    partial.replace(folder / name)


def truth_of(scene: Scene, index: int, seed: int) -> dict[str, object]:
    """The line of ground truth of a scene.

    Args:
        scene: Whose picture `write_picture` wrote.
        index: Its number.
        seed: Of the generator.
    """
    return {
        "file": f"{index:06d}.png",
        "relation": scene.relation,
        "family": scene.family,
        "subjects": scene.subjects,
        "caption": scene.caption,
        "conventional": scene.conventional,
        "seed": seed,
        "index": index,
    }


def remove_partial(folder: Path) -> None:
    """Remove the picture that an interruption left half written, if any."""
    for path in folder.glob(".*.png.part"):
        path.unlink(missing_ok=True)


def contact_sheet(generator: SceneGenerator, columns: int = 3) -> Image.Image:
    """A few scenes of every relation of a generator, with names; held-out ones carry a star.

    Returns:
        RGB.
    """
    names = generator.relations
    rows = -(-len(names) // _BLOCKS)
    width = columns * _TILE + 12
    sheet = Image.new("RGB", (_BLOCKS * width - 12, rows * (_TILE + _LABEL)), "white")
    pen = ImageDraw.Draw(sheet)
    font = ImageFont.load_default(size=12)
    for number, name in enumerate(names):
        left = number // rows * width
        top = number % rows * (_TILE + _LABEL)
        relation = RELATIONS[name]
        star = " *" if relation.held_out else ""
        pen.text((left + 2, top), f"{name}{star}", "black", font)
        for column in range(columns):
            scene = generator[number + column * len(names)]
            tile = scene.image.resize((_TILE, _TILE), Image.Resampling.BOX)
            sheet.paste(tile, (left + column * _TILE, top + _LABEL))
    return sheet


def save_sheet(sheet: Image.Image, file: Path) -> None:
    """Write a contact sheet in the format of its ending.

    Raises:
        KnownError: If the file cannot be written or its ending is unknown.
    """
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        sheet.save(file, quality=72)
    except (OSError, ValueError) as error:
        raise KnownError(f"Cannot write the sheet {file}: {error}") from error
