"""Texts of the page area: `key: (English, Chinese)`."""

TEXTS: dict[str, tuple[str, str]] = {
    # the controls
    "page.language": ("Language", "语言"),
    "page.prompt": ("What should it show?", "想画什么？"),
    "page.prompt.hint": ("for example: a big tree by a lake, morning light", "例如：湖边的大树，清晨的阳光"),
    "page.prompt.meter": ("{used} of {limit} characters", "{used} / {limit} 个字符"),
    "page.prompt.over": (
        "The service reads only the first {limit} characters. It would leave out:",
        "服务只读取前 {limit} 个字符，以下部分会被忽略：",
    ),
    "page.style": ("Style", "风格"),
    "page.n": ("Pictures", "张数"),
    "page.weight": ("Keep to the drawing", "贴近草图的程度"),
    "page.weight.low": ("freely", "自由发挥"),
    "page.weight.high": ("closely", "严格贴合"),
    "page.extraction": ("Treat it as a photo: take its edges", "把草图当作照片：提取其轮廓"),
    "page.extraction.note": (
        "For a photo, use generate() in Python. Switches the ink colours off.",
        "照片请在 Python 中用 generate() 传入。开启后，线条颜色不起作用。",
    ),
    "page.inks": ("Ink colours", "线条颜色"),
    "page.inks.auto": ("Read from the drawing.", "取自草图。"),
    "page.inks.edited": ("Edited by you.", "由您修改。"),
    "page.inks.none": ("They appear here once you draw.", "开始绘画后显示在这里。"),
    "page.inks.off": ("Off, because the edges of a photo are taken.", "正在提取照片的轮廓，颜色不起作用。"),
    "page.inks.again": ("Auto again", "恢复自动"),
    "page.inks.add": ("Add a colour", "添加颜色"),
    "page.inks.remove": ("Remove {color}", "删除 {color}"),
    "page.inks.remove.short": ("Remove", "删除"),
    "page.inks.pick": ("Pick a colour instead of {color}", "选择颜色以替换 {color}"),
    "page.inks.numbers": ("Red, green, blue (0 to 255)", "红、绿、蓝（0 到 255）"),
    "page.inks.bad": (
        "{value} is no colour. Write three numbers from 0 to 255, such as 123, 123, 123.",
        "{value} 不是颜色。请写三个 0 到 255 之间的数字，例如 123, 123, 123。",
    ),
    "page.inks.lost": (
        "None of these colours is in the drawing: the service would see empty paper.",
        "草图中没有这些颜色，服务会把它看成一张白纸。",
    ),
    "page.inks.preview": (
        "What the service takes as ink (black) and as paper (white)",
        "服务看到的线条（黑）与纸面（白）",
    ),
    "page.generate.one": ("Generate 1 picture", "生成 1 张图片"),
    "page.generate.more": ("Generate {n} pictures", "生成 {n} 张图片"),
    "page.generate.sending": ("Sending …", "正在发送……"),
    "page.need.both": ("Draw something and add a few words first.", "请先画点什么，再写几个词。"),
    "page.need.drawing": ("Draw something first.", "请先画点什么。"),
    "page.need.words": ("Add a few words first.", "请先写几个词。"),
    "page.need.task": ("Enter the task's id first.", "请先填写任务 ID。"),
    "page.need.ink": ("Waiting until the kernel has the whole drawing …", "正在等待内核接收完整的草图……"),
    "page.need.kernel": ("Waiting for the kernel …", "正在等待内核……"),
    "page.gone": ("The kernel has stopped. Run this cell again.", "内核已停止。请重新运行此单元格。"),
    "page.name": (
        "SketchWidget() takes nothing named {value}. Leave it out, or use one of {allowed}.",
        "SketchWidget() 没有名为 {value} 的参数。请去掉，或使用：{allowed}。",
    ),
    "page.name.near": (
        "SketchWidget() takes nothing named {value}. Did you mean {near}? There are {allowed}.",
        "SketchWidget() 没有名为 {value} 的参数。您是想用 {near} 吗？可用的参数为 {allowed}。",
    ),
    # which service is in use
    "page.service.offline": ("Offline preview", "离线预览"),
    "page.service.offline.note": (
        "Painted by rules, not by a model. No key, no cost.",
        "按规则绘制，并非模型生成。无需密钥，不产生费用。",
    ),
    "page.service.online": ("DashScope", "百炼（DashScope）"),
    "page.service.online.note": (
        "Pictures are made by wanx-sketch-to-image-lite and billed to your account.",
        "图片由 wanx-sketch-to-image-lite 生成，费用计入您的账号。",
    ),
    "page.service.other": ("Another service", "其他服务"),
    "page.service.other.note": ("The pictures come from the client that you passed in.", "图片来自您传入的客户端。"),
    "page.service.use_key": ("Use your own account", "使用自己的账号"),
    "page.service.use_offline": ("Use the offline preview", "使用离线预览"),
    "page.service.how_key": (
        "Set the environment variable DASHSCOPE_API_KEY before the kernel starts. Or run this line, which asks for the "
        "key and keeps it until the kernel ends; then run this cell again:",
        "请在启动内核之前设置环境变量 DASHSCOPE_API_KEY；或运行下面这行代码，"
        "它会询问密钥并保留到内核结束，然后重新运行本单元格：",
    ),
    "page.service.how_offline": ("Run this line in a cell:", "请在单元格中运行这行代码："),
    # the results
    "page.pictures": ("Pictures", "图片"),
    "page.empty.title": ("Your pictures will appear here", "图片将显示在这里"),
    "page.empty.text": (
        "Draw on the pad, say in a few words what it is, and choose Generate.",
        "在画板上画一画，用几个词说明内容，然后点击“生成”。",
    ),
    "page.card.drawing": ("Drawing", "草图"),
    "page.card.drawing.alt": ("The drawing for: {prompt}", "草图：{prompt}"),
    "page.card.picture": ("Picture {index}", "图片 {index}"),
    "page.card.picture_offline": ("Picture {index}, offline preview", "图片 {index}，离线预览"),
    "page.card.picture.alt": ("Picture {index} in the style {style}: {prompt}", "图片 {index}，{style}风格：{prompt}"),
    "page.card.offline": ("offline preview", "离线预览"),
    "page.card.one": ("1 picture", "1 张"),
    "page.card.more": ("{n} pictures", "{n} 张"),
    "page.card.weight": ("sketch_weight\u00a0{weight}", "sketch_weight\u00a0{weight}"),
    "page.card.extraction": ("edges of a photo", "照片轮廓"),
    "page.card.saved": ("Saved in {folder}", "已保存到 {folder}"),
    "page.card.answer": ("The service's words", "服务返回的信息"),
    "page.card.request_id": ("Request id", "请求 ID"),
    "page.card.task_id": ("Task id", "任务 ID"),
    "page.card.missing": ("Picture {index} is missing: {reason}", "缺少图片 {index}：{reason}"),
    "page.card.unread": (
        "The service reads only the first {limit} characters; this is the rest.",
        "服务只读取前 {limit} 个字符，这是其余部分。",
    ),
    "page.card.heard": (
        "Heard: {words}. Words set the colours and the surroundings; the shapes are those of your drawing.",
        "听懂的词：{words}。词语决定配色和场景，形状来自你的画。",
    ),
    "page.card.unheard": (
        "The offline painters know none of these words: colours and surroundings are their own choice.",
        "离线绘制不认识这些词，配色和场景由它自行选择。",
    ),
    "page.card.repeat": (
        "The same drawing and words again: the offline painters give the same pictures. Change a word, a colour or the "
        "style for others.",
        "草图和提示词都与之前相同，所以离线绘制的图片也相同。换一个词、一种颜色或另一种风格，就会得到不同的图片。",
    ),
    "page.blank.loading": ("loading …", "加载中……"),
    "page.blank.gone": ("Run the cell again to see it", "重新运行本单元格即可查看"),
    "page.blank.lost": ("its file is gone", "文件已不存在"),
    "page.blank.not_made": ("not made", "未生成"),
    "page.older": ("Show {n} older", "显示更早的 {n} 个"),
    "page.fewer": ("Hide the older ones", "收起更早的"),
    "page.told": ("{reason}", "{reason}"),
    "page.note.unconfirmed": (
        "The service may have accepted it, so it is not sent again by itself. Look at your account's task list: if the "
        "task is there, enter its id; if it is not, drop this job and generate again.",
        "服务可能已经接受，因此不会自动重新发送。请查看账号的任务列表："
        "如有该任务，请填写任务 ID；如没有，请放弃后重新生成。",
    ),
    "page.note.expired": (
        "The service keeps tasks and pictures for 24 hours, and these are gone. Generating again makes new pictures.",
        "服务只保留任务和图片 24 小时，现在它们已被删除。重新生成会得到新的图片。",
    ),
    "page.do.cancel": ("Cancel", "取消"),
    "page.do.detach": ("Stop waiting", "不再等待"),
    "page.do.again": ("Use again", "再次使用"),
    "page.do.again.title": (
        "Put this drawing, these words and these settings back into the controls",
        "把这张草图、提示词和设置放回控件",
    ),
    "page.again.drawing": (
        "Drawing, words and settings are put back. Undo brings the former drawing back.",
        "草图、提示词和设置已放回。点击“撤销”可恢复之前的草图。",
    ),
    "page.again.form": (
        "Words and settings are put back. The drawing on the pad is as it was.",
        "提示词和设置已放回。画板上的草图没有变化。",
    ),
    "page.do.retry": ("Try again", "重试"),
    "page.do.words": ("Change the words", "修改提示词"),
    "page.do.adopt": ("It is this task", "就是这个任务"),
    "page.do.give_up": ("Drop it", "放弃"),
    "page.do.remove": ("Remove", "移除"),
    "page.do.remove.title": (
        "Take this card off the page; nothing is deleted",
        "从页面上移除这张卡片；不会删除任何文件",
    ),
    "page.do.put_back": ("Undo", "撤销"),
    "page.removed": (
        "Removed from the page: {prompt}. Nothing is deleted: history() still has the run.",
        "已从页面移除：{prompt}。没有删除任何文件：history() 中仍有这条记录。",
    ),
    "page.do.show": ("Show", "查看"),
    "page.do.show.title": ("Scroll to the pictures", "滚动到图片处"),
    "page.do.save": ("Save", "保存"),
    "page.do.more": ("Show all", "显示全部"),
    "page.do.less": ("Show less", "收起"),
    "page.do.copy": ("Copy", "复制"),
    "page.do.copied": ("Copied", "已复制"),
    "page.do.refused": ("That did not work: {reason}", "操作未成功：{reason}"),
    "page.status.idle": ("Nothing is running.", "没有正在进行的任务。"),
    "page.status.busy": ("{running} under way, {queued} queued", "进行中 {running} 个，排队 {queued} 个"),
    "page.status.latest": ("Latest: {status}", "最近：{status}"),
    # pictures that still wait at the service
    "page.recover.one": ("1 picture asked for earlier is waiting.", "之前请求的 1 张图片尚未取回。"),
    "page.recover.more": ("{n} pictures asked for earlier are waiting.", "之前请求的 {n} 张图片尚未取回。"),
    "page.recover.elsewhere.one": (
        "1 picture waits under another key, address or service; use that one to fetch it.",
        "另有 1 张图片属于其他密钥、地址或服务，请换回原来的设置再取回。",
    ),
    "page.recover.elsewhere.more": (
        "{n} pictures wait under another key, address or service; use that one to fetch them.",
        "另有 {n} 张图片属于其他密钥、地址或服务，请换回原来的设置再取回。",
    ),
    "page.recover.expired": (
        "Expired, because nobody fetched its pictures within 24 hours: {prompt}",
        "已过期（24 小时内没有取回图片）：{prompt}",
    ),
    "page.recover.do": ("Fetch them", "取回图片"),
    # the grid of a sweep
    "grid.drawing": ("The drawing", "草图"),
    "grid.made": ("{made} {cost}", "{made}{cost}"),
    "grid.cost.offline": ("No key, no cost.", "无需密钥，不产生费用。"),
    "grid.cost": (
        "Up to {n} pictures are billed to your account; what was not sent yet is cancelled at no cost.",
        "最多 {n} 张图片的费用计入您的账号；尚未发送的可以取消，不产生费用。",
    ),
    "grid.count.done": ("{n} of {all} squares done", "已完成 {n}/{all} 格"),
    "grid.count.going": ("{n} under way", "进行中 {n} 格"),
    "grid.count.waiting": ("{n} waiting", "等待中 {n} 格"),
    "grid.count.failed": ("{n} failed", "失败 {n} 格"),
    "grid.count.cancelled": ("{n} cancelled", "已取消 {n} 格"),
    "grid.count.unconfirmed": ("{n} to be decided", "待确认 {n} 格"),
    "grid.cancel": ("Cancel the {n} that wait", "取消等待中的 {n} 格"),
    "grid.alt": ("{values}: picture {index}", "{values}：图片 {index}"),
    "grid.alt.offline": ("{values}: picture {index}, offline preview", "{values}：图片 {index}，离线预览"),
    "grid.open": ("Open in full size", "查看原图"),
    "grid.previous": ("Previous", "上一张"),
    "grid.next": ("Next", "下一张"),
    "grid.close": ("Close", "关闭"),
    "grid.unconfirmed": (
        "To decide, show this job by itself: jobs[{place}] of the sweep.",
        "如需处理，请单独显示这个任务：该组合实验的 jobs[{place}]。",
    ),
    "grid.gone": (
        "The kernel has stopped. What was finished is in history(); running this cell again makes new pictures.",
        "内核已停止。已完成的图片可用 history() 查看；重新运行本单元格会生成新的图片。",
    ),
    "grid.cut_off": (
        "Since this page was reloaded, new pictures no longer reach the saved notebook by themselves; they are on "
        "disk. To keep them here too, show the sweep in a new cell once it is done.",
        "页面重新加载后，新图片不会自动存入笔记本文件，但已保存在磁盘上。"
        "如需留在笔记本中，请在全部完成后用一个新单元格再次显示它。",
    ),
    "grid.sheet": ("{title}. Across: {columns}. {made}", "{title}。横向：{columns}。{made}"),
    "grid.sheet.rows": (
        "{title}. Across: {columns}. Down: {rows}. {made}",
        "{title}。横向：{columns}。纵向：{rows}。{made}",
    ),
    # the plain picture output
    "page.reloaded": (
        "Since this page was reloaded, new pictures no longer reach the saved notebook by themselves. "
        "Run this cell again to keep them in the notebook; they are on disk meanwhile. "
        "Or keep only the latest: run this line in a new cell.",
        "页面重新加载后，新图片不会自动存入笔记本文件。重新运行本单元格，即可把它们留在笔记本中；"
        "在此期间图片已保存在磁盘上。也可以只保留最新的图片：在新单元格中运行下面这行代码。",
    ),
    "page.sheet.offline": (
        "{style} · offline preview: painted by rules, not by a model",
        "{style} · 离线预览：按规则绘制，并非模型生成",
    ),
    "page.sheet.online": ("{style} · wanx-sketch-to-image-lite", "{style} · wanx-sketch-to-image-lite"),
    "page.sheet.none": ("no pictures yet", "还没有图片"),
    "page.plain": ("SketchWidget: a drawing pad with its controls and pictures", "SketchWidget：画板、控件与图片"),
}
