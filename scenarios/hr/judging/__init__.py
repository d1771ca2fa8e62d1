"""Decides by code whether a resume meets a requirement, with the lines that show it: a module for each kind of fact."""

from .judge import Judge

__all__ = ["Judge"]
