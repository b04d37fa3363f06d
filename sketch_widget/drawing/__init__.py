"""Drawings as values: strokes, exact pixels, inks, picture files. No clock, no network, no widgets."""
