"""The MCP server: the verbs of the contract as tools, people and plans as resources, prompts for a coach."""
