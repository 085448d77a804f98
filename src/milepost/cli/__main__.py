"""``python -m milepost.cli`` does the same as ``milepost``."""

from milepost.cli.entry import main

if __name__ == "__main__":
    main()
