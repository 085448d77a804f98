"""What advertisements ask for: skill mentions, demand counts and the shipped demand packs."""
