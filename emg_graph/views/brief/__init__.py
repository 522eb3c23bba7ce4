"""The collaboration brief of one agreement: two pages and an annex."""

from __future__ import annotations

from emg_graph.views.brief.content import Brief
from emg_graph.views.brief.gathering import make_brief

__all__ = ["Brief", "make_brief"]
