"""Views of a graph: HTML pages and printed tables."""
