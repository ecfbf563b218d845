"""Document registers: a table whose rows are documents."""
