"""Texts of the drawing area: `key: (English, Chinese)`."""

TEXTS: dict[str, tuple[str, str]] = {
    "settings.service": (
        "SKETCH_WIDGET_SERVICE is {value!r}; it may be one of {allowed}. Change or unset it.",
        "SKETCH_WIDGET_SERVICE 的值是 {value!r};可用的值为 {allowed}。请修改或取消设置。",
    ),
}
