"""What the graph's evidence says when it is put together: candidates and missing functions."""
