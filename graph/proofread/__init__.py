"""What a draft gets wrong about the documents that it cites, and about its own form."""
