"""Tables whose rows are tasks: who leads and helps, what, and by when, each in its column or stacked below the others."""
