"""``python -m bench [PART]``: print the tables of one part; without a name, of all."""

import argparse
import os
import platform

from bench import (
    compare,
    extraction,
    hype,
    levels,
    planning,
    psplib,
    replan,
    repository,
    roles,
    startup,
    testing,
    today,
    web,
)

PARTS = {
    "startup": startup.report,
    "today": today.report,
    "testing": testing.report,
    "levels": levels.report,
    "compare": compare.report,
    "psplib": psplib.report,
    "extraction": extraction.report,
    "replan": replan.report,
    "hype": hype.report,
    "repository": repository.report,
    "roles": roles.report,
    "web": web.report,
    "plan": planning.report,
}


def main() -> None:
    """Run the parts asked for, cheapest first."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("part", nargs="?", choices=sorted(PARTS), help="only this part")
    wanted = parser.parse_args().part
    load = os.getloadavg()[0]
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores, load {load:.1f} before the start")
    for name, part in PARTS.items():
        if wanted in (None, name):
            part()


if __name__ == "__main__":
    main()
