"""How the tables came about, one step a file. A step that was published never changes."""
