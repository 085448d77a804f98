"""The nouns that two packages share: frozen values, without I/O, clock or dice."""
