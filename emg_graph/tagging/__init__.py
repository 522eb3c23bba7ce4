"""Find in a text the themes and the agreements that its words name; knows no RDF.

``Tagger`` is built from the concept scheme and the tables of agreements and bodies, so that a new
name is a new label in the data and no code. How it reads a text:

1. ``words``: words with their places, folded and reduced to a stem (``stems``) in the language of
   the text (``language``); an acronym counts only as it is written.
2. ``agreements``: the names of agreements, the longest first.
3. ``lexicon``: the labels of themes, the longest first, each word used once; a label of two themes
   names both. Phrases in which a word has another sense (``senses``) take part and name nothing.
4. ``institutions`` and ``asides``: words in the name of a body or of those who act, or set aside
   by "non-", "other than", "excluding" or "without", name no theme.
5. ``breadth``: within one noun phrase the narrower theme stands for its broader ones.

``benchmarks/tagging.py`` measures it on titles that were labelled by reading.
"""

from __future__ import annotations

from emg_graph.tagging.tagger import Match, Tagger

__all__ = ["Match", "Tagger"]
