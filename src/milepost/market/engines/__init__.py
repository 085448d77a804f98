"""Counting a corpus of any size: in one process, on all cores, or on a cluster, with the same result.

Every engine turns advertisements into the same rows, one Parquet file a batch
(``parts``), and the same queries count them (``tally``).
"""
