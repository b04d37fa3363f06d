"""Texts of the offline area: `key: (English, Chinese)`."""

TEXTS: dict[str, tuple[str, str]] = {
    "offline.fault": (
        'No fault is written as {value!r}. Write "operation kind" or "operation kind=value", for example "submit 429", '
        '"poll 503 x3" or "task partial=1"; the operations are {operations}. '
        "The docstring of sketch_widget.offline.faults lists the kinds.",
        '没有 {value!r} 这种故障。请写成 "操作 种类" 或 "操作 种类=值"，例如 "submit 429"、"poll 503 x3" 或 '
        '"task partial=1"；操作有 {operations}。各种类见 sketch_widget.offline.faults 的文档字符串。',
    ),
    "offline.no_uvicorn": (
        "Serving on a port needs uvicorn. Install it into this Python:\n"
        "  python3 -m pip --python {python} install uvicorn",
        "在端口上提供服务需要 uvicorn。请把它安装到当前的 Python：\n  python3 -m pip --python {python} install uvicorn",
    ),
    "offline.serving": (
        "The offline service listens on {url} (Ctrl+C ends it). Any key is taken; pictures are painted by rules.",
        "离线服务正在 {url} 上监听（按 Ctrl+C 结束）。任何 API Key 均可使用；图片按规则绘制，并非由模型生成。",
    ),
    "offline.serving_keys": (
        "The offline service listens on {url} (Ctrl+C ends it). Keys that are taken: {count}; pictures are painted by "
        "rules.",
        "离线服务正在 {url} 上监听（按 Ctrl+C 结束）。可用的 API Key 共 {count} 个；图片按规则绘制，并非由模型生成。",
    ),
    "offline.folder": (
        "The offline service cannot write its folder {path}: {reason}. Make room or set SKETCH_WIDGET_HOME elsewhere.",
        "离线服务无法写入其文件夹 {path}：{reason}。请腾出空间，或将 SKETCH_WIDGET_HOME 设为其他位置。",
    ),
    "offline.seconds": (
        "The least time of a task must be a number of seconds, 0 or more, not {value}.",
        "任务的最短时间应为不小于 0 的秒数，而不是 {value}。",
    ),
    "offline.choice": (
        "{field} must be one of {allowed}, not {value}.",
        "{field} 应为 {allowed} 之一，而不是 {value}。",
    ),
    "offline.port": (
        "A port is a whole number from 0 to {last}, not {value}.",
        "端口应为 0 到 {last} 之间的整数，而不是 {value}。",
    ),
    "offline.no_host": (
        "Cannot listen on {host}: no computer has this name. Use 127.0.0.1, or an address of this computer.",
        "无法在 {host} 上监听：没有叫这个名称的计算机。请使用 127.0.0.1 或本机的地址。",
    ),
    "offline.no_port": (
        "Cannot listen on {host}:{port}: {reason}. Choose another port or host.",
        "无法在 {host}:{port} 上监听：{reason}。请换一个端口或地址。",
    ),
}
