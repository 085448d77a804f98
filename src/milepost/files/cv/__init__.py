"""CVs in the formats that people have them in → the lines and the entries that they hold."""
