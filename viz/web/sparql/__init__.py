"""The query service: the SPARQL protocol, and what the service says of itself."""
