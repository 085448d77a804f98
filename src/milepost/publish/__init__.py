"""Values → one HTML page, a PDF, a calendar, Markdown, CSV, JSON Resume and JSON documents.

One module a form, imported by name: most commands need one of them, and Typst, Jinja and
icalendar are heavy.
"""
