"""The declaration of the marketing scenario."""

from workbench.scenario import Scenario

from .channels.task import ChannelsTask
from .creative.task import CreativeTask
from .design.task import DesignTask
from .law.task import CheckTask
from .performance.task import PerformanceTask
from .results.task import ResultsTask
from .seo.task import SeoTask
from .voice.task import VoiceTask

MARKETING = Scenario(
    slug="marketing",
    icon="campaign",
    tasks=(
        CreativeTask(),
        CheckTask(),
        ChannelsTask(),
        PerformanceTask(),
        DesignTask(),
        VoiceTask(),
        ResultsTask(),
        SeoTask(),
    ),
    knowledge=("sample-support",),
)
