"""The features of a window, in the order of their buttons and menu entries."""

from __future__ import annotations

from relsim_desktop.views.analogy.feature import AnalogyFeature
from relsim_desktop.views.asking.feature import AskingFeature
from relsim_desktop.views.boards.feature import BoardsFeature
from relsim_desktop.views.chain.feature import ChainFeature
from relsim_desktop.views.compare.feature import CompareFeature
from relsim_desktop.views.help.feature import HelpFeature
from relsim_desktop.views.judging.feature import VerdictsFeature
from relsim_desktop.views.library.folders_feature import FoldersFeature
from relsim_desktop.views.library.health_feature import HealthFeature
from relsim_desktop.views.map.feature import MapFeature
from relsim_desktop.views.matrix.feature import MatrixFeature
from relsim_desktop.views.models.own_models_feature import OwnModelsFeature
from relsim_desktop.views.palette.feature import PaletteFeature
from relsim_desktop.views.preferences.feature import PreferencesFeature
from relsim_desktop.views.study.feature import StudyFeature
from relsim_desktop.views.tour.feature import TourFeature
from relsim_desktop.views.why.feature import WhyFeature
from relsim_desktop.views.window.copying_feature import CopyingFeature
from relsim_desktop.views.window.feature import Feature, Host


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
    AnalogyFeature,
    StudyFeature,
    FoldersFeature,
    HealthFeature,
)
