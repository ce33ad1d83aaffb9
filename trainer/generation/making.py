"""New pictures for given ones: describe, fill the slots anew, generate, write down."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from engine.endpoints.errors import EndpointError
from engine.errors import DecodeError, QueryError
from engine.generation.filling import Filled, fill, surprise_values
from engine.generation.generators import (
    Generated,
    GenerationRequest,
    Generator,
    GeneratorChoice,
)
from engine.generation.keeping import png, written
from engine.imaging import decode, load
from engine.jobs import JobControl
from engine.service import Engine
from engine.understanding.slots import singular, slots_of
from engine.writing import write_file
from trainer.generation.triplets import NAME, Triplet, TripletLog
from trainer.progress import Reporter
from trainer.runs import Run

INSTRUCTION = "Keep this idea, create a new one: {prompt}"
PICTURES = "pictures"
_REFERENCE_SIDE = 1024


@dataclass(frozen=True, slots=True)
class GenerationConfig:
    """What a folder of triplets is made with.

    Attributes:
        generator: Who makes the pictures.
        count: Pictures for each input.
        seed: Of the first picture of each input; the next has the next number.
        fill: What to put into slots, by name; the others are filled by chance.
        caption: Of every input; None for what the program says of each.
        instruction: What is asked; ``{prompt}`` in it stands for the filled caption.
        edit: Give the generator the input to change, with the instruction, rather than the filled
            caption alone.
        model: That describes the inputs.
        size: See `GenerationRequest`.
        steps: See `GenerationRequest`.
        guidance: See `GenerationRequest`.
        strength: See `GenerationRequest`.
    """

    generator: GeneratorChoice
    count: int = 4
    seed: int = 0
    fill: Mapping[str, str] = field(default_factory=dict)
    caption: str | None = None
    instruction: str = INSTRUCTION
    edit: bool = False
    model: str | None = None
    size: tuple[int, int] | None = None
    steps: int | None = None
    guidance: float | None = None
    strength: float | None = None

    def request(self, prompt: str, number: int) -> GenerationRequest:
        """For one picture."""
        return GenerationRequest(
            prompt,
            count=1,
            seed=self.seed + number,
            size=self.size,
            steps=self.steps,
            guidance=self.guidance,
            strength=self.strength,
        )


def make_triplets(
    engine: Engine,
    generator: Generator,
    inputs: Sequence[Path],
    config: GenerationConfig,
    folder: Path,
    *,
    reporter: Reporter,
) -> dict[str, Any]:
    """Make what is not there yet; a run that was killed goes on.

    Args:
        engine: Describes the inputs.
        generator: Makes the pictures.
        inputs: Pictures.
        config: The folder belongs to it.
        folder: Gets ``triplets.jsonl`` and ``pictures/``.
        reporter: Progress in pictures.

    Returns:
        Counts: ``wanted == made + reused + len(failed)``, and why each failed.

    Raises:
        KnownError: If the folder belongs to another configuration, the generator cannot do what is
            asked, or a file cannot be written.
    """
    if config.edit and not generator.edits:
        raise QueryError(f"{generator.id} cannot change a picture: leave --edit out")
    replace(config.request(".", 0), count=config.count).check()
    if config.caption is not None:
        _require_slots(config.caption, config.fill)
    run = Run.claim(folder.expanduser().absolute(), config)
    (run.folder / PICTURES).mkdir(exist_ok=True)
    total = len(inputs) * config.count
    with closing(TripletLog(run.folder / NAME)) as log:
        maker = _Maker(engine, generator, config, log, run.folder)
        for done, path in enumerate(inputs):
            reporter.step("Making pictures", done * config.count, total)
            maker.make(path.expanduser().absolute())
    reporter.step("Making pictures", total, total)
    unused = [name for name in config.fill if singular(name) not in maker.kinds]
    if unused and maker.kinds:
        reporter.note(f"No caption has a slot {', '.join(unused)}")
    return {
        "wanted": total,
        "made": maker.made,
        "reused": maker.reused,
        "failed": maker.failed,
        "triplets": str(run.folder / NAME),
        "generator": generator.id,
    }


def _require_slots(caption: str, fill: Mapping[str, str]) -> None:
    """Refuse what would be put nowhere, before a picture is paid for that is not what was meant."""
    kinds = {singular(slot.name) for slot in slots_of(caption)}
    unused = [name for name in fill if singular(name) not in kinds]
    if unused:
        raise QueryError(f"The caption has no slot {', '.join(unused)}: {caption}")


class _Maker:
    def __init__(
        self,
        engine: Engine,
        generator: Generator,
        config: GenerationConfig,
        log: TripletLog,
        folder: Path,
    ) -> None:
        self.made = self.reused = 0
        self.failed: list[dict[str, Any]] = []
        self.kinds: set[str] = set()
        self._engine, self._generator, self._config = engine, generator, config
        self._log, self._folder = log, folder
        self._there = {
            (triplet.facts.get("input_id"), triplet.facts.get("number"))
            for triplet in self._log.triplets
            if triplet.output.is_file()
        }

    def make(self, path: Path) -> None:
        """All pictures for one input."""
        missing = list(range(self._config.count))
        try:
            input_id, _ = load(path)
            missing = [number for number in missing if (input_id, number) not in self._there]
            self.reused += self._config.count - len(missing)
            if not missing:
                return
            caption = self._caption(path)
        except (DecodeError, QueryError) as error:
            self._fail(path, missing, str(error))
            return
        ways = self._ways(caption)
        self.kinds |= {singular(slot.name) for slot in slots_of(caption)}
        for number in missing:
            self._make_one(path, input_id, number, ways[number])

    def _caption(self, path: Path) -> str:
        if self._config.caption is not None:
            return self._config.caption
        said = self._engine.describe(path)
        if said.text is None:
            raise QueryError("it shows no clear relation: say one with --caption")
        return said.text

    def _ways(self, caption: str) -> list[Filled]:
        """The caption filled for each picture: what was told, the rest by chance, each time new."""
        told = {singular(name): value for name, value in self._config.fill.items()}
        slots = slots_of(caption)
        fixed = {
            at: told[singular(slot.name)]
            for at, slot in enumerate(slots)
            if singular(slot.name) in told
        }
        ways: list[Filled] = []
        used: list[str] = list(told.values())
        for number in range(self._config.count):
            chance = surprise_values(caption, avoid=used, seed=self._config.seed + number)
            used += chance.values()
            ways.append(fill(caption, {**chance, **fixed}))
        return ways

    def _make_one(self, path: Path, input_id: str, number: int, way: Filled) -> None:
        instruction = self._config.instruction.replace("{prompt}", way.prompt)
        output = self._folder / PICTURES / f"{path.stem[:60]}-{input_id[:8]}-{number}.png"
        made = written(output, way.prompt)  # by a run that was killed before it wrote the line
        if made is None:
            try:
                made = self._generated(path, instruction, number, way)
            except (QueryError, DecodeError) as error:
                self._fail(path, [number], str(error))
                return
            except EndpointError as error:
                if not error.is_about_content:
                    raise
                self._fail(path, [number], str(error))
                return
            write_file(output, png(made, way.prompt))
            self.made += 1
        else:
            self.reused += 1
        facts = {
            "seed": made.seed,
            "caption": way.caption,
            "values": [list(pair) for pair in way.values],
            "prompt": way.prompt,
            "edit": self._config.edit,
            "input_id": input_id,
            "number": number,
        }
        triplet = Triplet(path, instruction, output, made.generator, facts)
        if triplet not in self._log.triplets:  # as it is where only the picture was gone
            self._log.add(triplet)
        self._there.add((input_id, number))

    def _generated(self, path: Path, instruction: str, number: int, way: Filled) -> Generated:
        request = self._config.request(instruction if self._config.edit else way.prompt, number)
        if self._config.edit:
            reference = decode(path, min_side=_REFERENCE_SIDE)
            request = replace(request, reference=reference)
        [made] = self._generator.generate(request, JobControl())
        return made

    def _fail(self, path: Path, numbers: Sequence[int], reason: str) -> None:
        for number in numbers:
            self.failed.append({"path": str(path), "number": number, "reason": reason})
