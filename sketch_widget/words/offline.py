"""Texts of the offline area: `key: (English, Chinese)`."""

TEXTS: dict[str, tuple[str, str]] = {}
