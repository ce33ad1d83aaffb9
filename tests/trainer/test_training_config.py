from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import pytest

from trainer.config import ConfigError, config_digest, load_config
from trainer.contrastive.config import MiniConfig


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "some.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_shipped_configuration_is_found_by_its_bare_name() -> None:
    config = load_config(MiniConfig, "mini.toml")
    assert config.id == "relsim-mini"
    assert load_config(MiniConfig, "mini") == config


def test_what_is_left_out_has_its_default_and_whole_numbers_do_for_numbers(tmp_path: Path) -> None:
    config = load_config(
        MiniConfig, written(tmp_path, 'id = "a"\nversion = "1"\n[training]\nclip = 2\n')
    )
    assert config.training.clip == 2.0
    assert isinstance(config.training.clip, float)
    assert config.training.epochs > 0


def test_every_mistake_is_reported_at_once(tmp_path: Path) -> None:
    text = """
        version = 3
        colour = "red"
        attribute = 256
        [data]
        scenes = "many"
        workers = 0
        [training]
        epoch = 3
        clip = -1.0
        batch_size = true
    """
    with pytest.raises(ConfigError) as caught:
        load_config(MiniConfig, written(tmp_path, text))
    for mistake in (
        "unknown key colour",
        "missing key id",
        "version must be a text, not 3",
        "attribute must be a table",
        "data.scenes must be a whole number, not 'many'",
        "data.workers must be at least 1",
        "unknown key training.epoch",
        "training.clip must not be negative",
        "training.batch_size must be a whole number, not True",
    ):
        assert mistake in str(caught.value)


def test_a_missing_file_names_those_that_ship(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"mini\.toml"):
        load_config(MiniConfig, "nothing.toml")
    with pytest.raises(ConfigError, match="There is no configuration"):
        load_config(MiniConfig, tmp_path / "nothing.toml")


def test_broken_toml_is_a_known_error(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="is not TOML"):
        load_config(MiniConfig, written(tmp_path, "id = "))


def test_the_digest_changes_with_every_setting(tmp_path: Path) -> None:
    one = load_config(MiniConfig, written(tmp_path, 'id = "a"\nversion = "1"\n'))
    other = load_config(
        MiniConfig, written(tmp_path, 'id = "a"\nversion = "1"\n[head]\nnoise = 0.1\n')
    )
    assert config_digest(one) != config_digest(other)
    assert config_digest(one) == config_digest(
        load_config(MiniConfig, written(tmp_path, 'version = "1"\nid = "a"\n'))
    )


@dataclass(frozen=True, slots=True)
class Inner:
    folder: Path
    sizes: tuple[int, ...] = (1,)
    share: float = field(default=0.5, metadata={"least": 0.1})
    mode: Literal["fast", "slow"] = "fast"

    def problems(self) -> Iterator[str]:
        if self.mode == "slow" and len(self.sizes) > 1:
            yield "mode slow takes one size"


@dataclass(frozen=True, slots=True)
class Outer:
    inner: Inner
    limit: int | None = None
    quiet: bool = False


def test_paths_lists_choices_and_what_may_be_left_out(tmp_path: Path) -> None:
    text = 'limit = 4\nquiet = true\n[inner]\nfolder = "~/a"\nsizes = [2, 3]\nmode = "fast"\n'
    config = load_config(Outer, written(tmp_path, text))
    assert config == Outer(Inner(Path.home() / "a", (2, 3)), 4, quiet=True)
    assert load_config(Outer, written(tmp_path, '[inner]\nfolder = "a"\n')).limit is None


def test_mistakes_in_lists_choices_and_between_settings(tmp_path: Path) -> None:
    text = 'quiet = 1\n[inner]\nfolder = 3\nsizes = [0, "a"]\nshare = 0.01\nmode = "odd"\n'
    with pytest.raises(ConfigError) as caught:
        load_config(Outer, written(tmp_path, text))
    for mistake in (
        "quiet must be true or false, not 1",
        "inner.folder must be a path, not 3",
        "inner.sizes[0] must be at least 1",
        "inner.sizes[1] must be a whole number, not 'a'",
        "inner.share must be at least 0.1",
        "inner.mode must be one of fast, slow, not 'odd'",
    ):
        assert mistake in str(caught.value)
    text = '[inner]\nfolder = "a"\nsizes = [1, 2]\nmode = "slow"\n'
    with pytest.raises(ConfigError, match=r"inner\.mode slow takes one size"):
        load_config(Outer, written(tmp_path, text))


def test_changes_stand_above_the_file(tmp_path: Path) -> None:
    path = written(tmp_path, '[inner]\nfolder = "a"\n')
    config = load_config(Outer, path, ["inner.folder=/b c", "limit=7", "inner.mode=slow"])
    assert config == Outer(Inner(Path("/b c"), mode="slow"), 7)
    limited = written(tmp_path, 'limit = 3\n[inner]\nfolder = "a"\n')
    assert load_config(Outer, limited, ["limit=", "quiet="]).limit is None
    with pytest.raises(ConfigError, match=r"'limit' is no change.*unknown key inner\.depth"):
        load_config(Outer, path, ["inner.depth=1", "limit"])
