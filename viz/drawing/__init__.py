"""The drawing of a graph: what it holds, where things stand, how they look."""
