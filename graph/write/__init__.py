"""Facts to quads, and a build of a graph folder."""
