"""The web side: a local site over a graph, and the same pages as files."""
