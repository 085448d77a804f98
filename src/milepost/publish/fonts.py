"""The letters that Typst does not bring itself: Chinese, Japanese and Korean ones, from a package."""

from importlib.resources import files


def font_folders() -> list[str]:
    """Folders of fonts that are the same on every machine.

    Typst's own Libertinus Serif has Latin, Greek and Cyrillic letters; Noto Sans CJK has the rest
    of the names that are written in Chinese, Japanese or Korean.
    """
    return [str(files("noto_cjk_sans_otc"))]
