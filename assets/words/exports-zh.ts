/** 把一次运行写成数据文件：轨迹、事实、表格、别的程序打得开的样子。 */
export default {
  /** 每一种里头是什么，`sim export --help` 和 README 里也是这句话。 */
  /** By the name of its command. */
  menu: {
    exportTrace: '轨迹（JSON Lines）…',
    exportFacts: '事实（JSON）…',
    exportCsv: '步骤、事件和队列的表格（CSV）…',
    exportPerfetto: 'Perfetto / Chrome 轨迹（JSON）…',
    exportGo119: 'Go 1.19 执行轨迹…',
    exportGo126: 'Go 1.26 执行轨迹…',
    exportSchedtrace: 'schedtrace 文本…',
  },
  about: {
    trace: 'JSON Lines：第一行是情景和开头的状态，后面一步一行',
    facts: 'JSON：结局、线程、系统调用、收回、偷取……',
    csv: '表格：一行一步，连同它的事件和每一步之后各个队列的长度',
    perfetto: 'Perfetto 和 chrome://tracing 打得开的 JSON：P、M、G 各一条轨道，箭头和队列长度',
    go119: 'Go 1.19 的执行轨迹，go tool trace 打得开',
    go126: 'Go 1.26 的执行轨迹，go tool trace 打得开',
    schedtrace: 'GODEBUG=schedtrace=1,scheddetail=1 的样子，每毫秒虚拟时间一份',
  },
  writing: '正在写{name}：{total} 步里写了 {done} 步',
  saved: '已写到 {path}（{size}）',
  cancelled: '导出停下了，没有留下文件。',
  busy: '上一个导出还在写，等它写完或先停下它。',
} as const;
