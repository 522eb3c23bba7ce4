"""Tables to measure: published examples, and any small one."""

from __future__ import annotations

import networkx as nx
import numpy as np
from hypothesis import strategies as st
from scipy import sparse

BACKBONE = np.array([[1, 0, 1, 1], [0, 1, 0, 0], [1, 0, 0, 1]])
"""The table of the test suite of the R package backbone."""
SOUTHERN = nx.davis_southern_women_graph()
WOMEN = {name.split()[0]: i for i, name in enumerate(SOUTHERN.graph["top"])}
DAVIS = sparse.csr_array(
    nx.bipartite.biadjacency_matrix(SOUTHERN, SOUTHERN.graph["top"], SOUTHERN.graph["bottom"])
).astype(np.int64)


def table_of(dense: object) -> sparse.csr_array:
    return sparse.csr_array(np.asarray(dense, np.int64))


@st.composite
def tables(draw: st.DrawFn, most: int = 7) -> sparse.csr_array:
    """Return a 0/1 table without an empty row or item."""
    rows, items = draw(st.integers(2, most)), draw(st.integers(2, most))
    cells = draw(st.lists(st.booleans(), min_size=rows * items, max_size=rows * items))
    dense = np.array(cells, np.int64).reshape(rows, items)
    dense[np.arange(rows), np.arange(rows) % items] = 1
    dense[np.arange(items) % rows, np.arange(items)] = 1
    return table_of(dense)
