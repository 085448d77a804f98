"""The web app: the same verbs as the command line, as pages and as an API, on this computer only."""
