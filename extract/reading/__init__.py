"""A text laid out for reading: paragraphs healed, footnotes set apart, quotations known."""
