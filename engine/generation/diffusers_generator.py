"""Pictures by a diffusers model on this machine.

A model makes pictures from words, changes a picture, or both: its pipeline's call says which, and
the pipeline of the other task, if diffusers has one for this model, shares its weights. Only
safetensors are read, no code that comes with a model is run, and nothing is downloaded.
"""

from __future__ import annotations

import inspect
import logging
import math
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Self

from PIL import Image as Pillow
from PIL.Image import Image

from engine.errors import ModelError, QueryError
from engine.generation.generators import Generated, GenerationRequest, GeneratorChoice
from engine.generation.pipelines import Plan, find_pipeline, plan, weights_of
from engine.jobs import JobControl

_log = logging.getLogger(__name__)

_MULTIPLE = 16
"""Widths and heights are made multiples of this: what autoencoders and patches of models need."""

_LONGEST = 1024
"""Pixels of the longer side of a reference, where the model does not say what it was trained on."""


class DiffusersGenerator:
    """A diffusers model in memory. One thread at a time.

    Args:
        name: See `GeneratorChoice.id`.
        from_words: The pipeline that needs no picture, if there is one.
        from_picture: The pipeline that changes a picture, if there is one.
        plan: Where it runs.
    """

    def __init__(self, name: str, from_words: Any, from_picture: Any, plan: Plan) -> None:
        self.id = name
        self._from_words = from_words
        self._from_picture = from_picture
        self._plan = plan

    @classmethod
    def load(cls, choice: GeneratorChoice) -> Self:
        """Read a model's weights onto the best device that takes them.

        Raises:
            ModelError: If it is damaged, of a kind that makes no pictures, or too large.
        """
        from engine.models.device import devices

        found = find_pipeline(choice.model)
        weights = weights_of(found)
        kind = _pipeline_class(found.class_name)
        where = plan(weights, devices())
        _log.info("%s", where.placement.reason)
        with _told(choice.id, "be loaded"):
            pipeline = kind.from_pretrained(
                found.folder,
                dtype=_dtype(where),
                variant=weights.variant,
                use_safetensors=True,
                local_files_only=True,
            )
            if where.in_turns:
                pipeline.enable_model_cpu_offload(device=where.placement.device.name)
            else:
                pipeline.to(where.placement.device.name)
        return cls(choice.id, *_tasks(pipeline), where)

    @property
    def edits(self) -> bool:
        """Whether it can change a picture."""
        return self._from_picture is not None

    def generate(self, request: GenerationRequest, control: JobControl) -> Iterator[Generated]:
        """See `Generator`. Picture number i depends on the seed plus i alone."""
        request.check()
        reference = request.reference if self.edits else None
        pipeline = self._from_words if reference is None else self._from_picture
        if pipeline is None:
            raise QueryError(f"{self.id} changes a picture: let it have the reference")
        fixed = _arguments(pipeline, request, reference)
        held_back = 0
        for number in range(request.count):
            seed = request.seed + number
            with _told(self.id, "make this picture"):
                image = self._one(pipeline, fixed, seed, _Steps(control, number, request.count))
            if image is None:
                held_back += 1
            else:
                yield Generated(image, seed, self.id)
        if held_back:
            raise QueryError(_held_back(self.id, held_back, request.count))

    def close(self) -> None:
        """Let go of the model, on the device too."""
        from engine.models.device import release

        self._from_words = self._from_picture = None
        release(self._plan.placement.device.name)

    def _one(self, pipeline: Any, fixed: dict[str, Any], seed: int, steps: _Steps) -> Image | None:
        """A picture; None if the model's own safety filter holds it back."""
        import torch

        # On the processor, so that a seed means the same on every device.
        chance = torch.Generator("cpu").manual_seed(seed)
        steps.begin(fixed.get("num_inference_steps") or _default(pipeline, "num_inference_steps"))
        with torch.inference_mode(), steps.within(pipeline):
            output = pipeline(**fixed, **steps.callback(pipeline), generator=chance)
        steps.end()
        flagged = getattr(output, "nsfw_content_detected", None)
        if flagged and flagged[0]:
            return None
        image: Image = output.images[0]
        return image.convert("RGB")


class _Steps:
    """Progress over all steps of all pictures, and checkpoints after and within each step."""

    def __init__(self, control: JobControl, picture: int, pictures: int) -> None:
        self._control, self._picture, self._pictures = control, picture, pictures
        self._steps = 1

    def begin(self, steps: int | None) -> None:
        self._steps = steps or 1
        self._say(0)

    def end(self) -> None:
        self._say(self._steps)

    def callback(self, pipeline: Any) -> dict[str, Any]:
        """The arguments by which a pipeline tells of its steps; older ones have another name."""
        names = inspect.signature(pipeline.__call__).parameters

        def after_step(current: Any, step: int, _time: Any, kept: dict[str, Any]) -> dict[str, Any]:
            self._steps = getattr(current, "num_timesteps", None) or self._steps
            self._say(min(step + 1, self._steps))
            return kept

        if "callback_on_step_end" in names:
            return {"callback_on_step_end": after_step}
        if "callback" in names:
            return {"callback": lambda step, _time, _latents: self._say(min(step + 1, self._steps))}
        return {}

    @contextmanager
    def within(self, pipeline: Any) -> Iterator[None]:
        """A checkpoint before each layer: of a large model, one step takes minutes on a processor.

        That covers what is no step, too: reading the words, and painting what the last step left.
        """
        from torch import nn

        parts = [part for part in pipeline.components.values() if isinstance(part, nn.Module)]
        hooks = [
            module.register_forward_pre_hook(lambda *_: self._control.checkpoint())
            for part in parts
            for module in part.modules()
        ]
        try:
            yield
        finally:
            for hook in hooks:
                hook.remove()

    def _say(self, done: int) -> None:
        self._control.checkpoint()
        before = self._picture * self._steps
        self._control.report("Making pictures", before + done, self._pictures * self._steps)


