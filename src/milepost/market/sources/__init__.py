"""Advertisements from files, folders, mail, saved pages, tables and the clipboard, without personal data."""

from milepost.market.sources.drafts import Rejected
from milepost.market.sources.pasted import parse_pasted, render_ad, render_pay
from milepost.market.sources.reading import AdsRead, all_files, count_rows, iterate_ads, read_ads, stream_ads
from milepost.market.sources.walking import expand_paths

__all__ = [
    "AdsRead",
    "Rejected",
    "all_files",
    "count_rows",
    "expand_paths",
    "iterate_ads",
    "parse_pasted",
    "read_ads",
    "render_ad",
    "render_pay",
    "stream_ads",
]
