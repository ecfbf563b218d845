"""The index of all words: of what documents and bodies are called, and of what the files say. Made with a generation, then only read."""
