"""The one training loop; what is trained, on what and for what, is a task's."""

from __future__ import annotations

import math
import time
from collections.abc import Collection, Iterator, Mapping
from contextlib import nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, Protocol

import torch  # noqa: TID253 - the trainer's command line imports this module only to train
from torch import Tensor, nn  # noqa: TID253

from engine.errors import KnownError
from engine.models.device import is_out_of_memory
from trainer.progress import Reporter
from trainer.runs import Run
from trainer.training.checkpoints import State, newest_state, save_state
from trainer.training.curves import Dashboards, draw_curves
from trainer.training.order import steps_of
from trainer.training.world import Sharding, World

PHASE = "Training"
_WHOLE_NUMBERS = {"least": 0}


@dataclass(frozen=True, slots=True)
class LoopSettings:
    """How a task is trained; the defaults are those of relsim (method.md).

    Attributes:
        batch_size: Pictures a step, over all processes.
        steps: Steps; None where `epochs` says how many.
        epochs: Passes over the pictures; None where `steps` says how many.
        seed: Decides everything that is random.
        learning_rate: At its highest.
        schedule: How it falls after the warm-up: along a half cosine to 0, or not.
        warmup_steps: Steps during which it rises.
        weight_decay: Of AdamW; single numbers, such as a temperature, do not decay.
        clip: Highest norm of a step's gradient.
        save_every: Steps between two points at which a killed run goes on.
        evaluate_every: Steps between two measurements of held-out pictures; 0 measures only at the
            end.
        precision: The numbers that products are computed in.
        checkpointing: Compute each layer anew for the backward pass instead of keeping its states.
        sharding: Whether weights are shared out among the processes (FSDP), or in all of them.
        workers: Threads that decode pictures.
        threads: Of the processor, for each process; None for all.
        wandb: Project at Weights & Biases.
    """

    batch_size: int = 64
    steps: int | None = None
    epochs: float | None = None
    seed: int = field(default=0, metadata=_WHOLE_NUMBERS)
    learning_rate: float = 1e-4
    schedule: Literal["cosine", "constant"] = "cosine"
    warmup_steps: int = field(default=0, metadata=_WHOLE_NUMBERS)
    weight_decay: float = 0.01
    clip: float = 1.0
    save_every: int = 500
    evaluate_every: int = field(default=0, metadata=_WHOLE_NUMBERS)
    precision: Literal["float32", "bfloat16"] = "bfloat16"
    checkpointing: bool = False
    sharding: Sharding = "none"
    workers: int = 8
    threads: int | None = None
    wandb: str | None = None

    def problems(self) -> Iterator[str]:
        """What does not go together."""
        if (self.steps is None) == (self.epochs is None):
            yield "say either steps or epochs"
        if self.epochs == 0 or self.learning_rate == 0 or self.clip == 0:
            yield "epochs, learning_rate and clip must be more than 0"


class Task(Protocol):
    """What a recipe trains. All of it runs in every process but `export`."""

    module: nn.Module
    """On the world's device. Its parameters that require a gradient are trained and saved."""

    @property
    def layers(self) -> Collection[type]:
        """Classes of parts whose weights are gathered together where weights are shared out."""

    def backward(self, step: int, module: nn.Module, world: World) -> Mapping[str, float]:
        """Compute the gradients of one step.

        Args:
            step: From 0; the batch and all chance depend on it and the seed alone.
            module: What forward is to be called on: `module`, wrapped.
            world: Who trains.

        Returns:
            Figures, the loss among them.
        """

    def evaluate(self, module: nn.Module, world: World) -> Mapping[str, float]:
        """Figures of held-out pictures; the module is in eval mode."""

    def export(self, folder: Path, state: Mapping[str, Tensor]) -> None:
        """Write a checkpoint that others can load; the main process only.

        Args:
            folder: Made if it is not there.
            state: Trained tensors by their names in `module`.
        """


def fit(
    task: Task, settings: LoopSettings, steps: int, *, run: Run, world: World, reporter: Reporter
) -> dict[str, float]:
    """Train, from the run's newest checkpoint on; it ends as if it had never been interrupted.

    Args:
        task: What is trained.
        settings: How.
        steps: In all.
        run: Gets metrics, curves, checkpoints, and ``model``, what the task exports.
        world: Who trains.
        reporter: Gets the progress; the main process's only.

    Returns:
        The last figures of held-out pictures.

    Raises:
        KnownError: If the newest checkpoint is damaged, or a step does not fit into memory.
        KeyboardInterrupt: After the state was saved, where this is the only process.
    """
    if settings.threads is not None:
        torch.set_num_threads(settings.threads)
    module = world.wrap(task.module, settings.sharding, task.layers)
    trained = [p for p in module.parameters() if p.requires_grad]
    optimizer = torch.optim.AdamW(
        [
            {
                "params": [p for p in trained if p.numel() > 1],
                "weight_decay": settings.weight_decay,
            },
            {"params": [p for p in trained if p.numel() == 1], "weight_decay": 0.0},
        ],
        lr=settings.learning_rate,
    )
    done = _resume(run, module, optimizer, world)
    measures = _lacks_evaluation(run, settings, done, steps)
    begun = world.is_main and (done < steps or measures)
    board = Dashboards(run.folder / "tensorboard", done, settings.wandb) if begun else None
    figures: dict[str, float] = {}
    whole: int | None = done
    with board or nullcontext():
        try:
            if measures:
                figures = _evaluate(task, module, world)
                if board is not None:
                    _publish(run, board, done, figures)
            for step in range(done, steps):
                began = time.monotonic()
                _set_rate(optimizer, settings, step, steps)
                module.train()
                optimizer.zero_grad(set_to_none=True)
                losses = _backward(task, settings, step, module, world)
                norm = world.clip(trained, settings.clip)
                whole = None  # half a step is nothing to go on from
                optimizer.step()
                now = {
                    **losses,
                    "gradient_norm": norm,
                    "learning_rate": optimizer.param_groups[0]["lr"],
                    "images_per_second": settings.batch_size / (time.monotonic() - began),
                }
                if board is not None:
                    _publish(run, board, step + 1, now)
                whole = step + 1
                if board is not None:
                    reporter.step(PHASE, step + 1, steps, loss=losses["loss"])
                if _is_due(step + 1, settings.evaluate_every, steps):
                    figures = _evaluate(task, module, world)
                    if board is not None:
                        _publish(run, board, step + 1, figures)
                if _is_due(step + 1, settings.save_every, steps):
                    _save(run, step + 1, module, optimizer, world)
        except KeyboardInterrupt:
            if whole and world.size == 1:  # before the first step there is nothing to keep
                _save(run, whole, module, optimizer, world)
            raise
    state = world.state_of(module)
    if world.is_main:
        draw_curves(run.folder / "curves.png", run.metrics())
        task.export(run.folder / "model", state)
    world.wait()
    return figures or _last_evaluation(run)


