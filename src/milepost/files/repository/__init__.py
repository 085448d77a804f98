"""Reading git repositories: the person's own commits, and what their files show; nothing of a repository runs."""
