"""A judge on this machine: a Qwen2.5-VL that is shown both pictures. Free, and reproducible."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import TYPE_CHECKING, Final

from engine.jobs import JobControl
from engine.models.device import MemoryExhaustedError
from engine.models.identity import weights_identity
from engine.models.qwen import load_tokenizer
from trainer.judge.judges import AGAIN, JUDGE_PROMPT, PROMPT_VERSION, CostEstimate, Judgement
from trainer.judge.parsing import parse_score
from trainer.vlm.several_pictures import SeveralPictures, find_here, load_where_it_fits

if TYPE_CHECKING:
    from PIL.Image import Image

    from engine.types import UInt8

MAX_PIXELS: Final = 448 * 448
"""Area to which each picture is reduced: 256 tokens."""

_MAX_TOKENS = 24


class LocalVlmJudge:
    """See `trainer.judge.judges.Judge`. The likeliest words count, so it says the same again.

    Pairs wait for one another: one thread at a time has the model. It is loaded for the first pair.

    Args:
        model: A folder that holds a Qwen2.5-VL of any size, an id of the catalogue, or a hub id
            that is on this machine.

    Raises:
        ModelError: If it is not here.
    """

    def __init__(self, model: str | Path) -> None:
        self._folder = find_here(str(model))
        identity = weights_identity(self._folder)[:12]
        self.id = f"{self._folder.name}@{identity}/{PROMPT_VERSION}-local"
        self._asking: list[SeveralPictures] = []
        self._lock = threading.Lock()

    def judge(self, a: Image, b: Image, control: JobControl | None = None) -> Judgement:
        """See `Judge.judge`; a cancel is heard before each word.

        Raises:
            ModelError: If the model is damaged, or does not fit into memory.
            DecodeError: If a picture is too long and thin for the model.
            Cancelled: If the control says so.
        """
        control = control or JobControl()
        with self._lock:
            control.checkpoint()
            if not self._asking:
                self._asking = self._load()
            pair = [self._asking[0].prepare(picture.convert("RGB")) for picture in (a, b)]
            answers: list[str] = []
            score = None
            for asking in self._asking:
                answers.append(_answer(asking, pair, control))
                score = parse_score(answers[-1])
                if score is not None:
                    break
        raw = {"answers": answers}
        reason = "" if score is not None else "no score in its answer"
        return Judgement(score, answers[-1], raw, 0, 0, reason)  # nothing is paid for

    def cost(self, pairs: int) -> CostEstimate:
        """See `Judge.cost`: time, but no tokens that are paid for."""
        text = f"{pairs:,} pairs by {self._folder.name} on this machine: it takes time, no money"
        return CostEstimate(pairs, 0, 0, 0.0, text)

    def close(self) -> None:
        """Let go of the model's memory."""
        with self._lock:
            if self._asking:
                self._asking[0].close()
            self._asking = []

    def _load(self) -> list[SeveralPictures]:
        """One model with two questions: the second is for an answer that held no score."""
        base = load_where_it_fits(self._folder)
        try:
            tokenizer = load_tokenizer(self._folder)
            return [
                SeveralPictures(
                    base, tokenizer, prompt, max_pixels=MAX_PIXELS, max_tokens=_MAX_TOKENS
                )
                for prompt in (JUDGE_PROMPT, f"{JUDGE_PROMPT}\n{AGAIN}")
            ]
        except BaseException:
            base.close()
            raise


def _answer(asking: SeveralPictures, pair: list[UInt8], control: JobControl) -> str:
    texts = asking.answers([pair], control=control)
    if texts is None:
        raise MemoryExhaustedError(
            "Two pictures do not fit into memory beside the judge: close other programs, or choose"
            " a smaller model"
        )
    return texts[0].strip()
