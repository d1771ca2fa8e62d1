"""Writing a deliverable as Word, Excel or Markdown with its sources, its findings and the AI-content label."""

from .exporter import DocumentExporter

__all__ = ["DocumentExporter"]
