"""Finding public practices by words and facets."""
