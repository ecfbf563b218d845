"""The questions that people ask of a graph, and their answers."""
