"""The pages, one module each with its routes, and what they show as plain data."""
