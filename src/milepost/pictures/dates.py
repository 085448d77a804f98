"""Dates as people say them, in the language of the picture."""

from milepost.model.language import day, span

__all__ = ["day", "span"]
