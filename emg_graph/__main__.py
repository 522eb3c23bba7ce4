"""``python -m emg_graph``: the same as the command ``emg-graph``."""

from emg_graph.cli import main

main()
