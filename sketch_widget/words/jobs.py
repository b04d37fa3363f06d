"""Texts of the jobs area: `key: (English, Chinese)`."""

TEXTS: dict[str, tuple[str, str]] = {}
