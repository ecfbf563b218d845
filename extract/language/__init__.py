"""How Vietnamese official text is written: letters, words, symbols, dates, places; all from the tables."""
