"""Files that people write: person files and the content of the catalogue, read with every problem at once."""
