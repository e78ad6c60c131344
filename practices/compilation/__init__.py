"""How readers choose the practices of a compilation; `factsheets` makes its files."""
