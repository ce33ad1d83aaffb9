"""Qwen2.5-VL that answers about a picture, with the answer's tokens alone in the loss.

The filter and the captioner are this model with another prompt and other answers. transformers'
modules compute it; what is left out is the LM head over tokens that nobody asks for, which at 7B
would hold 152,000 logits for each of the 256 tokens of a picture.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple, Self

import torch  # noqa: TID253 - nothing imports this module but what trains or runs the model
from torch import Tensor, nn  # noqa: TID253
from torch.nn.functional import cross_entropy  # noqa: TID253
from torch.utils.checkpoint import checkpoint  # noqa: TID253

from engine.errors import ModelError
from engine.models.preparation import PixelRules
from engine.models.qwen import QwenBase, prompt_tokens
from engine.types import UInt8

if TYPE_CHECKING:
    from transformers import PreTrainedTokenizerBase


class AnswerPrompt(NamedTuple):
    """A turn that shows a picture and asks, up to the beginning of the answer.

    Attributes:
        before: Tokens before the picture.
        after: Tokens behind it.
        picture: The token that stands for a part of a picture.
        end: The token that ends an answer.
    """

    before: tuple[int, ...]
    after: tuple[int, ...]
    picture: int
    end: int

    @classmethod
    def of(cls, tokenizer: PreTrainedTokenizerBase, base: QwenBase, text: str) -> Self:
        """The prompt that asks `text` about a picture, in the words of the chat template.

        Raises:
            ModelError: If the base is not made for a conversation about a picture.
        """
        before, after = prompt_tokens(tokenizer, base, text, answers=True)
        if tokenizer.eos_token_id is None:
            raise ModelError(f"{tokenizer.name_or_path} has no token that ends an answer")
        picture = int(base.model.config.image_token_id)
        return cls(tuple(before), tuple(after), picture, int(tokenizer.eos_token_id))


class Question(NamedTuple):
    """A picture and what is already said of it.

    Attributes:
        pixels: uint8 ``[h, w, 3]``, as `preparation.prepare` returns it.
        said: Tokens of the answer so far, or of all of it; without the end.
    """

    pixels: UInt8
    said: tuple[int, ...] = ()


class AnswerBatch(NamedTuple):
    """Rows of tokens, filled up on the right, where causal attention does not look.

    Attributes:
        pictures: One a row, each uint8 ``[h, w, 3]``.
        ids: int64 ``[b, l]``.
        rows: int64 ``[a]``, of each token that is predicted, ascending.
        places: int64 ``[a]``, where in its row the token before it stands.
        targets: int64 ``[a]``, the tokens that are predicted.
    """

    pictures: tuple[UInt8, ...]
    ids: Tensor
    rows: Tensor
    places: Tensor
    targets: Tensor

    def to(self, device: torch.device | str) -> AnswerBatch:
        """The same with its tensors on a device; the pictures stay in main memory."""
        return self._replace(
            ids=self.ids.to(device),
            rows=self.rows.to(device),
            places=self.places.to(device),
            targets=self.targets.to(device),
        )


def learning_batch(
    prompt: AnswerPrompt, rules: PixelRules, questions: Sequence[Question], *, ends: bool
) -> AnswerBatch:
    """A batch that predicts every token of what is said.

    Args:
        prompt: Stands before every answer.
        rules: Of the pictures.
        questions: With their whole answers, each of one token or more.
        ends: Whether the end of the answer is predicted as well.
    """
    end = (prompt.end,) if ends else ()
    answers = [(*question.said, *end) for question in questions]
    # The last token of an answer is a target only: nothing is predicted from it.
    heads = [_row(prompt, rules, question.pixels) for question in questions]
    rows = [head + answer[:-1] for head, answer in zip(heads, answers, strict=True)]
    places = [range(len(head) - 1, len(row)) for head, row in zip(heads, rows, strict=True)]
    return _batch(questions, rows, places, answers)


def asking_batch(
    prompt: AnswerPrompt, rules: PixelRules, questions: Sequence[Question]
) -> AnswerBatch:
    """A batch that asks for the one token that follows what is said; its targets are zeros."""
    heads = [_row(prompt, rules, question.pixels) for question in questions]
    rows = [head + question.said for head, question in zip(heads, questions, strict=True)]
    return _batch(
        questions, rows, [range(len(row) - 1, len(row)) for row in rows], [(0,)] * len(rows)
    )


class AnsweringModel(nn.Module):
    """Logits of the tokens that a batch asks for.

    Args:
        base: Loaded with its LM head; LoRA may be in it.
        prompt: What it is asked.
    """

    def __init__(self, base: QwenBase, prompt: AnswerPrompt) -> None:
        super().__init__()
        self.model: Any = base.model
        self.prompt = prompt
        self.rules = base.rules
        self._vision = base.vision

    def checkpoint_gradients(self) -> None:
        """Compute states anew in the backward pass instead of keeping them."""
        # The public method's name and argument differ among the versions that are supported.
        self.model._set_gradient_checkpointing(
            gradient_checkpointing_func=partial(checkpoint, use_reentrant=False)
        )

    def forward(self, batch: AnswerBatch) -> Tensor:
        """The logits, float32 ``[a, vocabulary]``.

        Args:
            batch: With its tensors on the model's device.
        """
        core = self.model.model
        embeddings = core.get_input_embeddings()(batch.ids)
        is_picture = batch.ids == self.prompt.picture
        seen, grid = self._see(batch)
        embeddings = embeddings.masked_scatter(is_picture[..., None], seen.to(embeddings.dtype))
        # Without the kinds of tokens transformers takes pictures for text and is silently wrong.
        positions, _ = core.get_rope_index(
            batch.ids, mm_token_type_ids=is_picture.int(), image_grid_thw=grid
        )
        hidden = core.language_model(
            inputs_embeds=embeddings, position_ids=positions, use_cache=False
        ).last_hidden_state
        logits: Tensor = self.model.lm_head(hidden[batch.rows, batch.places])
        return logits.float()

    def _see(self, batch: AnswerBatch) -> tuple[Tensor, Tensor]:
        """Tokens of all pictures ``[t, width]``, and the patches of each ``[b, 3]``."""
        tower = self.model.model.visual
        learns = any(weight.requires_grad for weight in tower.parameters())
        if learns:
            self._vision.forget_weights()
        with torch.set_grad_enabled(learns and torch.is_grad_enabled()):
            seen = torch.cat(self._vision(batch.pictures))
        grid = torch.tensor([_grid(self.rules, pixels) for pixels in batch.pictures])
        return seen, grid.to(seen.device)


def answer_loss(logits: Tensor, targets: Tensor) -> Tensor:
    """The negative log probability of each token of the answers.

    Args:
        logits: float32 ``[a, vocabulary]``.
        targets: int64 ``[a]``.

    Returns:
        float32 ``[a]``, in nats.
    """
    return cross_entropy(logits, targets, reduction="none")


@torch.no_grad()
def write_greedily(
    forward: Callable[[AnswerBatch], Tensor],
    model: AnsweringModel,
    pictures: Sequence[UInt8],
    limit: int,
    *,
    any_left: Callable[[bool], bool] = lambda left: left,
) -> list[tuple[int, ...]]:
    """The most probable answers, word by word through the model in training.

    Every word is one forward pass without a cache, which costs more than `generate` of transformers
    and in exchange needs nothing but `forward`: it runs also where weights are spread over devices.

    Args:
        forward: The model, or what wraps it.
        model: The model itself.
        pictures: One batch.
        limit: Tokens that an answer has at most.
        any_left: Whether any process has an answer that goes on; told whether this one has. All
            processes that share the weights have to make the same number of passes.

    Returns:
        Tokens of each answer without its end.
    """
    device = next(model.parameters()).device
    questions = [Question(pixels) for pixels in pictures]
    done = [False] * len(questions)
    for _ in range(limit):
        batch = asking_batch(model.prompt, model.rules, questions).to(device)
        logits = forward(batch)
        logits[:, model.prompt.picture] = -torch.inf  # there is no second picture to put there
        chosen = logits.argmax(dim=-1).tolist()
        done = [was or token == model.prompt.end for was, token in zip(done, chosen, strict=True)]
        questions = [
            question if over else question._replace(said=(*question.said, token))
            for question, over, token in zip(questions, done, chosen, strict=True)
        ]
        if not any_left(not all(done)):
            break
    return [question.said for question in questions]


def _row(prompt: AnswerPrompt, rules: PixelRules, pixels: UInt8) -> tuple[int, ...]:
    return (*prompt.before, *[prompt.picture] * rules.tokens(pixels), *prompt.after)


def _batch(
    questions: Sequence[Question],
    rows: Sequence[tuple[int, ...]],
    places: Sequence[range],
    answers: Sequence[tuple[int, ...]],
) -> AnswerBatch:
    ids = torch.zeros((len(rows), max(map(len, rows))), dtype=torch.int64)
    for row, tokens in enumerate(rows):
        ids[row, : len(tokens)] = torch.tensor(tokens)
    counts = [len(answer) for answer in answers]
    return AnswerBatch(
        tuple(question.pixels for question in questions),
        ids,
        torch.repeat_interleave(torch.arange(len(rows)), torch.tensor(counts)),
        torch.tensor([place for span in places for place in span]),
        torch.tensor([token for answer in answers for token in answer]),
    )


def _grid(rules: PixelRules, pixels: UInt8) -> tuple[int, int, int]:
    height, width = pixels.shape[:2]
    return 1, height // rules.patch, width // rules.patch
