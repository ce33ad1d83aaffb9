"""A Qwen2.5-VL in memory, with the LoRA checkpoints that take turns on its weights."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from engine.errors import ModelError
from engine.models.checkpoint import QUERY_TOKEN, Lora
from engine.models.device import Placement, release, torch_dtype
from engine.models.preparation import PixelRules
from engine.models.quantised import quantise_all
from engine.models.tower import attempt
from engine.models.vision import VisionTower, align_widths

if TYPE_CHECKING:
    from torch import Tensor
    from transformers import PreTrainedTokenizerBase

_log = logging.getLogger(__name__)


class QwenBase:
    """The base model of any size. Belongs to one thread.

    A checkpoint is merged into the weights before it is used: then it costs nothing. To exchange it
    for another, the weights are made anew from copies of the base's, so that nothing adds up.

    Args:
        model: transformers' ``Qwen2_5_VLForConditionalGeneration``, or ``Qwen2_5_VLModel`` where no
            text is to be written; in eval mode.
        folder: Where it came from.
        rules: Of its pictures.
        placement: Where it is.
    """

    def __init__(self, model: Any, folder: Path, rules: PixelRules, placement: Placement) -> None:
        self.model = model
        self.folder = folder
        self.rules = rules
        self.placement = placement
        self.device = placement.device.name
        self.core: Any = model.model if hasattr(model, "lm_head") else model
        """transformers' ``Qwen2_5_VLModel``."""
        self.vision = VisionTower(self.core.visual, rules)
        self._originals: dict[str, Tensor] = {}
        self._merged: Lora | None = None

    @classmethod
    def load(cls, folder: Path, placement: Placement, *, writes: bool) -> Self:
        """Load the weights onto the device.

        Args:
            folder: A Qwen2.5-VL of any size in transformers' layout.
            placement: Where to, and in which numbers.
            writes: Whether text is to be written; without, the LM head is not loaded.

        Raises:
            ModelError: If it is no Qwen2.5-VL, damaged, incomplete, or too large for the device.
        """
        import transformers
        from transformers import AutoConfig
        from transformers.utils import logging as messages

        messages.disable_progress_bar()  # type: ignore[no-untyped-call]
        messages.set_verbosity_error()  # type: ignore[no-untyped-call]
        rules = PixelRules.load(folder)
        config = attempt(
            folder,
            lambda: AutoConfig.from_pretrained(
                folder, local_files_only=True, trust_remote_code=False
            ),
        )
        if config.model_type != "qwen2_5_vl":
            raise ModelError(f"{folder} holds a {config.model_type}, not a Qwen2.5-VL")
        if "sliding_attention" in config.get_text_config().layer_types:
            raise ModelError(f"{folder} uses sliding attention, which this version cannot run")
        kind = "Qwen2_5_VLForConditionalGeneration" if writes else "Qwen2_5_VLModel"
        options: dict[str, Any] = {
            "dtype": torch_dtype(placement.precision),
            "attn_implementation": "sdpa",
            "local_files_only": True,
            "output_loading_info": True,
            "ignore_mismatched_sizes": True,  # they are in the report, with their names
        }
        device, quantisation = placement.device.name, placement.quantisation
        if device != "cpu" and quantisation is None:
            options["device_map"] = {"": placement.device.name}
        model, report = attempt(
            folder, lambda: getattr(transformers, kind).from_pretrained(folder, **options)
        )
        missing = sorted(report["missing_keys"]) + sorted(map(str, report["mismatched_keys"]))
        if missing:
            raise ModelError(
                f"{folder} is incomplete: {len(missing)} tensors are missing, for example"
                f" {missing[0]}. Download the model again"
            )
        model.requires_grad_(False).eval()
        core = model.model if writes else model
        if device == "cuda":
            align_widths(core.visual)
        if quantisation is not None:
            quantise_all(core, quantisation, device)
            model.to(device)
        return cls(model, folder, rules, placement)

    @property
    def language_model(self) -> Any:
        """The ``Qwen2_5_VLTextModel`` of transformers."""
        return self.core.language_model

    @property
    def embeddings(self) -> Tensor:
        """The table of input embeddings, ``[vocabulary, width]``."""
        table: Tensor = self.core.language_model.embed_tokens.weight
        return table

    def merge(self, lora: Lora, *, keeps: bool) -> bool:
        """Make a checkpoint part of the weights, instead of the one that is.

        Args:
            lora: Made for this base, by `checkpoint.read_lora`.
            keeps: Keep copies of the base's weights, in main memory, to exchange it later.

        Returns:
            Whether weights changed.
        """
        import torch

        if self._merged is lora:
            return False
        assert self._merged is None or self._originals, "without copies there is one checkpoint"
        device = next(self.model.parameters()).device
        with torch.no_grad():
            if self._merged is not None:
                for name in self._merged.factors:
                    weight = self.core.get_submodule(name).weight
                    weight.copy_(self._originals[name])
            for name, (b, a) in lora.factors.items():
                weight = self.core.get_submodule(name).weight
                if keeps and name not in self._originals:
                    self._originals[name] = weight.detach().cpu().clone()
                try:
                    weight.copy_(_changed(weight, lora.scale, b.to(device), a.to(device)))
                except torch.OutOfMemoryError:  # it is little, and must not stop half way
                    weight.copy_(_changed(weight.cpu(), lora.scale, b, a))
        self._merged = lora
        return True

    def move_to_processor(self) -> None:
        """Leave the graphics device, whose memory is used up, for main memory."""
        _log.warning("%s has no memory left: going on with the processor", self.device)
        self.model.to("cpu")
        release(self.device)
        self.device = "cpu"

    def close(self) -> None:
        """Let go of the weights."""
        self.model = self.core = None
        self._originals.clear()
        self._merged = None
        del self.vision
        release(self.device)


