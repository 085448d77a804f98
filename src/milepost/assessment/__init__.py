"""Tests that adapt to the person: item response theory, the session, calibration."""
