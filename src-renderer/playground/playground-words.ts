/** The playground's own texts. */

export const PLAYGROUND_WORDS = {
  title: { zh: '实验台', en: 'Playground' },
  arch: { zh: '处理器', en: 'Processor' },
  sample: { zh: '换一份范例…', en: 'Take a sample…' },
  open: { zh: '打开文件', en: 'Open a file' },
  save: { zh: '存为文件', en: 'Save to a file' },
  close: { zh: '回到课程', en: 'Back to the lesson' },
  entry: { zh: '函数', en: 'Routine' },
  call: { zh: '系统调用', en: 'System call' },
  modelled: { zh: '模型内核会算结果', en: 'the modelled kernel works these out' },
  others: { zh: '其他（结果是 0）', en: 'others (answer 0)' },
  returns: { zh: '内核的答复', en: 'the kernel answers' },
  returnsHint: { zh: '自己算；或 -4095、EBADF', en: 'its own; or -4095, EBADF' },
  returnsHelp: {
    zh: '空着：模型内核自己算。写数或错误码的名字，每次系统调用就都得到它。',
    en: 'Empty: the modelled kernel works it out. A number or the name of an errno: every call gets that.',
  },
  argumentHelp: {
    zh: '数 3、-1、0x10；常量 O_CREAT|O_RDWR；文字 "…"；缓冲区 buf:64；内存里的数 words:1,0',
    en: 'numbers 3, -1, 0x10; constants O_CREAT|O_RDWR; text "…"; a buffer buf:64; numbers in memory words:1,0',
  },
  noArguments: { zh: '没有参数', en: 'no arguments' },
  cutShort: { zh: '这个函数只带 3 个参数，多的到不了内核', en: 'This routine takes 3 arguments along; the others do not reach the kernel' },
  run: { zh: '运行', en: 'Run' },
  first: { zh: '回到开头', en: 'To the beginning' },
  back: { zh: '后退一条', en: 'One back' },
  forward: { zh: '前进一条', en: 'One on' },
  last: { zh: '到结尾', en: 'To the end' },
  fine: { zh: '调度器里也一步一步', en: 'also step inside the scheduler' },
  listing: { zh: '汇编清单', en: 'Assembly listing' },
  maybe: { zh: '是不是', en: 'did you mean' },
  notYet: {
    zh: '还没有运行。按 Ctrl Enter 运行，再用 → 和 ← 一条一条地看。',
    en: 'Nothing has run yet. Ctrl Enter runs it; then → and ← go instruction by instruction.',
  },
  stale: {
    zh: '改动之后还没有运行：右边是改之前的。Ctrl Enter 再运行。',
    en: 'Changed since it ran: the tables show the run before. Ctrl Enter runs again.',
  },
  user: { zh: '用户态', en: 'user mode' },
  kernel: { zh: '内核态', en: 'kernel mode' },
  registers: { zh: '寄存器', en: 'Registers' },
  flags: { zh: '标志', en: 'Flags' },
  frame: { zh: '栈和帧', en: 'Stack and frame' },
  argument: { zh: '参数', en: 'argument' },
  result: { zh: '结果', en: 'result' },
  local: { zh: '局部', en: 'local' },
  return: { zh: '返回地址', en: 'return address' },
  /** arm64: the caller keeps its own way back here, below the arguments. */
  link: { zh: '调用者的 R30', en: 'caller’s R30' },
  saved: { zh: '保存的', en: 'saved' },
  other: { zh: '', en: '' },
  memory: { zh: '内存', en: 'Memory' },
  more: { zh: '还有 {n} 字节', en: '{n} more bytes' },
  noMemory: { zh: '没有放在内存里的参数或变量', en: 'no argument or variable lies in memory' },
  fds: { zh: '描述符', en: 'Descriptors' },
  objects: { zh: '文件、管道和输出', en: 'Files, pipes, output' },
  strace: { zh: '系统调用记录（strace）', en: 'System call log (strace)' },
  noCalls: { zh: '还没有系统调用', en: 'no system call yet' },
  line0: { zh: '错误检验', en: 'The error test' },
  asUnsigned: { zh: '看作无符号数', en: 'as unsigned' },
  asSigned: { zh: '看作有符号数', en: 'as signed' },
  limit: { zh: '界线', en: 'limit' },
  ok: { zh: '成功', en: 'success' },
  error: { zh: '错误', en: 'error' },
  noSuchErrno: { zh: '没有这个错误码', en: 'no such errno' },
  ended: {
    return: { zh: '回到 main，结束', en: 'Back in main: done' },
    exit: { zh: '进程退出', en: 'The process exits' },
    panic: { zh: 'panic', en: 'panic' },
    fatal: { zh: '进程死了', en: 'The process dies' },
    stuck: { zh: '永远等着', en: 'It waits for ever' },
    limit: { zh: '停下来了', en: 'Stopped' },
  },
  code: { zh: '退出码', en: 'exit code' },
} as const;

/** What stands where the tables will be, before anything has run. */
export const INTRO = [
  {
    zh: '左边是汇编清单，可以随便改；改坏了用 Ctrl Z，或者“换一份范例”。',
    en: 'On the left is a listing in assembly. Change it as you like; Ctrl Z undoes, and there are samples to take.',
  },
  {
    zh: '上面选函数。函数的第一个参数叫 trap，就可以按名字选系统调用，每个参数有自己的格子。',
    en: 'Above, choose the routine. One whose first argument is called trap makes system calls: pick one by name, with a field for each argument.',
  },
  {
    zh: '“内核的答复”空着，结果由模型内核算；写 -4095 或 EBADF，每次调用就都得到它。',
    en: 'Leave “the kernel answers” empty, and the modelled kernel works the result out; write -4095 or EBADF, and every call gets that.',
  },
  {
    zh: 'Ctrl Enter 运行。→ 前进一条，← 后退一条，Home 和 End 到两头；光标在文字里时按 Alt → 和 Alt ←。点行号，或按 Alt ↓，就到这一行。',
    en: 'Ctrl Enter runs it. → is one instruction on, ← one back, Home and End go to the ends; while the caret is in a text, Alt → and Alt ←. A press on a line’s number, or Alt ↓, goes to that line.',
  },
  { zh: '内核里已经有文件 /etc/motd，描述符 3 就是它。', en: 'The kernel holds a file /etc/motd, and descriptor 3 is open on it.' },
  { zh: 'Esc 回到课程。写下的都会留着。', en: 'Esc goes back to the lesson. What you have written is kept.' },
] as const;

export const ARGUMENTS = [
  { typed: '3  -1  0x10', zh: '数', en: 'numbers' },
  { typed: 'O_CREAT|O_RDWR', zh: '常量，可以用 | 连起来', en: 'constants, joined by |' },
  { typed: '"/etc/motd"', zh: '文字放进内存，传的是地址', en: 'text, put into memory: its address is passed' },
  { typed: 'buf:64', zh: '64 字节的缓冲区，传的是地址', en: 'a buffer of 64 bytes: its address is passed' },
  { typed: 'words:0,5000000', zh: '内存里一个接一个的 8 字节数，例如 timespec', en: 'numbers of 8 bytes in memory, such as a timespec' },
] as const;