def _backward(
    task: Task, settings: LoopSettings, step: int, module: nn.Module, world: World
) -> Mapping[str, float]:
    try:
        return task.backward(step, module, world)
    except (RuntimeError, MemoryError) as error:
        if is_out_of_memory(error):
            raise KnownError(_memory_advice(settings, step, world)) from error
        raise


def _memory_advice(settings: LoopSettings, step: int, world: World) -> str:
    options = ["lower loss.piece (GradCache: the same loss in smaller parts) or loop.batch_size"]
    if not settings.checkpointing:
        options.append("set loop.checkpointing = true")
    if settings.precision == "float32":
        options.append("set loop.precision = bfloat16")
    if settings.sharding == "none" and world.size > 1:
        options.append("set loop.sharding = full")
    return (
        f"Step {step + 1} does not fit into the memory of {world.device}: {', or '.join(options)};"
        " then start again. What was saved is kept"
    )


def steps_for(loop: LoopSettings, count: int, world: World) -> int:
    """How many steps a run makes.

    Args:
        loop: How it is trained.
        count: Pictures that one pass takes.
        world: Who trains.

    Raises:
        KnownError: If there are fewer pictures than a batch takes, or a batch cannot be shared out.
    """
    if loop.batch_size % world.size:
        raise KnownError(
            f"loop.batch_size {loop.batch_size} is no multiple of the {world.size} processes"
        )
    if count < loop.batch_size:
        raise KnownError(
            f"There are {count} pictures to learn from, fewer than one batch of {loop.batch_size}:"
            " lower loop.batch_size, or give more pictures"
        )
    return loop.steps or steps_of(loop.epochs or 1, count, loop.batch_size)


def _is_due(step: int, every: int, steps: int) -> bool:
    return step == steps or (every > 0 and step % every == 0)


def _lacks_evaluation(run: Run, settings: LoopSettings, done: int, steps: int) -> bool:
    """Whether held-out pictures are to be measured before the next step: nobody did it yet."""
    if done > 0 and not _is_due(done, settings.evaluate_every, steps):
        return False
    lines = [line for line in run.metrics() if line["step"] == done]
    return not any(name.startswith("held_out/") for line in lines for name in line)


def _set_rate(
    optimizer: torch.optim.Optimizer, settings: LoopSettings, step: int, steps: int
) -> None:
    rising = settings.warmup_steps
    if step < rising:
        share = (step + 1) / rising
    elif settings.schedule == "cosine":
        share = 0.5 * (1 + math.cos(math.pi * (step - rising) / max(1, steps - rising)))
    else:
        share = 1.0
    for group in optimizer.param_groups:
        group["lr"] = settings.learning_rate * share


def _evaluate(task: Task, module: nn.Module, world: World) -> dict[str, float]:
    module.eval()
    with torch.no_grad():
        return {f"held_out/{name}": value for name, value in task.evaluate(module, world).items()}


def _publish(run: Run, board: Dashboards, step: int, figures: Mapping[str, float]) -> None:
    run.record(step, figures)
    board.add(step, figures)


def _save(
    run: Run, step: int, module: nn.Module, optimizer: torch.optim.Optimizer, world: World
) -> None:
    trained, moments = world.state_of(module), world.optimizer_state(module, optimizer)
    if world.is_main:
        save_state(run.checkpoints, State(step, trained, moments))
        draw_curves(run.folder / "curves.png", run.metrics())
    world.wait()


def _resume(run: Run, module: nn.Module, optimizer: torch.optim.Optimizer, world: World) -> int:
    state = newest_state(run.checkpoints)
    if world.is_main:
        run.forget_after(state.step if state is not None else -1)
    world.wait()
    if state is None:
        return 0
    world.restore(module, optimizer, state.trained, state.moments)
    return state.step


def _last_evaluation(run: Run) -> dict[str, float]:
    """Of a run that had ended before."""
    lines = [line for line in run.metrics() if any(name.startswith("held_out/") for name in line)]
    return {name: value for name, value in lines[-1].items() if name != "step"} if lines else {}
