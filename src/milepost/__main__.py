"""``python -m milepost`` does the same as ``milepost``."""

from milepost.cli import main

if __name__ == "__main__":
    main()
