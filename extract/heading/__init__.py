"""The document's own identity: its heading, signature block and recipients."""
