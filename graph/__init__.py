"""Facts to RDF, the store, and the questions asked of it."""
