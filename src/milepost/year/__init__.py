"""The year as it is lived: progress, forecast, practice, retention, milestones and what to do today."""
