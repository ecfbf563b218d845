"""By when something is due: a day, a term from one, or again and again."""
