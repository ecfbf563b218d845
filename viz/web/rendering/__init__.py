"""How what the graph holds is written on pages: templates, links, filters, drawings that stand in a page."""
