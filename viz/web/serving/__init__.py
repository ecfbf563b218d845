"""The site as a server: its applications, their processes, and what is answered where nothing can be shown."""