def _held_back(name: str, held_back: int, count: int) -> str:
    """What a person reads where a model's own safety filter lets pictures not pass."""
    if held_back == count:
        return f"The safety filter of {name} held back every picture: fill the slots in another way"
    return (
        f"The safety filter of {name} held back {held_back} of {count} pictures: try another seed"
    )


def _pipeline_class(name: str) -> Any:
    from transformers.utils import logging as parts

    parts.disable_progress_bar()  # type: ignore[no-untyped-call]
    parts.set_verbosity_error()  # type: ignore[no-untyped-call]  # before diffusers looks around
    import diffusers
    from diffusers.utils import logging as messages

    messages.disable_progress_bar()
    messages.set_verbosity_error()
    kind = getattr(diffusers, name, None)
    if kind is None:
        raise ModelError(
            f"diffusers {diffusers.__version__} knows no {name}: update it, or choose another model"
        )
    names = inspect.signature(kind.__call__).parameters
    if "prompt" not in names or "mask_image" in names:
        raise ModelError(f"A {name} makes no pictures from words: choose another model")
    return kind


def _tasks(pipeline: Any) -> tuple[Any, Any]:
    """The pipelines without and with a picture, of which one may be missing."""
    from diffusers import AutoPipelineForImage2Image, AutoPipelineForText2Image

    takes_picture = "image" in inspect.signature(pipeline.__call__).parameters
    other = AutoPipelineForText2Image if takes_picture else AutoPipelineForImage2Image
    try:
        sibling = other.from_pipe(pipeline)
    except ValueError:  # diffusers has none for this model
        sibling = None
    for one in (pipeline, sibling):
        if one is not None:
            one.set_progress_bar_config(disable=True)
    return (sibling, pipeline) if takes_picture else (pipeline, sibling)


def _arguments(
    pipeline: Any, request: GenerationRequest, reference: Image | None
) -> dict[str, Any]:
    """What a pipeline is called with; what it does not know is left out."""
    given: dict[str, Any] = {
        "prompt": request.prompt,
        "num_inference_steps": request.steps,
        "guidance_scale": request.guidance,
        "negative_prompt": request.negative or None,
    }
    if reference is not None:
        given["image"] = _sized(reference, request.size, _trained_on(pipeline))
        given["strength"] = request.strength
        given["num_inference_steps"] = _enough_steps(pipeline, request)
    if request.size is not None:
        width, height = (_multiple(side) for side in request.size)
        given |= {"width": width, "height": height}
        given["max_area"] = width * height  # to which some pipelines scale any size
    names = inspect.signature(pipeline.__call__).parameters
    return {name: value for name, value in given.items() if name in names and value is not None}


def _enough_steps(pipeline: Any, request: GenerationRequest) -> int | None:
    """Steps of which a weak change leaves at least one: it skips all but a share of them."""
    default = _default(pipeline, "strength")
    strength = default and (request.strength or default)
    steps = request.steps or _default(pipeline, "num_inference_steps")
    if not strength or not steps:
        return request.steps
    needed = math.ceil(1 / strength)
    return max(needed, steps) if request.steps or needed > steps else None


def _default(pipeline: Any, name: str) -> Any:
    found = inspect.signature(pipeline.__call__).parameters.get(name)
    return None if found is None or found.default is inspect.Parameter.empty else found.default


def _trained_on(pipeline: Any) -> int:
    """Pixels of the longer side of the pictures that a model knows."""
    core = getattr(pipeline, "unet", None) or getattr(pipeline, "transformer", None)
    size = getattr(getattr(core, "config", None), "sample_size", None)
    if not isinstance(size, int):
        return _LONGEST
    return size * int(getattr(pipeline, "vae_scale_factor", 8))


def _sized(image: Image, size: tuple[int, int] | None, longest: int) -> Image:
    """A reference in the size of the result; one of no given size keeps its shape."""
    if size is None:
        scale = longest / max(image.size)
        size = (round(image.width * scale), round(image.height * scale))
    size = (_multiple(size[0]), _multiple(size[1]))
    return image.convert("RGB").resize(size, Pillow.Resampling.LANCZOS)


def _multiple(side: int) -> int:
    return max(_MULTIPLE, side // _MULTIPLE * _MULTIPLE)


def _dtype(where: Plan) -> Any:
    from engine.models.device import torch_dtype

    return torch_dtype(where.placement.precision)


@contextmanager
def _told(name: str, what: str) -> Iterator[None]:
    """Say in a sentence what diffusers raises."""
    from safetensors import SafetensorError

    from engine.models.device import is_out_of_memory

    try:
        yield
    except (OSError, ValueError, TypeError, KeyError, AttributeError, ImportError, RuntimeError,
            MemoryError, SafetensorError) as error:  # fmt: skip
        if is_out_of_memory(error):
            raise ModelError(
                f"There is too little memory for {name}: ask for smaller pictures, close other"
                " programs, or choose a smaller model"
            ) from error
        reason = " ".join(str(error).split())[:200]
        raise ModelError(f"{name} cannot {what}: {reason}") from error
