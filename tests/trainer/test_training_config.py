from __future__ import annotations

from pathlib import Path

import pytest

from trainer.contrastive.config import ConfigError, load_config


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "some.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_shipped_configuration_is_found_by_its_bare_name() -> None:
    config = load_config("mini.toml")
    assert config.id == "relsim-mini"
    assert load_config("mini") == config


def test_what_is_left_out_has_its_default_and_whole_numbers_do_for_numbers(tmp_path: Path) -> None:
    config = load_config(written(tmp_path, 'id = "a"\nversion = "1"\n[training]\nclip = 2\n'))
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
        load_config(written(tmp_path, text))
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
        load_config("nothing.toml")
    with pytest.raises(ConfigError, match="There is no configuration"):
        load_config(tmp_path / "nothing.toml")


def test_broken_toml_is_a_known_error(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="is not TOML"):
        load_config(written(tmp_path, "id = "))


def test_the_digest_changes_with_every_setting(tmp_path: Path) -> None:
    one = load_config(written(tmp_path, 'id = "a"\nversion = "1"\n'))
    other = load_config(written(tmp_path, 'id = "a"\nversion = "1"\n[head]\nnoise = 0.1\n'))
    assert one.digest != other.digest
    assert one.digest == load_config(written(tmp_path, 'version = "1"\nid = "a"\n')).digest
