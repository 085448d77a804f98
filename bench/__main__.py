"""``python -m bench [plan|psplib|startup]``: print the tables; without a name, all three."""

import argparse
import os
import platform

from bench import planning, psplib, startup

PARTS = {"plan": planning.report, "psplib": psplib.report, "startup": startup.report}


def main() -> None:
    """Run the parts asked for, cheapest first."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("part", nargs="?", choices=sorted(PARTS), help="only this part")
    wanted = parser.parse_args().part
    load = os.getloadavg()[0]
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores, load {load:.1f} before the start")
    for name in ("startup", "psplib", "plan"):
        if wanted in (None, name):
            PARTS[name]()


if __name__ == "__main__":
    main()
