"""The features of a window, in the order of their buttons and menu entries."""

from __future__ import annotations

from relsim_desktop.views.asking_feature import AskingFeature
from relsim_desktop.views.boards_feature import BoardsFeature
from relsim_desktop.views.chain_feature import ChainFeature
from relsim_desktop.views.compare_feature import CompareFeature
from relsim_desktop.views.copying_feature import CopyingFeature
from relsim_desktop.views.feature import Feature, Host
from relsim_desktop.views.folders_feature import FoldersFeature
from relsim_desktop.views.health_feature import HealthFeature
from relsim_desktop.views.help_feature import HelpFeature
from relsim_desktop.views.map_feature import MapFeature
from relsim_desktop.views.matrix_feature import MatrixFeature
from relsim_desktop.views.own_models_feature import OwnModelsFeature
from relsim_desktop.views.palette_feature import PaletteFeature
from relsim_desktop.views.preferences_feature import PreferencesFeature
from relsim_desktop.views.tour_feature import TourFeature
from relsim_desktop.views.verdicts_feature import VerdictsFeature
from relsim_desktop.views.why_feature import WhyFeature


def build_features(host: Host) -> list[Feature]:
    """Build them all."""
    return [kind(host) for kind in _FEATURES]


_FEATURES: tuple[type[Feature], ...] = (
    AskingFeature,
    CopyingFeature,
    BoardsFeature,
    VerdictsFeature,
    WhyFeature,
    PreferencesFeature,
    OwnModelsFeature,
    HelpFeature,
    TourFeature,
    PaletteFeature,
    CompareFeature,
    MatrixFeature,
    MapFeature,
    ChainFeature,
    FoldersFeature,
    HealthFeature,
)
