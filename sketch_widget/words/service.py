"""Texts of the service area: `key: (English, Chinese)`."""

TEXTS: dict[str, tuple[str, str]] = {}
