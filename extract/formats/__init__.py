"""Readers of file formats: bytes to text or rows, chosen by content."""
