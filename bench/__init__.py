"""Speeds and qualities of Milepost, each as a ratio against a peer in the same run."""
