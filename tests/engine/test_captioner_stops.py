"""Writing a caption may take minutes on a processor, so a cancel is heard before each word."""

from __future__ import annotations

import pytest
from golden_files import golden
from PIL import Image

from engine.jobs import Cancelled, JobControl
from engine.models.large import LargeModel
from engine.models.large_spec import CaptionerSpec


class CancelledAfter(JobControl):
    """Is cancelled once it has been looked at a few times."""

    def __init__(self, looks: int) -> None:
        super().__init__()
        self.looks = looks

    @property
    def cancelled(self) -> bool:
        self.looks -= 1
        return self.looks < 0


def test_a_cancel_is_heard_before_the_next_word() -> None:
    base = golden("relsim-tiny/base")
    spec = CaptionerSpec("tiny", golden("relsim-tiny/captioner"), base, "0" * 64)
    model = LargeModel.load(None, spec, ("float32",))
    assert model.captioner is not None
    with Image.open(golden("images/bo.jpg")) as image:
        prepared = [model.captioner.prepare(image.convert("RGB"))]
    control = CancelledAfter(3)
    with pytest.raises(Cancelled):
        model.captioner.caption(prepared, control=control)
    assert control.looks == -1  # the tiny captioner would have gone on for 128 words
    tokens, _ = model.captioner.generate(prepared, max_tokens=2)
    assert tokens.shape == (1, 2)
    model.close()
