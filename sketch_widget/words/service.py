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
        "There is no style {shown}. Choose one of {allowed}.",
        "没有 {shown} 这种风格。请选择其中一种：{allowed}。",
    ),
    "request.style.near": (
        "There is no style {shown}. Did you mean {near}? The styles are {allowed}.",
        "没有 {shown} 这种风格。您是想用{near}吗？可用的风格为：{allowed}。",
    ),
    "request.style.type": (
        'style must be a text such as "watercolor" or a Style, not {shown}.',
        'style 应为文本（例如 "watercolor"）或 Style，而不是 {shown}。',
    ),
    "request.prompt.type": (
        "prompt must be a text, not {shown}. Describe what the picture shows, in English or Chinese.",
        "prompt 应为文本，而不是 {shown}。请用中文或英文描述图片的内容。",
    ),
    "request.prompt.empty": (
        "The prompt is empty. Describe what the picture shows, in English or Chinese.",
        "提示词为空。请用中文或英文描述图片的内容。",
    ),
    "request.prompt.text": (
        "Character {position} of the prompt is half of a character and cannot be sent. Type that character again.",
        "提示词的第 {position} 个字符不完整，无法发送。请重新输入该字符。",
    ),
    "request.number": (
        "{field} must be a whole number from {low} to {high}, not {shown}.",
        "{field} 应为 {low} 到 {high} 之间的整数，而不是 {shown}。",
    ),
    "request.switch": (
        "{field} must be True or False, not {shown}.",
        "{field} 应为 True 或 False，而不是 {shown}。",
    ),
    "request.size": (
        "The service makes pictures of {allowed} pixels only; size cannot be {shown}. Leave size out.",
        "服务只生成 {allowed} 像素的图片，size 不能为 {shown}。请不要填写 size。",
    ),
    "request.sketch_color": (
        'sketch_color must be "auto" or a list of colours such as [(0, 0, 0), (123, 123, 123)], not {shown}.',
        'sketch_color 应为 "auto" 或颜色列表，例如 [(0, 0, 0), (123, 123, 123)]，而不是 {shown}。',
    ),
    "request.sketch_color.entry": (
        "Every colour in sketch_color must be three whole numbers (red, green, blue) from 0 to 255, not {shown}. "
        "A single colour is written [(123, 123, 123)].",
        "sketch_color 中的每种颜色都应是 0 到 255 之间的三个整数（红、绿、蓝），而不是 {shown}。"
        "只有一种颜色时请写成 [(123, 123, 123)]。",
    ),
    "request.sketch_color.auto": (
        'sketch_color is still "auto", so the colours to send are not known yet. '
        "Fill them in with request.resolved(inks_of(pixels)).",
        'sketch_color 仍为 "auto"，还不知道要发送哪些颜色。请用 request.resolved(inks_of(pixels)) 填入颜色。',
    ),
    "request.json": (
        "This is not a saved request: {shown}. Use text that request.to_json() returned.",
        "这不是已保存的请求：{shown}。请使用 request.to_json() 返回的文本。",
    ),
    "request.version": (
        "The saved request has the format {shown}, which this version of sketch_widget cannot read. "
        "Update sketch_widget.",
        "已保存请求的格式为 {shown}，当前版本的 sketch_widget 无法读取。请升级 sketch_widget。",
    ),
    "service.base_url": (
        "The service's address must look like https://host/api/v1: http or https, a host, perhaps a path; no user "
        "name, no question mark. Correct base_url or DASHSCOPE_HTTP_BASE_URL.",
        "服务地址应形如 https://host/api/v1：以 http 或 https 开头，包含主机名，可带路径，不含用户名和问号。"
        "请更正 base_url 或 DASHSCOPE_HTTP_BASE_URL。",
    ),
    "service.key_shape": (
        "The API key is not in order: it must be a text of ASCII letters, digits and marks, without spaces or line "
        "breaks. Copy it again from the service's console. (It is not shown here.)",
        "API Key 格式不对：应为由 ASCII 字母、数字和符号组成的文本，不含空格和换行。请从服务控制台重新复制。"
        "（此处不显示 Key。）",
    ),
    "service.no_key": (
        "An API key is needed and none was given. Set DASHSCOPE_API_KEY, or draw with the offline service, "
        "which needs none.",
        "需要 API Key，但没有提供。请设置 DASHSCOPE_API_KEY，或使用不需要 Key 的离线服务。",
    ),
    "service.workspace_shape": (
        "The workspace id {value!r} cannot be sent: it must be a text such as llm-abc123, without spaces.",
        "工作空间 ID {value!r} 无法发送：应为 llm-abc123 这样的文本，不含空格。",
    ),
    "service.timeout": (
        "timeout must be a number of seconds above 0 and at most {longest}, not {shown}. Leave it out for 30 seconds.",
        "timeout 应为大于 0 且不超过 {longest} 的秒数，而不是 {shown}。不填则为 30 秒。",
    ),
    "service.task_id": (
        "A task id must be a text such as 13b1848b-5493-4c0e-8c44-68d038b492af, not {value!r}.",
        "任务 ID 应为 13b1848b-5493-4c0e-8c44-68d038b492af 这样的文本，而不是 {value!r}。",
    ),
    "service.sketch_image_url": (
        "The sketch's address {value!r} cannot be sent: it must begin with https://, http:// or oss:// and hold only "
        "ASCII characters, without spaces. Upload the sketch first.",
        "草图地址 {value!r} 无法发送：应以 https://、http:// 或 oss:// 开头，只含 ASCII 字符，不含空格。请先上传草图。",
    ),
    "service.sketch_kind": (
        "The sketch to upload is not a PNG, JPEG or WEBP picture. Save it as a PNG.",
        "要上传的草图不是 PNG、JPEG 或 WEBP 图片。请保存为 PNG。",
    ),
    "service.sketch_size": (
        "The sketch has {size:.1f} MB; the service takes up to {limit:.0f} MB. Make it smaller.",
        "草图大小为 {size:.1f} MB，服务最多接受 {limit:.0f} MB。请缩小草图。",
    ),
    "service.key_refused": (
        "The service does not accept the API key. Check that it is complete and belongs to the China (Beijing) region."
        "{details}",
        "服务不接受该 API Key。请检查 Key 是否完整，并确认其属于华北 2（北京）地域。{details}",
    ),
    "service.workspace": (
        "The service does not open this workspace to the key. Check the workspace id, or leave it out.{details}",
        "该 Key 无权访问此工作空间。请检查工作空间 ID，或不填写。{details}",
    ),
    "service.not_allowed": (
        "The account may not use this model or call. Open the model in the service's console, or ask whoever manages "
        "the account.{details}",
        "当前账号无权使用该模型或接口。请在服务控制台开通该模型，或联系账号管理员。{details}",
    ),
    "service.account": (
        "The service's account has an open bill or has not bought this model. Settle it in the service's console; "
        "waiting does not help.{details}",
        "服务账号已欠费或尚未开通该模型。请在服务控制台处理，等待无法解决。{details}",
    ),
    "service.quota": (
        "The account's free quota is used up. Allow paid use in the service's console; waiting does not help.{details}",
        "账号的免费额度已用完。请在服务控制台开启付费使用，等待无法解决。{details}",
    ),
    "service.throttled": (
        "The service gets too many calls from this account at the moment. Wait a minute and try again.{details}",
        "当前账号的请求过于频繁。请等待一分钟后重试。{details}",
    ),
    "service.throttled.passing": (
        "The service gets too many calls from this account at the moment. The job waits and tries again by itself."
        "{details}",
        "当前账号的请求过于频繁。稍后会自动重试。{details}",
    ),
    "service.content": (
        "The service's content check refused the words or the picture. Change the prompt or the drawing.{details}",
        "服务的内容检查未通过。请修改提示词或草图。{details}",
    ),
    "service.picture": (
        "The service could not use the sketch. Use a PNG with equal sides of 256 to 2048 pixels and at most 10 MB."
        "{details}",
        "服务无法使用该草图。请使用边长为 256 到 2048 像素、不超过 10 MB 的正方形 PNG 图片。{details}",
    ),
    "service.picture_fetch": (
        "The service could not fetch the sketch from its address. Upload the sketch again, or use an address that "
        "everybody can open.{details}",
        "服务无法从该地址下载草图。请重新上传草图，或使用公网可以访问的地址。{details}",
    ),
    "service.bad_request": (
        "The service did not understand what was sent. Check the parameters; if they are right, update sketch_widget."
        "{details}",
        "服务无法接受所发送的内容。请检查参数；如果参数无误，请升级 sketch_widget。{details}",
    ),
    "service.cancel_refused": (
        "The task can no longer be cancelled: the service only cancels tasks that still wait.{details}",
        "任务已无法取消：服务只能取消仍在排队的任务。{details}",
    ),
    "service.fault": (
        "The service failed by itself. Try again later; if it stays so, give its support the request_id.{details}",
        "服务内部出错。请稍后重试；如果仍然失败，请将 request_id 提供给服务的技术支持。{details}",
    ),
    "service.fault.passing": (
        "The service had a fault of its own. The job waits and tries again by itself.{details}",
        "服务内部出错。稍后会自动重试。{details}",
    ),
    "service.answer": (
        "What answered is not the service, or its answer cannot be understood. Check the network (a login page, a "
        "proxy) and the service's address.{details}",
        "收到的不是服务的应答，或应答无法理解。请检查网络（登录页、代理）和服务地址。{details}",
    ),
    "service.other": (
        "The service refused with a reason that is not in its documents. Its own words say more.{details}",
        "服务拒绝了请求，原因不在其文档之列。详见服务返回的信息。{details}",
    ),
    "service.upload": (
        "The service's file store did not take the sketch. Try again.{details}",
        "服务的文件存储没有接收草图。请重试。{details}",
    ),
    "service.upload.passing": (
        "The service's file store did not take the sketch. The job waits and tries again by itself.{details}",
        "服务的文件存储没有接收草图。稍后会自动重试。{details}",
    ),
    "service.gone": (
        "The picture is no longer at its address: the service keeps pictures for 24 hours. Make it again.{details}",
        "图片已不在原地址：服务只保留图片 24 小时。请重新生成。{details}",
    ),
    "service.address": (
        "The service named the host {host}, which is neither its own nor its file store, so nothing was sent there or "
        "taken from there. Check the service's address.",
        "服务给出的主机 {host} 既不是服务本身，也不是其文件存储，因此没有与其传输数据。请检查服务地址。",
    ),
    "service.no_picture": (
        "What came instead of a picture is no PNG, JPEG or WEBP. Try again; check the network (a login page, a proxy)."
        "{details}",
        "收到的内容不是 PNG、JPEG 或 WEBP 图片。请重试，并检查网络（登录页、代理）。{details}",
    ),
    "service.half_picture": (
        "Only a part of the picture came. Try again.",
        "只收到了图片的一部分。请重试。",
    ),
    "service.too_large": (
        "The answer is larger than {limit:.0f} MB and was not read further. Check the service's address.",
        "应答超过 {limit:.0f} MB，已停止读取。请检查服务地址。",
    ),
    "service.no_connection": (
        "{host} could not be reached, and nothing was sent. Check the network and the service's address. ({reason})",
        "无法连接 {host}，没有发送任何内容。请检查网络和服务地址。（{reason}）",
    ),
    "service.surroundings": (
        "This computer's network settings cannot be used, and nothing was sent. Check SSL_CERT_FILE, SSL_CERT_DIR and "
        "the proxy's settings. ({reason})",
        "无法使用本机的网络设置，没有发送任何内容。请检查 SSL_CERT_FILE、SSL_CERT_DIR 和代理设置。（{reason}）",
    ),
    "service.proxy": (
        "The proxy did not let the call through to {host}, and nothing was sent. Check the proxy's settings. "
        "({reason})",
        "代理没有放行到 {host} 的请求，没有发送任何内容。请检查代理设置。（{reason}）",
    ),
    "service.no_answer": (
        "{host} did not answer in time; the call may have arrived all the same. ({reason})",
        "{host} 未及时应答，但请求可能已经送达。（{reason}）",
    ),
    "service.cut_off": (
        "The connection to {host} broke before the answer was complete; the call may have arrived all the same. "
        "({reason})",
        "与 {host} 的连接在收到完整应答之前中断，但请求可能已经送达。（{reason}）",
    ),
}
