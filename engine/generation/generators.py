"""What makes pictures from words: one interface, two kinds of generator.

``diffusers`` runs a model on this machine, from a folder or from what was downloaded before;
``endpoint`` asks a server that speaks OpenAI's images interface. Nothing is ever downloaded here.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, Protocol, Self
from urllib.parse import urlsplit

from PIL.Image import Image

from engine.errors import ModelError, QueryError
from engine.jobs import JobControl

if TYPE_CHECKING:
    from engine.endpoints.keys import KeyRing

FORMAT = 1
MOST = 64
"""Pictures that one request may ask for."""

NO_GENERATOR = "Copy the prompt and paste it into any program that makes pictures"


@dataclass(frozen=True, slots=True)
class GenerationRequest:
    """What is to be made.

    Attributes:
        prompt: In plain words.
        count: Pictures, 1 to `MOST`.
        seed: Of the first picture, 0 or more, 18 digits at most; the next has the next number.
        size: Width and height in pixels; None for what the generator likes.
        steps: Denoising steps, 1 or more; None for the model's own.
        guidance: How closely to follow the prompt, 0 or more; None for the model's own.
        strength: Of a change to the reference, above 0 to 1; None for the model's own. Only some
            generators have it.
        reference: A picture to change; generators that cannot (`Generator.edits`) leave it out.
        negative: What is not to be seen; generators without it leave it out.
    """

    prompt: str
    count: int = 4
    seed: int = 0
    size: tuple[int, int] | None = None
    steps: int | None = None
    guidance: float | None = None
    strength: float | None = None
    reference: Image | None = None
    negative: str = ""

    def check(self) -> None:
        """Raise `QueryError` if this cannot be made."""
        if not self.prompt.strip():
            raise QueryError("Write what the picture is to show")
        if not 1 <= self.count <= MOST:
            raise QueryError(f"Ask for 1 to {MOST} pictures")
        if not 0 <= self.seed < 10**18:
            raise QueryError("A seed is 0 or more, and has 18 digits at most")
        if self.size is not None and not all(64 <= side <= 4096 for side in self.size):
            raise QueryError("A picture is 64 to 4096 pixels wide and high")
        if self.steps is not None and self.steps < 1:
            raise QueryError("A picture takes one step or more")
        if self.guidance is not None and not 0 <= self.guidance < math.inf:
            raise QueryError("How closely to follow the prompt is a number, 0 or more")
        if self.strength is not None and not 0 < self.strength <= 1:
            raise QueryError("The strength of a change is above 0, and 1 at most")


@dataclass(frozen=True, slots=True)
class Generated:
    """A picture that was made.

    Attributes:
        image: Upright RGB.
        seed: What makes the same picture again; None where the generator takes no seed.
        generator: `Generator.id`.
    """

    image: Image
    seed: int | None
    generator: str


class Generator(Protocol):
    """Words (and perhaps a picture) -> pictures."""

    @property
    def id(self) -> str:
        """For example ``diffusers/sdxl-turbo`` or ``endpoint/gpt-image-1``."""
        ...

    @property
    def edits(self) -> bool:
        """Whether it can take the reference."""
        ...

    def generate(self, request: GenerationRequest, control: JobControl) -> Iterator[Generated]:
        """Make pictures, one after another, each handed out as soon as it is there.

        Raises:
            QueryError: If the request cannot be made; or, behind the pictures that there are, if
                the model's own safety filter held others back.
            KnownError: If the model or the endpoint fails; the text says what to do.
            Cancelled: If `control` was told to; within a step, too.
        """
        ...

    def close(self) -> None:
        """Let go of memory and connections."""
        ...


@dataclass(frozen=True, slots=True)
class GeneratorChoice:
    """Which generator a person chose, as it is remembered.

    Attributes:
        kind: See the module.
        model: A folder, or the hub id of a model that was downloaded before; the endpoint's name of
            a model.
        url: Of the endpoint, for example ``https://api.openai.com/v1``.
        key: NAME of a key in the keyring; never the key.
    """

    kind: Literal["diffusers", "endpoint"]
    model: str
    url: str = ""
    key: str | None = None

    @property
    def id(self) -> str:
        """What `Generated.generator` says."""
        name = self.model.rstrip("/\\")
        return f"{self.kind}/{Path(name).name if Path(name).is_dir() else name}"

    def document(self) -> dict[str, Any]:
        """As JSON."""
        return {"format": FORMAT, **asdict(self)}

    @classmethod
    def from_document(cls, document: Mapping[str, Any] | str) -> Self:
        """What `document` gave, or its JSON text.

        Raises:
            QueryError: If it is damaged or of a newer format.
        """
        try:
            content = json.loads(document) if isinstance(document, str) else document
            if content["format"] > FORMAT:
                raise QueryError(
                    "The choice of a generator is of a newer format: update the program"
                )
            kind, model = content["kind"], content["model"]
            url, key = content.get("url", ""), content.get("key")
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise QueryError("The choice of a generator is damaged: choose it again") from error
        is_sound = kind in ("diffusers", "endpoint") and isinstance(model, str)
        if not (is_sound and isinstance(url, str) and isinstance(key, str | None)):
            raise QueryError("The choice of a generator is damaged: choose it again")
        return cls(kind, model, url, key)


def problem(choice: GeneratorChoice) -> str | None:
    """Why a generator cannot run now, in a sentence that says what to do; None if it may. Cheap.

    No model is read, no server asked, and whether a key is in the keyring is not looked up.
    """
    if choice.kind == "endpoint":
        return _endpoint_problem(choice)
    return _diffusers_problem(choice.model)


def load_generator(choice: GeneratorChoice, keys: KeyRing | None = None) -> Generator:
    """Load a generator; takes seconds to minutes.

    Args:
        choice: Which.
        keys: Where the endpoint's key is; the system's keyring unless another is given.

    Raises:
        ModelError: If it cannot run; the text is that of `problem`, or says what is wrong with it.
    """
    wrong = problem(choice)
    if wrong is not None:
        raise ModelError(wrong)
    if choice.kind == "endpoint":
        from engine.generation.endpoint_generator import EndpointGenerator

        return EndpointGenerator(choice, keys)
    from engine.generation.diffusers_generator import DiffusersGenerator

    return DiffusersGenerator.load(choice)


def _endpoint_problem(choice: GeneratorChoice) -> str | None:
    parts = urlsplit(choice.url)
    if parts.scheme not in ("http", "https") or not parts.netloc:
        return "Give the address of the endpoint, for example https://api.openai.com/v1"
    if not choice.model.strip():
        return "Give the name of the endpoint's model, for example gpt-image-1"
    return None


def _diffusers_problem(model: str) -> str | None:
    from engine.generation.pipelines import find_pipeline

    if not model.strip():
        return "Choose the folder of a diffusers model, or give its hub id"
    if find_spec("diffusers") is None:
        return (
            "Pictures are made by diffusers, which is not installed: run pip install"
            f' "relsim-desktop[generate]". {NO_GENERATOR}'
        )
    try:
        find_pipeline(model)
    except ModelError as error:
        return str(error)
    return None
