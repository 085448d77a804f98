"""Our skills against the taxonomies and frameworks of others: links and role drafts, each with its confidence."""
