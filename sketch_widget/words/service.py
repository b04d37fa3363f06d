"""Texts of the service area: `key: (English, Chinese)`."""

TEXTS: dict[str, tuple[str, str]] = {
    "style.auto": ("Automatic", "自动"),
    "style.cartoon_3d": ("3D cartoon", "3D 卡通"),
    "style.anime": ("Anime", "二次元"),
    "style.oil_painting": ("Oil painting", "油画"),
    "style.watercolor": ("Watercolor", "水彩"),
    "style.sketch": ("Sketch", "素描"),
    "style.chinese_painting": ("Chinese painting", "中国画"),
    "style.flat_illustration": ("Flat illustration", "扁平插画"),
    "request.style": (
        "There is no style {shown}. Choose one of {allowed}; the angle brackets may be left out.",
        "没有 {shown} 这种风格。请从 {allowed} 中选择一种,尖括号可以省略。",
    ),
    "request.style.near": (
        "There is no style {shown}. Did you mean {near}? The styles are {allowed}; the angle brackets may be left out.",
        "没有 {shown} 这种风格。您是想用 {near} 吗?可用的风格为 {allowed},尖括号可以省略。",
    ),
    "request.style.type": (
        'style must be a text such as "watercolor" or a Style, not {shown}.',
        'style 应为文本(例如 "watercolor")或 Style,而不是 {shown}。',
    ),
    "request.prompt.type": (
        "prompt must be a text, not {shown}. Describe what the picture shows, in English or Chinese.",
        "prompt 应为文本,而不是 {shown}。请用中文或英文描述图片的内容。",
    ),
    "request.prompt.empty": (
        "The prompt is empty. Describe what the picture shows, in English or Chinese.",
        "提示词为空。请用中文或英文描述图片的内容。",
    ),
    "request.prompt.text": (
        "Character {position} of the prompt is half of a character and cannot be sent. Type that character again.",
        "提示词的第 {position} 个字符不完整,无法发送。请重新输入该字符。",
    ),
    "request.number": (
        "{field} must be a whole number from {low} to {high}, not {shown}.",
        "{field} 应为 {low} 到 {high} 之间的整数,而不是 {shown}。",
    ),
    "request.switch": (
        "{field} must be True or False, not {shown}.",
        "{field} 应为 True 或 False,而不是 {shown}。",
    ),
    "request.size": (
        "The service makes pictures of {allowed} pixels only; size cannot be {shown}. Leave size out.",
        "服务只生成 {allowed} 像素的图片,size 不能为 {shown}。请不要填写 size。",
    ),
    "request.sketch_color": (
        'sketch_color must be "auto" or a list of colours such as [(0, 0, 0), (123, 123, 123)], not {shown}.',
        'sketch_color 应为 "auto" 或颜色列表,例如 [(0, 0, 0), (123, 123, 123)],而不是 {shown}。',
    ),
    "request.sketch_color.entry": (
        "Every colour in sketch_color must be three whole numbers (red, green, blue) from 0 to 255, not {shown}. "
        "A single colour is written [(123, 123, 123)].",
        "sketch_color 中的每种颜色都应是 0 到 255 之间的三个整数(红、绿、蓝),而不是 {shown}。"
        "只有一种颜色时请写成 [(123, 123, 123)]。",
    ),
    "request.sketch_color.auto": (
        'sketch_color is still "auto", so the colours to send are not known yet. '
        "Fill them in with request.resolved(inks_of(pixels)).",
        'sketch_color 仍为 "auto",还不知道要发送哪些颜色。请用 request.resolved(inks_of(pixels)) 填入颜色。',
    ),
    "request.json": (
        "This is not a saved request: {shown}. Use text that request.to_json() returned.",
        "这不是已保存的请求:{shown}。请使用 request.to_json() 返回的文本。",
    ),
    "request.version": (
        "The saved request has the format {shown}, which this version of sketch_widget cannot read. "
        "Update sketch_widget.",
        "已保存请求的格式为 {shown},当前版本的 sketch_widget 无法读取。请升级 sketch_widget。",
    ),
}
