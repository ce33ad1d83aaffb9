from __future__ import annotations

import io
import json
import math
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from engine.describe import Caption, CaptionBank, Match
from engine.models.registry import find_model
from trainer.cli import main
from trainer.contrastive.config import EvaluationConfig
from trainer.evaluation.measure import evaluate_model
from trainer.evaluation.ranking import average_precision, chance, rank, share_above
from trainer.evaluation.reliability import (
    NEUTRAL,
    fit_calibration,
    named_right,
    reliability,
    shared_weights,
)
from trainer.evaluation.report import write_report
from trainer.progress import Reporter

RELATIONS, SUBJECTS = (part.ravel() for part in np.divmod(np.arange(12), 4))
EVERY = np.ones(12, bool)


def test_vectors_of_relations_only_rank_perfectly() -> None:
    figures = rank(np.eye(3, dtype=np.float32)[RELATIONS], RELATIONS, SUBJECTS, EVERY)
    assert figures.queries == 12
    assert figures.relation == figures.mean_average_precision == figures.conflict == 1.0
    assert figures.subject == 0.0


def test_vectors_of_subjects_only_lose_every_conflict() -> None:
    figures = rank(np.eye(4, dtype=np.float32)[SUBJECTS], RELATIONS, SUBJECTS, EVERY)
    assert figures.conflict == 0.0
    assert figures.subject == 1.0


def test_vectors_that_say_nothing_are_at_chance_in_conflicts() -> None:
    figures = rank(np.ones((12, 1), np.float32), RELATIONS, SUBJECTS, EVERY)
    assert figures.conflict == 0.5


def test_chance_is_the_share_of_like_scenes_among_the_others() -> None:
    figures = chance(RELATIONS, SUBJECTS, EVERY)
    assert figures.relation == pytest.approx(3 / 11)
    assert figures.subject == pytest.approx(2 / 11)


def test_average_precision_by_hand() -> None:
    ranked = np.array([True, False, True, False])
    assert average_precision(ranked) == pytest.approx((1 + 2 / 3) / 2)
    assert math.isnan(average_precision(np.zeros(3, bool)))


def test_share_of_pairs_counts_ties_half() -> None:
    right, wrong = np.array([0.5, 0.9], np.float32), np.array([0.5, 0.1], np.float32)
    assert share_above(right, wrong) == pytest.approx((0.5 + 1 + 1 + 1) / 4)


def test_a_calibration_recovers_the_odds_it_was_drawn_from() -> None:
    generator = np.random.default_rng(0)
    best = generator.uniform(0.2, 0.8, 20000).astype(np.float32)
    runner_up = best - generator.uniform(0, 0.3, 20000).astype(np.float32)
    common = generator.uniform(-0.2, 0.2, 20000).astype(np.float32)
    logit = -4 + 6 * best + 9 * (best - runner_up) - 8 * common
    right = generator.random(20000) < 1 / (1 + np.exp(-logit))
    fitted = fit_calibration(Match(np.zeros(20000, np.intp), best, runner_up, common), right)
    assert fitted.bias == pytest.approx(-4, abs=0.3)
    assert fitted.cosine == pytest.approx(6, abs=0.6)
    assert fitted.margin == pytest.approx(9, abs=0.6)
    assert fitted.common == pytest.approx(-8, abs=0.6)
    share = (1 / (1 + np.exp(-logit))).astype(np.float32)
    assert reliability(share, right).expected_error < 0.02


def test_two_samples_are_calibrated_together_by_their_shares() -> None:
    """The same match is right in 80 of 100 drawn scenes, and in 1 of 10 real pictures."""
    same = np.full(110, 0.5, np.float32)
    match = Match(np.zeros(110, np.intp), same, same - 0.1, same)
    right = np.concatenate([np.arange(100) < 80, np.arange(10) < 1])

    def confidence(weight: NDArray[np.float64] | None) -> float:
        fitted = fit_calibration(match, right, weight)
        logit = fitted.bias + 0.5 * fitted.cosine + 0.1 * fitted.margin + 0.5 * fitted.common
        return 1 / (1 + math.exp(-logit))

    assert confidence(None) == pytest.approx(81 / 110, abs=1e-3)
    weight = shared_weights([(100, 0.25), (10, 0.75)])
    assert weight.mean() == pytest.approx(1)
    assert confidence(weight) == pytest.approx(0.25 * 0.8 + 0.75 * 0.1, abs=1e-3)


def test_equal_alike_and_narrower_relations_are_right() -> None:
    names = ["tower", "parent_and_young", "raining", "falling", "heaped"]
    vectors = np.eye(5, dtype=np.float32)
    vectors[4] = [0.8, 0, 0, 0, 0.6]  # worded nearly as the tower is
    captions = [Caption(f"{{Things}} {name}", name, "family") for name in names]
    bank = CaptionBank(captions, vectors, NEUTRAL)

    def is_right(said: str, shown: str, second: str | None = None) -> bool:
        match = bank.match(vectors[[names.index(said)]])
        return bool(named_right(bank, match, [shown], [second])[0])

    assert is_right("tower", "tower")
    assert is_right("heaped", "tower")
    assert not is_right("raining", "tower")
    assert is_right("raining", "tower", "raining")
    assert is_right("parent_and_young", "family")
    assert is_right("raining", "falling")
    assert not is_right("falling", "raining")
    assert not is_right("tower", "none")
    assert not is_right("tower", "a relation that the bank does not word")


def test_overconfidence_is_measured() -> None:
    confidence = np.full(100, 0.9, np.float32)
    right = np.arange(100) < 50
    measured = reliability(confidence, right)
    assert measured.expected_error == pytest.approx(0.4, abs=1e-6)
    assert measured.bins[0][0] == 100


def test_the_report_replaces_its_own_part_of_a_page_only(tmp_path: Path) -> None:
    """A small test of the bundled model keeps what sets it apart from its backbone."""
    config = EvaluationConfig(subjects=2, unrelated=4, seed=3)
    figures = evaluate_model(find_model().folder, config, Reporter(stream=io.StringIO()))
    heads = figures["ranking"]["trained among trained"]
    head, backbone = heads["relational head"], heads["attribute (pooled backbone)"]
    assert head["conflict"] > 0.9 > backbone["conflict"]
    assert json.loads(json.dumps(figures)) == figures

    page = tmp_path / "page.md"
    page.write_text(
        "# Title\n\nBy hand.\n\n<!-- figures -->\nlast figures\n<!-- end of figures -->\n\nEnd.\n"
    )
    write_report(page, figures, "the command")
    first = page.read_text(encoding="utf-8")
    assert "By hand." in first
    assert first.endswith("End.\n")
    assert "last figures" not in first
    assert "the command" in first
    write_report(page, figures, "the command")
    assert page.read_text(encoding="utf-8") == first


def test_a_wrong_configuration_or_model_is_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["evaluate", "--model", str(tmp_path)]) == 2
    assert main(["relsim", "--config", "nothing.toml"]) == 2
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 2
    assert all(line.startswith("relsim-train: ") for line in lines)
