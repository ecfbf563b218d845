"""What people change through the site: what they say by hand, whose office it is, the documents that they add."""
