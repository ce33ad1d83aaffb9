"""What the filter and the captioner share in training: a base with LoRA, pictures, gradients."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import numpy as np
import torch  # noqa: TID253 - the trainer's command line imports this module only to train
from numpy.typing import NDArray
from torch import Tensor, nn  # noqa: TID253

from engine.errors import DecodeError, KnownError
from engine.models.device import is_out_of_memory
from engine.models.preparation import PixelRules, Preparation, min_side, prepare
from engine.models.qwen import QwenBase, load_tokenizer
from engine.types import UInt8
from trainer.data.collection import load_picture
from trainer.data.records import Record
from trainer.training.loop import LoopSettings
from trainer.training.prefetch import Prefetcher, Remembered
from trainer.training.world import World
from trainer.vlm.answering import (
    AnsweringModel,
    AnswerPrompt,
    Question,
    answer_loss,
    learning_batch,
)
from trainer.vlm.base import BaseSettings, find_folder, load_base
from trainer.vlm.lora import (
    LoraSettings,
    adapter_tensors,
    add_lora,
    base_tensors,
    write_adapter,
    write_base,
)

_HEAD = "model.lm_head.weight"


@dataclass(frozen=True, slots=True)
class AnswerSettings:
    """How pictures are shown, and how many at once.

    Attributes:
        preparation: A square, because one size makes one batch.
        piece: Pictures that are computed at once in each process; 0 for all of its part of a batch.
            Gradients are those of the batch either way.
    """

    preparation: Literal["square448", "squash448"] = "squash448"
    piece: int = field(default=8, metadata={"least": 0})


class Pictures:
    """Prepared pictures of records by their number. Any thread.

    Args:
        records: Checked ones.
        preparation: How they are prepared.
        rules: Of the model.
    """

    def __init__(
        self, records: Sequence[Record], preparation: Preparation, rules: PixelRules
    ) -> None:
        self._records, self._preparation, self._rules = records, preparation, rules
        self._remembered = Remembered(self._load)

    def __len__(self) -> int:
        return len(self._records)

    def __call__(self, row: int) -> UInt8:
        """A picture as the model takes it, uint8 ``[h, w, 3]``.

        Raises:
            KnownError: If it cannot be read any more.
        """
        return self._remembered(row)

    def _load(self, row: int) -> UInt8:
        record = self._records[row]
        image = load_picture(record, min_side=min_side(self._preparation))
        try:
            return prepare(image, self._preparation, self._rules)
        except DecodeError as error:
            raise KnownError(f"{record.key} cannot be learned from: {error}") from error


@dataclass(frozen=True, slots=True)
class Trainable:
    """A base with LoRA, ready to be trained.

    Attributes:
        model: On its device.
        base: Whose weights the model's are.
        tokenizer: Of the base.
        settings: Of the base.
        lora: Of LoRA.
    """

    model: AnsweringModel
    base: QwenBase
    tokenizer: Any
    settings: BaseSettings
    lora: LoraSettings

    @classmethod
    def load(
        cls,
        settings: BaseSettings,
        lora: LoraSettings,
        loop: LoopSettings,
        question: str,
        *,
        texts: Iterable[str],
        work: Path,
        world: World,
    ) -> Trainable:
        """Load a base, or make a tiny one, and add LoRA to it.

        Args:
            settings: Which base.
            lora: Of LoRA.
            loop: How it is trained.
            question: What the model is asked.
            texts: What a tiny base's vocabulary is learned from.
            work: Folder of the run.
            world: Who trains.

        Raises:
            ModelError: If the base is missing, is none for conversations about a picture, or does
                not fit into memory.
        """
        folder = world.from_main(lambda: find_folder(settings, work, texts))
        everything = settings.trains == "everything"
        base = load_base(folder, settings, writes=True, device=world.device.type)
        tokenizer = load_tokenizer(folder)
        prompt = AnswerPrompt.of(tokenizer, base, question)
        add_lora(base.core, lora, loop.seed, everything=everything)
        base.model.lm_head.requires_grad_(everything)
        model = AnsweringModel(base, prompt)
        if loop.checkpointing:
            model.checkpoint_gradients()
        return cls(model, base, tokenizer, settings, lora)

    @property
    def layers(self) -> tuple[type, ...]:
        """See `trainer.training.loop.Task`."""
        return (type(self.base.language_model.layers[0]),)

    def encode(self, text: str) -> tuple[int, ...]:
        """Tokens of an answer; what looks like a special token is spelled, and means nothing."""
        ids: list[int] = self.tokenizer(
            text.strip(), add_special_tokens=False, split_special_tokens=True
        )["input_ids"]
        return tuple(ids)

    def decode(self, tokens: Sequence[int]) -> str:
        """The text of an answer."""
        return " ".join(self.tokenizer.decode(list(tokens), skip_special_tokens=True).split())

    def export(self, folder: Path, state: Mapping[str, Tensor]) -> None:
        """Write the checkpoint in the released layout, and the base if it was trained.

        Args:
            folder: Made if it is not there.
            state: Trained tensors by their names in the model.
        """
        core = {
            name.removeprefix("model.model."): tensor
            for name, tensor in state.items()
            if name.startswith("model.model.")
        }
        everything = self.settings.trains == "everything"
        if everything:
            whole = {f"model.{name}": tensor for name, tensor in base_tensors(core).items()}
            if not self.base.model.config.get_text_config().tie_word_embeddings:
                whole["lm_head.weight"] = state[_HEAD].detach().cpu().contiguous()
            write_base(folder / "base", self.base, self.settings, whole)
        write_adapter(
            folder,
            self.lora,
            adapter_tensors(core),
            self.base,
            base_name="base" if everything else self.settings.name,
            tokenizer=self.tokenizer,
        )


class Learner:
    """Gradients of batches of pictures and their answers. A context manager: it reads ahead.

    Args:
        model: Not wrapped.
        pictures: All there are.
        answers: Of each the tokens, one or more.
        order: The rows of a step, over all processes.
        steps: How many there are.
        ends: Whether the end of an answer is learned too.
        settings: Of pictures.
        loop: How it is trained.
        world: Who trains.
    """

    def __init__(
        self,
        model: AnsweringModel,
        pictures: Pictures,
        answers: Sequence[tuple[int, ...]],
        order: Callable[[int], NDArray[np.int64]],
        *,
        steps: int,
        ends: bool,
        settings: AnswerSettings,
        loop: LoopSettings,
        world: World,
    ) -> None:
        self._model, self._answers, self._ends = model, answers, ends
        self._pictures, self._order, self._steps = pictures, order, steps
        self._settings, self._loop = settings, loop
        self._reader = Prefetcher(
            lambda step: world.share(order(step)).tolist(), pictures, loop.workers
        )

    def __enter__(self) -> Learner:
        """Does nothing."""
        return self

    def __exit__(self, *_: object) -> None:
        """Let go of the threads that read."""
        self._reader.__exit__()

    def rehearse(self, world: World) -> None:
        """Compute the gradients of the longest answers once, and forget them.

        Raises:
            KnownError: If that needs more memory than there is, with what to lower.
        """
        part = self._piece(self._loop.batch_size // world.size)
        longest = sorted(range(len(self._answers)), key=lambda row: len(self._answers[row]))
        asked = [Question(self._pictures(row), self._answers[row]) for row in longest[-part:]]
        self._model.train()
        self._add_gradients(asked, self._model, world, share=1.0)
        self._model.zero_grad(set_to_none=True)

    def backward(self, step: int, module: nn.Module, world: World) -> dict[str, float]:
        """See `trainer.training.loop.Task`.

        Returns:
            ``loss``, nats a token of the answers of the whole batch.
        """
        rows = world.share(self._order(step)).tolist()
        pixels = self._reader(step, self._steps)
        asked = [Question(p, self._answers[r]) for p, r in zip(pixels, rows, strict=True)]
        # LoRA's dropout, too, is a function of the step: a run goes on to the same curve.
        chance = np.random.SeedSequence((self._loop.seed, step, world.rank))
        torch.manual_seed(int(chance.generate_state(1)[0]))
        counts = [len(question.said) + self._ends for question in asked]
        tokens = int(world.gather(torch.tensor([sum(counts)], device=world.device)).sum())
        part, loss = self._piece(len(asked)), torch.zeros(1, device=world.device)
        for start in range(0, len(asked), part):
            with world.synchronised(module, on=start + part >= len(asked)):
                # Processes average their gradients; their shares of the tokens may differ.
                loss += self._add_gradients(
                    asked[start : start + part], module, world, share=world.size / tokens
                )
        return {"loss": float(world.gather(loss).mean())}

    def _piece(self, part: int) -> int:
        return max(1, min(self._settings.piece or part, part))

    def _add_gradients(
        self, asked: Sequence[Question], module: nn.Module, world: World, *, share: float
    ) -> Tensor:
        batch = learning_batch(self._model.prompt, self._model.rules, asked, ends=self._ends)
        with self._enough_memory(len(asked), world):
            batch = batch.to(world.device)
            with world.autocast(self._loop.precision):
                logits = module(batch)
            loss = answer_loss(logits, batch.targets).sum() * share
            loss.backward()  # type: ignore[no-untyped-call]
        return loss.detach()

    @contextmanager
    def _enough_memory(self, pictures: int, world: World) -> Iterator[None]:
        try:
            yield
        except (RuntimeError, MemoryError) as error:
            if not is_out_of_memory(error):
                raise
            fewer = f"answers.piece to {pictures // 2}, " if pictures > 1 else ""
            raise KnownError(
                f"{world.device} has too little memory for {pictures} pictures at once: set"
                f" {fewer}loop.checkpointing to true, or use a smaller base"
            ) from error


def per_piece(
    count: int,
    piece: int,
    world: World,
    compute: Callable[[list[int]], Tensor],
) -> Tensor:
    """What a function computes of pictures, a few at a time, shared out among the processes.

    Args:
        count: Pictures, one or more.
        piece: How many at a time; 0 for all of a process's share.
        world: Who computes.
        compute: From rows to a tensor with a row each.

    Returns:
        The tensor of all rows, in every process, on the processor.
    """

    def own(rows: NDArray[np.int64]) -> Tensor:
        step = piece or len(rows)
        parts = [rows[start : start + step].tolist() for start in range(0, len(rows), step)]
        return torch.cat([compute(part) for part in parts])

    return world.gather_all(np.arange(count), own).cpu()


def losses_of_answers(
    module: nn.Module, model: AnsweringModel, questions: Sequence[Question], *, ends: bool
) -> Tensor:
    """The negative log probabilities of answers.

    Args:
        module: The model, or what wraps it.
        model: The model itself.
        questions: With their answers.
        ends: Whether the end of an answer counts.

    Returns:
        float32 ``[n, 2]``: of each answer the sum in nats, and its tokens.
    """
    batch = learning_batch(model.prompt, model.rules, questions, ends=ends)
    batch = batch.to(next(model.parameters()).device)
    losses = answer_loss(module(batch), batch.targets)
    sums = losses.new_zeros(len(questions)).index_add_(0, batch.rows, losses)
    return torch.stack([sums, batch.rows.bincount(minlength=len(questions)).float()], 1)
