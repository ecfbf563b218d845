"""Text to facts: references, bodies, relations and actions in Vietnamese official text."""
