"""Taxonomies, frameworks and ladders as the user downloaded them; nothing is fetched."""
