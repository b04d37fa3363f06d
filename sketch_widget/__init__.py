"""Draw in a notebook, add a few words, and get a picture back."""

__version__ = "0.1.0"
