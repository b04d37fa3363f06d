"""Texts of the drawing pad: `key: (English, Chinese)`."""

TEXTS: dict[str, tuple[str, str]] = {
    "pad.pen": ("Pen", "画笔"),
    "pad.eraser": ("Eraser", "橡皮"),
    "pad.undo": ("Undo", "撤销"),
    "pad.redo": ("Redo", "重做"),
    "pad.clear": ("Clear", "清空"),
    "pad.width": ("Width", "粗细"),
    "pad.black": ("Black", "黑"),
    "pad.blue": ("Blue", "蓝"),
    "pad.orange": ("Orange", "橙"),
    "pad.green": ("Green", "绿"),
    "pad.pink": ("Pink", "粉"),
    "pad.other": ("Other", "其他颜色"),
    "pad.no_color": (
        "{value} is no colour that covers the paper. Write a name such as 'red', or '#rrggbb'.",
        "{value} 不是可用的颜色。请写颜色名称（例如 'red'）或 '#rrggbb'。",
    ),
    "pad.start": ("Start from", "从示例开始"),
    "pad.cat": ("Cat", "猫"),
    "pad.house": ("House", "房子"),
    "pad.flower": ("Flower", "花"),
    "pad.fish": ("Fish", "鱼"),
    "pad.sailboat": ("Sailboat", "帆船"),
    "pad.hint": ("Draw here", "在这里画"),
    "pad.tools": ("Drawing tools", "绘画工具"),
    "pad.stage": (
        "Drawing pad. Draw with mouse, pen or finger; Tab and Escape leave it.",
        "画板。用鼠标、触控笔或手指绘画；按 Tab 或 Esc 离开。",
    ),
    "pad.keys": (
        "Keys while the pad is in use: P pen, E eraser, 1–5 colours, [ ] width, Ctrl+Z undo, Ctrl+Y redo, Esc leave.",
        "使用画板时的快捷键：P 画笔，E 橡皮，1–5 颜色，[ ] 粗细，Ctrl+Z 撤销，Ctrl+Y 重做，Esc 离开。",
    ),
    "pad.busy": (
        "The kernel is busy. What you draw is kept and handed over when it is free ({count} waiting).",
        "内核正忙。您画的内容已保留，内核空闲后会自动提交（等待中：{count}）。",
    ),
    "pad.dead": (
        "The kernel has stopped. Run this cell again; what you draw until then is kept on this page.",
        "内核已停止。请重新运行此单元格；在此之前画的内容会保留在本页面中。",
    ),
    "pad.dead_waiting": (
        "The kernel has stopped. Run this cell again: what you drew is kept on this page and handed over then "
        "({count} waiting).",
        "内核已停止。请重新运行此单元格：您画的内容保留在本页面中，届时会自动提交（等待中：{count}）。",
    ),
    "pad.restored": (
        "This is the drawing you left here. Undo takes it back step by step; Clear starts anew.",
        "这是您上次留下的画。“撤销”可逐步退回，“清空”可重新开始。",
    ),
    "pad.damaged": (
        "The file of this drawing was damaged: {count} line(s) could not be read. A copy stands beside {path}.",
        "这幅画的文件已损坏：有 {count} 行无法读取。副本保存在 {path} 旁边。",
    ),
    "pad.file": (
        "The drawing cannot be kept in {path} ({reason}). You can go on drawing, but a new kernel will not bring it "
        "back. Free space, or choose another folder with SKETCH_WIDGET_HOME.",
        "无法把画保存到 {path}（{reason}）。您可以继续画，但新内核无法恢复它。"
        "请腾出空间，或用 SKETCH_WIDGET_HOME 另选文件夹。",
    ),
    "pad.file_version": (
        "{path} was written in version {value} of the format; this program knows version {known}, so this drawing is "
        "not saved. Update sketch_widget, or give the pad another name.",
        "{path} 的格式版本为 {value}；本程序只认识版本 {known}，因此这幅画不会保存。"
        "请升级 sketch_widget，或给画板另取名字。",
    ),
    "pad.message": (
        "Something that is no stroke reached the pad and was left out ({reason}). Load the page again if this goes on.",
        "画板收到了无效的内容，已忽略（{reason}）。如果反复出现，请重新载入页面。",
    ),
    "pad.size": (
        "The pad takes drawings of {side} x {side} pixels, not {value}. Give the sketch size=({side}, {side}).",
        "画板只接受 {side} x {side} 像素的画，而不是 {value}。请使用 size=({side}, {side})。",
    ),
    "pad.sketch_kind": (
        "pad.sketch takes a Sketch, not {value}. Write pad.sketch = Sketch([Stroke([(x, y), ...]), ...]).",
        "pad.sketch 只接受 Sketch，而不是 {value}。请写 pad.sketch = Sketch([Stroke([(x, y), ...]), ...])。",
    ),
    "pad.name": (
        'A pad\'s name is a text such as "tree", not {value}. Leave it out to take the cell for it.',
        '画板的名字应为文字，例如 "tree"，而不是 {value}。不填则由单元格决定。',
    ),
    "pad.tool": (
        'The tool is "pen" or "eraser", not {value}.',
        '工具应为 "pen"（画笔）或 "eraser"（橡皮），而不是 {value}。',
    ),
    "pad.width_range": (
        "The pad's pens are {least} to {most} pixels wide, not {value}.",
        "画板的笔宽应为 {least} 到 {most} 像素，而不是 {value}。",
    ),
    "pad.starter": (
        "There is no starter drawing {value}. Choose one of {allowed}.",
        "没有名为 {value} 的示例画。可选：{allowed}。",
    ),
}
