"""The site of these pages: built by Sphinx from Markdown and docstrings, with no request to any other host."""

import re
from itertools import count
from pathlib import Path

from sphinx.application import Sphinx

from milepost import __version__

project = "Milepost"
author = "The Milepost authors"
project_copyright = author
release = version = __version__

extensions = ["myst_parser", "sphinx.ext.autodoc"]
exclude_patterns = ["schemas/*"]
source_suffix = {".md": "markdown"}
myst_heading_anchors = 3
suppress_warnings = ["myst.header"]
language = "en"

html_theme = "furo"
html_title = f"Milepost {__version__}"
html_static_path = ["site.css"]
html_css_files = ["site.css"]
html_show_sourcelink = False
html_copy_source = False
html_permalinks_icon = "#"
pygments_style = "a11y-high-contrast-light"
pygments_dark_style = "a11y-high-contrast-dark"

autodoc_member_order = "bysource"
autodoc_class_signature = "separated"
autodoc_typehints = "signature"
python_use_unqualified_type_names = True
add_module_names = False


NAMED = {
    'role="heading"': 'role="heading" aria-level="2"',
    '<aside class="sidebar-drawer">': '<aside class="sidebar-drawer" aria-label="Pages">',
    '<aside class="toc-drawer">': '<aside class="toc-drawer" aria-label="On this page">',
}
TABLE = re.compile('<div class="table-wrapper ')
"""What the theme leaves without a name or a level for screen readers."""


def setup(app: Sphinx) -> None:
    """Mend what the theme lacks, and lead to the changelog where it is a page."""
    app.connect("source-read", _lead_to_the_changelog)
    app.connect("build-finished", _name_the_parts)


def _lead_to_the_changelog(_app: Sphinx, _page: str, source: list[str]) -> None:
    source[0] = source[0].replace("](../CHANGELOG.md)", "](changelog.md)")


def _name_the_parts(app: Sphinx, fault: Exception | None) -> None:
    if fault is None:
        for page in Path(app.outdir).rglob("*.html"):
            text = page.read_text(encoding="utf-8")
            for found, named in NAMED.items():
                text = text.replace(found, named)
            number = count(1)
            text = TABLE.sub(
                lambda _, number=number: (
                    f'<div tabindex="0" role="region" aria-label="Table {next(number)}" class="table-wrapper '
                ),
                text,
            )
            page.write_text(text, encoding="utf-8")
