"""The declaration of the HR scenario."""

from workbench.scenario import Scenario

from .assess.task import AssessTask
from .interview.task import InterviewTask
from .match_task import MatchTask

HR = Scenario(
    slug="hr", icon="group_search", tasks=(MatchTask(), InterviewTask(), AssessTask()), keep_days=180, readers=("hr",)
)
"""Resumes are kept half a year: personal information no longer than its purpose needs (PIPL art. 19). They are shown to
the HR role, and each view is on record (art. 51)."""
