"""The front page: every command with its line of help.

Kept apart from the parser, which takes longer to load than the page takes to show.
"""

GROUPS: dict[str, dict[str, str]] = {
    "Your roadmap": {
        "demo": "Run the main job for Alex, Jordan and Sam.",
        "init": "Write a commented person file from a few good questions.",
        "check": "List every problem in person files.",
        "levels": "Show levels: claimed, shown, estimated with intervals.",
        "gaps": "Rank gaps by severity × impact and show the focus.",
        "assess": "Take an adaptive test, or ask which assessment matters.",
        "plan": "Solve for the best plan that the hours allow.",
    },
    "Evidence": {
        "evidence": "Read CVs and repositories, and propose what they show.",
        "task": "Take a practical task, graded by hidden tests.",
        "ask": "Ask a colleague for their word on some skills.",
        "calibrate": "Fit the test items to the answers of many people.",
    },
    "The year": {
        "today": "Say what to do now.",
        "log": "Write down one session of work or practice.",
        "checkin": "Answer the five questions of the week.",
        "done": "Close an activity by its evidence.",
        "skip": "Take an activity off the year, with the reason.",
        "pause": "Stop the clock: nothing is expected, nothing is late.",
        "resume": "End the pause.",
        "cards": "Go through the cards that are due, or make one.",
        "progress": "Show planned, earned and actual, and when you will finish.",
        "replan": "Move what is left of the year, changing little.",
        "undo": "Take back the newest change.",
    },
    "The market": {
        "demand": "Count what advertisements ask for.",
        "count": "Count a corpus of any size by month, skill and role.",
        "trend": "Show the hype guard's board: adopt, trial, watch, hold, ignore.",
        "consider": "Weigh one new thing before it costs hours.",
        "mentions": "Show which skills advertisements name, and how they ask.",
        "make-role": "Propose a role of your own from advertisements.",
        "add-skill": "Add a skill of your own that Milepost does not know.",
    },
    "Routes and comparison": {
        "routes": "Compare inside and outside moves, for the target and near roles.",
        "compare": "Compare recorded years: what paid, and when the move came.",
    },
    "Frameworks and taxonomies": {
        "import-role": "Make a role of your own from a framework or a ladder.",
        "add-role": "Add a role file to the own roles of a person.",
        "map-skills": "Link skills to your download of ESCO or O*NET.",
        "export-skills": "Give all skills as open data: JSON, CSV, SKOS.",
    },
    "Pages": {
        "publish": "Make a site of what you chose to show.",
        "draft": "Outline a text from your own record: post, talk, brag.",
        "serve": "Open the web app on this computer.",
        "mcp": "Serve the same verbs to a language model, on stdio.",
    },
    "People and files": {
        "import": "Put person files into the workspace.",
        "export": "Take a person or their plan out of the workspace.",
        "people": "List the people of the workspace.",
        "delete": "Erase a person from the workspace, with every version.",
        "list": "List the roles, skills or activities that Milepost knows.",
        "settings": "Show every constant with its basis.",
    },
}
"""Every command with its line of help, in groups, in the order of a first visit."""

COMMANDS: dict[str, str] = {name: line for group in GROUPS.values() for name, line in group.items()}

_TOP = """\
Usage: milepost [OPTIONS] COMMAND [ARGS]...

  A dated roadmap from what you can do to the job you want.

  First steps:
    milepost demo --out DIR       three worked examples
    milepost init me.yaml         a file about you, in five minutes
    milepost plan me.yaml         your year

Options:
  --version        Show the version and exit.
  --workspace URL  A path, sqlite:///… or postgresql://… (default: your data
                   folder).
  -h, --help       Show this message and exit.
"""


def front_page() -> str:
    """What ``milepost --help`` shows."""
    width = max(map(len, COMMANDS))
    groups = (
        f"\n{title}:\n" + "".join(f"  {name:{width}}  {line}\n" for name, line in group.items())
        for title, group in GROUPS.items()
        if group
    )
    return _TOP + "".join(groups)
