"""The bridges as text for a terminal, as rows, and as JSON."""

from emg_graph.analysis.bridges.tabular import to_table as to_table
from emg_graph.views.bridges.document import to_json as to_json
from emg_graph.views.bridges.text import hidden as hidden
from emg_graph.views.bridges.text import to_text as to_text
