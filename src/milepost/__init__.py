"""Milepost: a career roadmap system for AI engineers."""