def _changed(weight: Tensor, scale: float, b: Tensor, a: Tensor) -> Tensor:
    """A weight with a low-rank change, in float32."""
    return weight.float() + scale * (b @ a)


def load_tokenizer(folder: Path) -> PreTrainedTokenizerBase:
    """The tokenizer of a checkpoint; no code of the checkpoint runs.

    Raises:
        ModelError: If it is missing or damaged.
    """
    from transformers import AutoTokenizer

    tokenizer: PreTrainedTokenizerBase = attempt(
        folder,
        lambda: AutoTokenizer.from_pretrained(
            folder, local_files_only=True, trust_remote_code=False
        ),
    )
    return tokenizer


def prompt_tokens(
    tokenizer: PreTrainedTokenizerBase, base: QwenBase, text: str, *, answers: bool
) -> tuple[list[int], list[int]]:
    """The tokens of a turn that shows a picture and then says something.

    Args:
        tokenizer: Of the checkpoint, with its chat template.
        base: The model that reads it.
        text: What is said behind the picture.
        answers: Whether the beginning of an answer follows.

    Returns:
        Those before the picture, and those after it.

    Raises:
        ModelError: If there is no chat template, or it has no place for a picture.
    """
    from jinja2 import TemplateError

    content: Any = [{"type": "image"}, {"type": "text", "text": text}]
    turn: Any = [{"role": "user", "content": content}]
    try:
        said = tokenizer.apply_chat_template(turn, tokenize=False, add_generation_prompt=answers)
    except (ValueError, TemplateError) as error:
        raise ModelError(
            f"{tokenizer.name_or_path} is incomplete: it has no usable chat template"
        ) from error
    tokens: list[int] = tokenizer(said)["input_ids"]
    picture = base.model.config.image_token_id
    if tokens.count(picture) != 1:
        raise ModelError("The checkpoint's chat template has no place for a picture")
    at = tokens.index(picture)
    return tokens[:at], tokens[at + 1 :]


def query_tokens(tokenizer: PreTrainedTokenizerBase, base: QwenBase) -> tuple[list[int], list[int]]:
    """The tokens around a picture whose relations the query token reads.

    Args:
        tokenizer: Of a relsim checkpoint: it knows the query token.
        base: The model that reads them.

    Returns:
        Those before the picture, and those after it, of which the query token is the last.

    Raises:
        ModelError: If the chat template has no place for a picture, or none for the query token.
    """
    query: Any = tokenizer.convert_tokens_to_ids(QUERY_TOKEN)
    before, after = prompt_tokens(tokenizer, base, QUERY_TOKEN, answers=False)
    if after.count(query) != 1:
        raise ModelError(
            f"The chat template of {tokenizer.name_or_path} has no place for the query token"
        )
    return before, after[: after.index(query) + 1]
