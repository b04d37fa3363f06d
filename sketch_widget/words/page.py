"""Texts of the page area: `key: (English, Chinese)`."""

TEXTS: dict[str, tuple[str, str]] = {}
