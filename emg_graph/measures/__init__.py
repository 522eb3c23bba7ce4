"""Measures of tables and networks, each small, from the literature, and free of our data."""
