"""What a person can ask for, one function each: load, work out, save, return.

One file per group of verbs; no rule about the domain lives here. Nothing is imported here, so
that a command loads only what it uses.
"""
