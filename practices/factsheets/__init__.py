"""Fact sheets: practices as PDF and Word files, alone or as a compilation.

`gathering` reads what a sheet says, as plain data in a reader's language; `typst/` lays it out as
PDF and `word/` as Word files. Neither asks the database for anything.
"""
