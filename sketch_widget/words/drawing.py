"""Texts about settings, drawings, inks and picture files: `key: (English, Chinese)`."""

TEXTS: dict[str, tuple[str, str]] = {
    "settings.service": (
        "SKETCH_WIDGET_SERVICE is {value!r}; it may be one of {allowed}. Change or unset it.",
        "SKETCH_WIDGET_SERVICE 的值是 {value!r}；可用的值为 {allowed}。请修改或取消设置。",
    ),
    "settings.key_file": (
        "DASHSCOPE_API_KEY_FILE_PATH names {path}, which cannot be read: {reason}. Correct or unset it, or set "
        "SKETCH_WIDGET_SERVICE=offline to work without a key.",
        "DASHSCOPE_API_KEY_FILE_PATH 指定的 {path} 无法读取：{reason}。请更正或取消设置，"
        "或设置 SKETCH_WIDGET_SERVICE=offline，不用密钥。",
    ),
    "settings.lang": (
        "{name} is {value!r}; it may be one of {allowed}. Change it or leave it out.",
        "{name} 的值是 {value!r}；可用的值为 {allowed}。请修改或取消设置。",
    ),
    "drawing.color": (
        "A colour is written '#rrggbb' with hexadecimal digits, such as '#7b7b7b', not {value}.",
        "颜色应写作 '#rrggbb'（十六进制），例如 '#7b7b7b'，而不是 {value}。",
    ),
    "drawing.white": (
        "White (#ffffff) is the paper and cannot be a pen. Choose another colour, or use the eraser.",
        "白色（#ffffff）是纸的颜色，不能作为画笔。请换一种颜色，或使用橡皮。",
    ),
    "drawing.width": (
        "A pen is more than 0 and at most 768 pixels wide, not {value}.",
        "画笔宽度应大于 0 且不超过 768 像素，而不是 {value}。",
    ),
    "drawing.points_shape": (
        "A stroke needs points as (N, 2) numbers, x right and y down, at least one; this is {value}.",
        "一笔需要形如 (N, 2) 的坐标点（x 向右，y 向下），至少一个；这里是 {value}。",
    ),
    "drawing.points_many": (
        "A stroke has at most {most} points, not {value}. Split it into several strokes.",
        "一笔最多有 {most} 个点，而不是 {value} 个。请分成几笔。",
    ),
    "drawing.points_far": (
        "Point {at} of the stroke is {value}: coordinates must be numbers no farther than {farthest} pixels away.",
        "这一笔的第 {at} 个点是 {value}：坐标必须是数字，且距离不超过 {farthest} 像素。",
    ),
    "drawing.strokes": (
        "A sketch is made of Stroke objects, not of {value}. Write Sketch([Stroke([(x, y), ...]), ...]).",
        "草图由 Stroke 对象组成，而不是 {value}。请写成 Sketch([Stroke([(x, y), ...]), ...])。",
    ),
    "drawing.size": (
        "A sketch's size is (width, height), each {least} to {most} pixels, not {value}.",
        "草图尺寸应为（宽，高），各 {least} 到 {most} 像素，而不是 {value}。",
    ),
    "drawing.json": (
        "This text is not a saved sketch ({reason}). Use what Sketch.to_json() wrote.",
        "这段文字不是保存的草图（{reason}）。请使用 Sketch.to_json() 写出的内容。",
    ),
    "drawing.json_version": (
        "This sketch was saved in version {value} of the format; this program knows version {known}. "
        "Update sketch_widget.",
        "这份草图的格式版本为 {value}；本程序只认识版本 {known}。请升级 sketch_widget。",
    ),
    "drawing.no_strokes": (
        "{path} is a picture without strokes inside. Pass the picture itself to generate(), "
        "or open a file that Sketch.save() wrote.",
        "{path} 是一张不带笔画的图片。请把图片直接传给 generate()，或打开由 Sketch.save() 保存的文件。",
    ),
    "drawing.save": (
        "{path} cannot be written: {reason}. Choose another folder or name.",
        "无法写入 {path}：{reason}。请换一个文件夹或文件名。",
    ),
    "drawing.empty": (
        "The drawing is empty. Draw at least one stroke.",
        "画板是空的。请至少画一笔。",
    ),
    "inks.exact": (
        "All {pixels} ink pixels are exact, in {colors} colours.",
        "全部 {pixels} 个笔迹像素都是精确颜色，共 {colors} 种。",
    ),
    "inks.exact.one": (
        "All {pixels} ink pixels are exact, in one colour.",
        "全部 {pixels} 个笔迹像素都是精确颜色，只有一种。",
    ),
    "inks.blended": (
        "{percent} % of the {pixels} ink pixels are blended, in {colors} more colours: this is not a drawing of exact "
        "inks. For a photograph or a painting switch sketch_extraction on; with an empty sketch_color the service "
        "tells dark from light.",
        "{pixels} 个笔迹像素中有 {percent} % 是混合色（另有 {colors} 种颜色）：这不是由精确颜色画成的。"
        "照片或绘画请打开 sketch_extraction；sketch_color 为空时由服务按明暗区分。",
    ),
    "picture.no_lines": (
        "No lines were found in {name}: all of it is white. Use a picture of lines on white.",
        "在 {name} 中没有找到线条：整张图片都是白色。请使用白底线条的图片。",
    ),
    "picture.array": (
        "A picture is an (H, W, 3) or (H, W, 4) uint8 array, not {value}.",
        "图片应是 (H, W, 3) 或 (H, W, 4) 的 uint8 数组，而不是 {value}。",
    ),
    "drawing.alt": ("A drawing; number of strokes: {strokes}", "草图，笔画数：{strokes}"),
    "picture.kind": (
        "A sketch may be a Sketch, an array, a path, the bytes of a picture file or a PIL image, not {value}.",
        "草图可以是 Sketch、数组、路径、图片文件的字节或 PIL 图像，而不是 {value}。",
    ),
    "picture.file": (
        "{path} cannot be read: {reason}. Check the path.",
        "无法读取 {path}：{reason}。请检查路径。",
    ),
    "picture.file_large": (
        "{path} has {size} bytes; at most {most} are read. Save the picture smaller.",
        "{path} 有 {size} 字节；最多读取 {most} 字节。请把图片存得小一些。",
    ),
    "picture.format": (
        "{name} is no picture that can be used. Use one of {allowed}.",
        "{name} 不是可用的图片。请使用 {allowed} 之一。",
    ),
    "picture.broken": (
        "{name} is a broken picture ({reason}). Save or download it again.",
        "{name} 是损坏的图片（{reason}）。请重新保存或下载。",
    ),
    "picture.pixels": (
        "{name} has too many pixels ({value}); at most {most} are unpacked. Make the picture smaller.",
        "{name} 的像素太多（{value}）；最多展开 {most} 个像素。请缩小图片。",
    ),
    "picture.heavy": (
        "The picture to send has {size} bytes; the service takes less than {most}. Make it smaller or simpler.",
        "要发送的图片有 {size} 字节；服务只接受小于 {most} 字节。请缩小或简化图片。",
    ),
}
