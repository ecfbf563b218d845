"""What a request asks, read the same way by pages and API: parameters, forms of a resource, parts of lists, drafts."""
