/** 终端上的提问：sim events、why、compare。 */
export default {
  help: {
    events: `sim events 文件：把一次运行里发生的事一件一句列出来：谁对谁做了什么、等了多久。文件是情景，也可以是轨迹。

一行一件，用制表符隔开：步号、时间、种类、句子。找到了退出码是 0，一件也没有是 3。

  --only 谁        只要有他参与的：G7、M2、P0，或 goroutine 的名字
  --kind 种类      只要这些种类，用逗号隔开：{kinds}
  --limit N        最多这么多件
  --voice village|go   用村里的话还是 Go 的话（默认 village）
  --json           输出 JSON 数组，时间以 ns 计
  --lang {languages}     语言

例子：
  {call} events {example}
  {call} events {example} --only main --kind syscall,wait --voice go
`,
    why: `sim why 文件 谁：这一步上他为什么是这个样子：原因一条条往前推，推到开头、内核或时间为止。文件是情景，也可以是轨迹。

“谁”是 G7、M2、P0、goroutine 的名字，或状态里的一个位置，如 P0.status、sched.nmspinning、chan.c.count。
每个事实下面是模型在那里读到了什么，和写下它的那一步。
每一行一个事实：哪一步写下的、什么时候、一句话；缩进的是它的原因。退出码：有是 0，那一步上没有这个人或位置是 3。

  --at 哪里        第几步（65）、什么时刻（11ms）、或函数/行（execute/casgstatus，第三次：execute/casgstatus#3）
                   不写：goroutine 取它等得最久的那次的末尾，别的取运行结束时
  --voice village|go   用村里的话还是 Go 的话（默认 village）
  --json           输出 JSON，时间以 ns 计
  --lang {languages}     语言

例子：
  {call} why {example} main
  {call} why {example} P0 --at retake/retake --voice go
`,
    compare: `sim compare 文件 另一个文件：两次运行头一处不同的地方，一句话说清。文件是情景，也可以是轨迹。

标准输出是这句话，然后一次运行一行：怎样结束、多久、几步。完全一样退出码是 0，不同是 3。

  --with 名=值     不写第二个文件：改动第一个情景再比，几处用逗号隔开，如 gomaxprocs=2,seed=7
  --json           输出 JSON，时间以 ns 计
  --lang {languages}     语言

例子：
  {call} compare {example} --with gomaxprocs=1
  {call} compare {example} other.scenario.yaml --json
`,
  },
  lacksWho: 'why 少了问谁：写 sim why {file} main',
  lacksOther: 'compare 少了和什么比：再写一个文件，或 --with gomaxprocs=2',
  bothOthers: 'compare 要么写第二个文件，要么写 --with，不能两样都写。',
  mostFiles: '{command} 最多要 {most} 样东西，这里写了 {n} 样：{words}',
  nobody: '这次运行里没有 {found}{guess}。',
  notThere: '第 {n} 步上没有 {who}。',
  noKind: '没有 {found} 这种事{guess}；有的是 {known}。',
  noVoice: '--voice 应该是 {known}，写的是 {found}。',
  badPlace: '--at 应该是步号（65）、时刻（11ms）或函数/行（retake/retake#2），写的是 {found}。',
  neverThere: '这次运行没有走到 {found}{guess}。',
  fewerTimes: '这次运行走到 {found} 只有 {n} 次。',
  badWith: '--with 应该像 gomaxprocs=2,seed=7，写的是 {found}。',
  noKnob: '这个情景没有叫 {found} 的数{guess}；能改的是 {known}。',
  badValue: '{name} 不能是 {found}。',
  withTrace: '--with 改的是情景；{file} 是轨迹。',
  withTwice: '--with 里 {name} 写了两次，这里是 {found}；请只写一个值。',
  noEvent: '没有这样的事。',
  asked: '{who}，第 {n} 步（{time}）：',
  because: '因为读到 {reads}',
  becauseRead: '因为读到',
  registers: '寄存器：上下键逐个看，I 打开卡片，回车选中',
  looking: '正在查模型读过什么…',
  readAt: '{read}（{step}）',
  atStart: '开头',
  ending: '{name}：{how}，{time}，{steps} 步',
  recorded: '记录到的',
} as const;
