"""Texts about jobs, runs and what the system refuses: `key: (English, Chinese)`."""

TEXTS: dict[str, tuple[str, str]] = {
    "job.state.queued": ("Next in line", "排在第一位"),
    "job.state.queued_behind": ("In line, {position} before it", "排队中，前面还有 {position} 个"),
    "job.state.queued_expected": ("Next in line, in about {wait} s", "排在第一位，约 {wait} 秒后开始"),
    "job.state.queued_behind_expected": (
        "In line, {position} before it; its turn in about {wait} s",
        "排队中，前面还有 {position} 个，约 {wait} 秒后开始",
    ),
    "job.state.sending": ("Sending the sketch", "正在发送草图"),
    "job.state.waiting": ("Waiting at the service, {seconds} s", "在服务端等待，已 {seconds} 秒"),
    "job.state.running": ("Drawing, {seconds} s", "正在绘制，已 {seconds} 秒"),
    "job.state.running_expected": (
        "Drawing, {seconds} s of about {expected} s",
        "正在绘制，已 {seconds} 秒，共约 {expected} 秒",
    ),
    "job.state.detached": (
        "Going on at the service; nobody waits, the pictures will be filed",
        "在服务端继续进行；不再等待，图片完成后会自动存档",
    ),
    "job.state.fetching": ("Fetching the pictures, {arrived} of {n}", "正在取回图片，{arrived}/{n}"),
    "job.state.unconfirmed": (
        "Perhaps accepted: the service's answer was lost",
        "可能已被接受：没有收到服务的答复",
    ),
    "job.state.done": ("Done, {arrived} of {n} saved", "完成，已保存 {arrived}/{n} 张"),
    "job.state.failed": ("Failed", "失败"),
    "job.state.cancelled": ("Cancelled", "已取消"),
    "job.state.expired": ("Expired at the service", "在服务端已过期"),
    "job.because": ("{line}. {reason}", "{line}。{reason}"),
    "job.failed": (
        "The job ended without a picture. {reason}",
        "任务结束，没有得到图片。{reason}",
    ),
    "job.dropped": (
        "The job could not be followed any further ({reason}). If it has a task, the task goes on: resume the run.",
        "无法继续跟踪这个任务（{reason}）。如果服务端已有任务，它会继续进行：请恢复这条记录。",
    ),
    "job.cancelled": (
        "The job was cancelled at the service; it costs nothing.",
        "任务已在服务端取消，不产生费用。",
    ),
    "job.cancelled_unsent": (
        "The job was cancelled before it was sent; it costs nothing.",
        "任务在发送前已取消，不产生费用。",
    ),
    "job.cancelled_late": (
        "The task was already being drawn and cannot be stopped. Its pictures will be filed with the other runs.",
        "任务已经开始绘制，无法停止。图片完成后会存入历史记录。",
    ),
    "job.expired": (
        "The service no longer has the task or its pictures; it keeps them for 24 hours. {reason}",
        "服务端已不再保留这个任务或它的图片（保留 24 小时）。{reason}",
    ),
    "job.unconfirmed": (
        "The service's answer was lost, so the request may have been accepted and paid for; it is not sent again by "
        "itself. Look at the account's tasks, then call job.adopt(task_id), or job.give_up(). {reason}",
        "没有收到服务的答复，请求可能已被接受并计费，因此不会自动重发。"
        "请查看账号的任务列表，然后调用 job.adopt(task_id) 或 job.give_up()。{reason}",
    ),
    "job.given_up": (
        "The job was given up. If the service had accepted it after all, its pictures are not fetched. {reason}",
        "已放弃这个任务。如果服务其实已接受，其图片不会被取回。{reason}",
    ),
    "job.deadline": (
        "The task takes unusually long, so nobody waits for it any more. Its pictures will be filed when it ends.",
        "任务耗时过长，已不再等待。完成后图片会自动存档。",
    ),
    "job.out_of_sight": (
        "The service does not tell how the task stands, so nobody waits for it; it is asked again from time to time. "
        "{reason}",
        "服务不返回任务的状态，因此不再等待；之后会不时再次查询。{reason}",
    ),
    "job.out_of_reach": (
        "A picture is painted and cannot be fetched just now, so nobody waits for it; it is tried again until the "
        "service drops it after 24 hours. {reason}",
        "有图片已生成，但暂时无法取回，因此不再等待；在服务端保留的 24 小时内会不断重试。{reason}",
    ),
    "job.timeout": (
        "The job is not done after {seconds} s ({status}). It goes on; call result() again, or look at job.state.",
        "等待 {seconds} 秒后任务仍未完成（{status}）。任务会继续进行；请再次调用 result()，或查看 job.state。",
    ),
    "job.result_on_loop": (
        "result() was called on the thread that carries the job, which would wait for itself. Write: run = await job.",
        "在运行任务的线程上调用了 result()，这会造成自己等待自己。请写：run = await job。",
    ),
    "job.not_unconfirmed": (
        "Only an unconfirmed job can be adopted or given up; this one is {state}.",
        "只有未确认的任务才能认领或放弃；这个任务的状态是 {state}。",
    ),
    "job.adopt_claimed": (
        "Task {task_id} already belongs to another run. Choose a task that no run has.",
        "任务 {task_id} 已属于另一条记录。请选择不属于任何记录的任务。",
    ),
    "job.resume_ended": (
        "This run has ended ({state}); there is nothing to resume. Ask for it anew instead.",
        "这条记录已结束（{state}），无需恢复。请重新提交。",
    ),
    "job.resume_elsewhere": (
        "This run was asked of {service}, and this is {here}: its task is not known here. Resume it at {service}.",
        "这条记录提交给了 {service}，而这里是 {here}，没有它的任务。请在 {service} 中恢复。",
    ),
    "job.resume_other_key": (
        "This run was asked under another key or at another address, and only there its task is known. It stays as it "
        "is: use that key and address, and resume it within 24 hours.",
        "这条记录是用另一个密钥或地址提交的，只有在那里才能查到它的任务。"
        "记录保持原样：请换回原来的密钥和地址，在 24 小时内恢复。",
    ),
    "job.picture_missing": (
        "The service sent nothing for picture {index}.",
        "服务没有返回第 {index} 张图片。",
    ),
    "run.caption": ("{prompt} · {style}", "{prompt} · {style}"),
    "run.caption.offline": ("{prompt} · {style} · offline preview", "{prompt} · {style} · 离线预览"),
    "runs.id": (
        "{value!r} is no name of a run. Use an id from history().",
        "{value!r} 不是记录的名称。请使用 history() 中的 id。",
    ),
    "runs.none": (
        "There is no run {value} in {folder}. history() lists those that there are.",
        "{folder} 中没有记录 {value}。history() 会列出已有的记录。",
    ),
    "runs.read": ("{path} cannot be read: {reason}.", "无法读取 {path}：{reason}。"),
    "runs.write": (
        "{path} cannot be written: {reason}. Free some space, or set SKETCH_WIDGET_HOME to another folder.",
        "无法写入 {path}：{reason}。请腾出空间，或把 SKETCH_WIDGET_HOME 设为其他文件夹。",
    ),
    "runs.broken": (
        "{path} holds no run that can be read ({reason}). It is left as it is.",
        "{path} 中没有可读取的记录（{reason}）。该文件夹保持原样。",
    ),
    "runs.version": (
        "{path} was written in version {version} of the format; this program knows version {known}. "
        "Update sketch_widget.",
        "{path} 的格式版本为 {version}；本程序只认识版本 {known}。请升级 sketch_widget。",
    ),
    "runs.taken": (
        "Another kernel on this machine is carrying run {value}. Let it finish, or end that kernel.",
        "本机的另一个内核正在处理记录 {value}。请等它完成，或结束那个内核。",
    ),
    "runs.lost": (
        "Another kernel has taken over run {value}, so nothing more is written here.",
        "记录 {value} 已由另一个内核接管，这里不再写入。",
    ),
    "turns.alone": (
        "Other kernels that use the same account are not known here, so the service may ask to wait.",
        "这里不知道使用同一账号的其他内核，因此服务可能会要求等待。",
    ),
    "turns.not_shared": (
        "Other kernels that use the same account are not known here, so the service may ask to wait: {reason}.",
        "这里不知道使用同一账号的其他内核，因此服务可能会要求等待：{reason}。",
    ),
    "turns.network_disk": ("{path} lies on a network disk", "{path} 位于网络磁盘上"),
    "connect.service": (
        "service must be one of {allowed}, or a DashScopeClient, not {value!r}.",
        "service 应为 {allowed} 之一或 DashScopeClient，而不是 {value!r}。",
    ),
    "connect.no_key": (
        "DashScope needs a key and none was found. Set DASHSCOPE_API_KEY, or call sketch_widget.ask_key() to type it "
        'hidden, or use service="offline".',
        "DashScope 需要密钥，但没有找到。请设置 DASHSCOPE_API_KEY，或调用 sketch_widget.ask_key() 隐藏输入，"
        '或使用 service="offline"。',
    ),
    "connect.address_unused": (
        "DASHSCOPE_HTTP_BASE_URL is set to {address} and not used: without a key pictures are painted offline. Set "
        "DASHSCOPE_API_KEY too; a service of your own may take any key.",
        "已设置 DASHSCOPE_HTTP_BASE_URL（{address}），但没有使用：没有密钥时图片由离线服务绘制。"
        "请同时设置 DASHSCOPE_API_KEY；自己的服务可能接受任意密钥。",
    ),
    "connect.ask_key": ("DashScope key (not shown):", "DashScope 密钥（不显示）："),
    "connect.no_local": (
        "{path} cannot be used, so kernels of this machine do not know of each other: {reason}",
        "无法使用 {path}，因此本机的各个内核互不知晓：{reason}",
    ),
    "api.prompt_cut": (
        "The service reads {limit} characters of the prompt. It may leave out: {cut}",
        "服务只读取提示词的前 {limit} 个字符，可能会忽略：{cut}",
    ),
    "sweep.title": ("A sweep of {n} jobs", "共 {n} 个任务的组合实验"),
    "sweep.head.one": ("{axes}: 1 picture", "{axes}：1 张图片"),
    "sweep.head.more": ("{axes}: {n} pictures", "{axes}：{n} 张图片"),
    "sweep.each": ("{n} pictures in each square", "每格 {n} 张"),
    "sweep.axis.prompt": ("Prompt", "提示词"),
    "sweep.axis.style": ("Style", "风格"),
    "sweep.axis.n": ("Number of pictures", "张数"),
    "sweep.axis.sketch_weight": ("sketch_weight", "sketch_weight"),
    "sweep.axis.sketch_extraction": ("sketch_extraction", "sketch_extraction"),
    "sweep.value.prompt": ("“{prompt}”", "“{prompt}”"),
    "sweep.value.lines": ("lines as drawn", "按所画线条"),
    "sweep.made.offline": (
        "Offline preview: painted by rules, not by a model.",
        "离线预览：按规则绘制，并非模型生成。",
    ),
    "sweep.made": ("Made by wanx-sketch-to-image-lite.", "由 wanx-sketch-to-image-lite 生成。"),
    "sweep.square.open": ("Not there yet", "尚未生成"),
    "sweep.square.gone": ("Its file is gone", "文件已不存在"),
    "sweep.empty": (
        "{field} has no values to try. Give at least one, or leave it out.",
        "{field} 没有可尝试的值。请至少给出一个，或不填。",
    ),
    "sweep.many": (
        "These values of {field} make {value} jobs; a sweep has at most {most}. Give fewer values.",
        "{field} 的这些值会产生 {value} 个任务；一次最多 {most} 个。请减少取值。",
    ),
    "run.left": (
        "The kernel ended before the pictures were fetched, and nobody took the run up within the 24 hours for which "
        "the service keeps them.",
        "内核在取回图片之前已结束，而服务端只保留 24 小时，其间没有恢复这条记录。",
    ),
    "run.left_unsent": (
        "The kernel ended before the request was sent; it costs nothing.",
        "内核在发送请求之前已结束，不产生费用。",
    ),
    "system.not_found": ("there is no such file or folder", "文件或文件夹不存在"),
    "system.not_allowed": ("you may not read or write there", "没有读写权限"),
    "system.folder": ("it is a folder", "这是一个文件夹"),
    "system.no_folder": ("there is a file where a folder is needed", "此处需要文件夹，却是一个文件"),
    "system.full": ("the disk is full", "磁盘已满"),
    "system.read_only": ("the disk can only be read", "磁盘是只读的"),
    "system.long_name": ("the name is too long", "名称过长"),
    "system.port_taken": ("another program uses this port", "端口已被其他程序占用"),
    "system.no_address": ("this computer has no such address", "本机没有这个地址"),
}
