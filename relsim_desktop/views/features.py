"""The features of a window, in the order of their buttons and menu entries."""

from __future__ import annotations

from relsim_desktop.views.feature import Feature, Host
from relsim_desktop.views.preferences_feature import PreferencesFeature


def build_features(host: Host) -> list[Feature]:
    """Build them all."""
    return [kind(host) for kind in _FEATURES]


_FEATURES: tuple[type[Feature], ...] = (PreferencesFeature,)
