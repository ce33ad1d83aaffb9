"""Pictures by a server that speaks OpenAI's images interface."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import TYPE_CHECKING

from PIL import Image as Pillow
from PIL.Image import Image

from engine.endpoints.client import Endpoint, EndpointClient
from engine.endpoints.errors import EndpointError
from engine.errors import DecodeError
from engine.generation.generators import Generated, GenerationRequest, GeneratorChoice
from engine.imaging import decode
from engine.jobs import JobControl

if TYPE_CHECKING:
    from engine.endpoints.keys import KeyRing

_LARGEST = 4096
"""Pixels of the shorter side that an answer keeps."""

_REFERENCE = 1536
"""Pixels of the longer side of a reference that is sent."""


class EndpointGenerator:
    """Asks an endpoint. It takes a prompt, a size and a reference; seeds and steps it does not.

    Args:
        choice: Its address, model and key's name.
        keys: Where the key is; the system's keyring unless another is given.
    """

    def __init__(self, choice: GeneratorChoice, keys: KeyRing | None = None) -> None:
        self.id = choice.id
        self._client = EndpointClient(Endpoint(choice.url, choice.model, choice.key), keys=keys)

    @property
    def edits(self) -> bool:
        """Endpoints may refuse it, and then say so."""
        return True

    def generate(self, request: GenerationRequest, control: JobControl) -> Iterator[Generated]:
        """See `Generator`. One question a picture, so that each is there as soon as it can be."""
        request.check()
        size = None if request.size is None else f"{request.size[0]}x{request.size[1]}"
        reference = None if request.reference is None else _png(request.reference)
        for number in range(request.count):
            control.report("Making pictures", number, request.count)
            control.checkpoint()
            if reference is None:
                answers = self._client.generate_images(
                    request.prompt, count=1, size=size, control=control
                )
            else:
                answers = self._client.edit_images(
                    request.prompt, reference, count=1, size=size, control=control
                )
            yield Generated(_picture(answers[0], self.id), None, self.id)
        control.report("Making pictures", request.count, request.count)

    def close(self) -> None:
        """Let go of connections."""
        self._client.close()


def _picture(answer: bytes, name: str) -> Image:
    try:
        return decode(answer, min_side=_LARGEST)
    except DecodeError as error:
        raise EndpointError(
            f"{name} sent something that is no picture ({error}): try again, or another model"
        ) from error


def _png(reference: Image) -> bytes:
    small = reference.convert("RGB")
    small.thumbnail((_REFERENCE, _REFERENCE), Pillow.Resampling.LANCZOS)
    content = io.BytesIO()
    small.save(content, format="PNG")
    return content.getvalue()
