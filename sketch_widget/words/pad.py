"""Texts of the pad area: `key: (English, Chinese)`."""

TEXTS: dict[str, tuple[str, str]] = {}
