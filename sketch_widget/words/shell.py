"""Texts of the shell: `key: (English, Chinese)`."""

TEXTS: dict[str, tuple[str, str]] = {
    "cli.about": ("From a sketch and a few words to pictures.", "用草图和几句话生成图片。"),
    "cli.generate": ("turn a sketch into pictures", "把草图变成图片"),
    "cli.resume": ("bring home what earlier runs left unfinished (24 h)", "取回之前未完成的任务（24 小时内）"),
    "cli.serve": ("serve the offline service over HTTP", "通过 HTTP 提供离线服务"),
    "cli.usage": ("usage:", "用法："),
    "cli.commands": ("commands", "命令"),
    "cli.arguments": ("arguments", "参数"),
    "cli.options": ("options", "选项"),
    "cli.help": ("show this help and end", "显示本帮助并退出"),
    "cli.missing_arguments": (
        "Still missing: {names} (one of those with | between them). --help explains them.",
        "还缺少：{names}（用 | 分隔的任选其一）。可用 --help 查看说明。",
    ),
    "cli.unknown_arguments": (
        "Unknown here: {names}. --help lists what there is.",
        "不认识：{names}。可用 --help 查看可用的选项。",
    ),
    "cli.choice": (
        "{name} cannot be {value}. Choose from {allowed}.",
        "{name} 不能为 {value}。可选：{allowed}。",
    ),
    "cli.value_missing": (
        "{name} needs a value behind it. --help explains it.",
        "{name} 之后需要填写一个值。可用 --help 查看说明。",
    ),
    "cli.value_unwanted": (
        "{name} takes no value, and {value} was given. Leave it out.",
        "{name} 之后不需要值，却填写了 {value}。请去掉。",
    ),
    "cli.ambiguous": (
        "{value} may mean several options. Write one of them out: {allowed}.",
        "{value} 可能是多个选项的缩写。请写出完整的选项：{allowed}。",
    ),
    "cli.sketch": ("a picture file: lines on white", "图片文件：白底线条"),
    "cli.prompt": ("what the picture shows, 75 characters", "图片的内容，75 个字符"),
    "cli.style": ("one of: {styles}", "可选：{styles}"),
    "cli.n": ("how many pictures, 1 to 4", "图片数量，1 到 4"),
    "cli.weight": ("how closely to follow the sketch, 0 to 10", "与草图的相似程度，0 到 10"),
    "cli.extraction": ("the sketch is an ordinary picture; take its edges", "草图是普通图片，提取其边缘"),
    "cli.color": (
        "an ink colour such as #7b7b7b, may be repeated; all inks when not given",
        "笔迹颜色，例如 #7b7b7b，可重复；不填则取全部笔迹颜色",
    ),
    "cli.out": ("where to put the pictures; they stay in the history too", "图片的存放位置；历史记录中也会保留"),
    "cli.service": (
        "auto (DashScope where a key is found), offline, dashscope",
        "auto（有密钥则用 DashScope）、offline、dashscope",
    ),
    "cli.lang": ("en, zh or auto", "en、zh 或 auto"),
    "cli.host": (
        "where to listen (default: {default}); whoever reaches it can let it paint, with any key",
        "监听地址（默认：{default}）；能访问它的人用任意密钥即可让它绘图",
    ),
    "cli.port": (
        "the port; 0 takes a free one (default: {default})",
        "端口；0 表示任选空闲端口（默认：{default}）",
    ),
    "cli.fault": (
        "what is to go wrong, may be repeated: an operation (submit, poll, list, cancel, permit, upload, result) with "
        "a status, code=CODE, html, untyped, gzip, cut-before, cut-after, cut-within, stall, truncated or expired; or "
        'task with fail=CODE, partial=PICTURES or slow=SECONDS. Such as "submit 429 x2", "poll 429 retry-after=20", '
        '"task partial=1"',
        "要发生的故障，可重复：操作（submit、poll、list、cancel、permit、upload、result）加状态码、code=错误码、html、"
        "untyped、gzip、cut-before、cut-after、cut-within、stall、truncated 或 expired；或 task 加 fail=错误码、"
        'partial=图片数 或 slow=秒数。例如 "submit 429 x2"、"poll 429 retry-after=20"、"task partial=1"',
    ),
    "cli.concurrency": (
        "what happens to a second task of an account: it waits (queue) or is refused with 429 (strict); "
        "default: {default}",
        "同一账号的第二个任务：排队等待（queue）或以 429 拒绝（strict）；默认：{default}",
    ),
    "cli.edition": (
        "which of the service's two published error tables speaks about a bad sketch (default: {default})",
        "草图有问题时，采用服务公布的两版错误码中的哪一版（默认：{default}）",
    ),
    "cli.seconds": ("how long a task runs at least, in seconds", "每个任务至少运行的秒数"),
    "cli.keys": (
        "a file with the keys that are taken, one a line; any key when not given",
        "可用密钥的文件，每行一个；不填则接受任何密钥",
    ),
    "cli.workspace": (
        "a workspace that exists, may be repeated; any when not given",
        "存在的业务空间，可重复；不填则接受任何业务空间",
    ),
    "cli.fetch_public": (
        "fetch sketches from public http and https addresses too; without it nothing leaves this computer",
        "也从公网 http 和 https 地址下载草图；不加此项则不访问外部网络",
    ),
    "cli.keys_file": (
        "Cannot read the file of keys {path}: {reason}. Write one key a line into it.",
        "无法读取密钥文件 {path}：{reason}。请在其中每行写一个密钥。",
    ),
    "cli.keys_none": (
        "There is no key in {path}, so nobody could use the service. Write one key a line into it, or leave --keys "
        "out.",
        "{path} 中没有密钥，没有人能使用服务。请在其中每行写一个密钥，或不填 --keys。",
    ),
    "cli.error": ("Error: {reason}", "错误：{reason}"),
    "cli.note": ("Note: {text}", "提示：{text}"),
    "cli.missing": ("Picture {index} is missing. {reason}", "缺少第 {index} 张图片。{reason}"),
    "cli.interrupted_unsent": ("Stopped; nothing was sent.", "已停止，没有发送任何内容。"),
    "cli.interrupted": (
        "Stopped waiting; run {run} goes on at the service. Within 24 hours, this brings its pictures home:\n"
        "  {python} -m sketch_widget resume",
        "已停止等待；记录 {run} 在服务端继续进行。24 小时内可用以下命令取回图片：\n  {python} -m sketch_widget resume",
    ),
    "cli.nothing": ("Nothing is unfinished.", "没有未完成的任务。"),
    "cli.elsewhere": (
        "Run {run} ({prompt!r}) belongs to another key, address or service ({service}) and is not fetched here; use "
        "that one within 24 hours.",
        "记录 {run}（{prompt!r}）属于另一个密钥、地址或服务（{service}），这里无法取回；请在 24 小时内换回原来的设置。",
    ),
    "cli.expired": (
        "Run {run} ({prompt!r}) has expired: the service kept its pictures for 24 hours, and nobody fetched them.",
        "记录 {run}（{prompt!r}）已过期：服务端只保留图片 24 小时，其间没有取回。",
    ),
    "cli.unsent": (
        "Run {run} ({prompt!r}) was never sent and costs nothing; it is not sent now. Generate it again if you still "
        "want it.",
        "记录 {run}（{prompt!r}）从未发送，不产生费用，现在也不会发送。如仍需要，请重新生成。",
    ),
    "cli.no_key": (
        "DashScope needs a key and none was found. Set DASHSCOPE_API_KEY, or write the key into ~/.dashscope/api_key, "
        "or use --service offline.",
        "DashScope 需要密钥，但没有找到。请设置 DASHSCOPE_API_KEY，或把密钥写入 ~/.dashscope/api_key，"
        "或使用 --service offline。",
    ),
    "cli.unconfirmed": (
        "The service's answer was lost, so the request may have been accepted and paid for; it is not sent again by "
        "itself. Look at the account's tasks; where the task is listed, resume looks for it again within 24 hours. "
        "{reason}",
        "没有收到服务的答复，请求可能已被接受并计费，因此不会自动重发。请查看账号的任务列表；如果其中有这个任务，"
        "24 小时内可用 resume 再次查找。{reason}",
    ),
    "cli.again_unsent": (
        "It is tried for about two minutes in all; Ctrl+C ends it.",
        "总共重试约两分钟；按 Ctrl+C 可停止。",
    ),
    "cli.again": (
        "It is tried again by itself; Ctrl+C ends the waiting, not the task.",
        "会自动重试；按 Ctrl+C 只停止等待，不会停止任务。",
    ),
    "cli.out_folder": (
        "Pictures cannot be put into {path}: {reason}. Nothing was sent. Name another folder with --out, or leave it "
        "out.",
        "无法把图片放入 {path}：{reason}。没有发送任何内容。请用 --out 指定其他文件夹，或不填写。",
    ),
    "cli.out_file": (
        "The picture could not be put into {path}: {reason}. It is kept as {kept}.",
        "无法把图片放入 {path}：{reason}。图片保存在 {kept}。",
    ),
}
