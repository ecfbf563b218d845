"""Where a text names documents and bodies."""
