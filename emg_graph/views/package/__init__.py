"""The country package of an agreement: who could do what there, and a plan to fill in."""

from __future__ import annotations

from emg_graph.views.package.content import Package
from emg_graph.views.package.gathering import make_package

__all__ = ["Package", "make_package"]
