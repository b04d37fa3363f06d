"""The record on disk of what was asked and what came back."""
