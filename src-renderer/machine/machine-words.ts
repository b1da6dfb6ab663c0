/** The machine view's own texts. */

export const MACHINE_WORDS = {
  idle: {
    zh: '还没有线程执行过汇编。第一次系统调用时，这里会一条一条地走。',
    en: 'No thread has run assembly yet. At the first system call this goes instruction by instruction.',
  },
  user: { zh: '用户态', en: 'user mode' },
  kernel: { zh: '内核态', en: 'kernel mode' },
  regs: { zh: '寄存器', en: 'registers' },
  stack: { zh: '栈（调用者的帧）', en: 'stack (the caller’s frame)' },
  frames: { zh: '调用路径', en: 'call path' },
  last: { zh: '这一步不是汇编；下面是这个线程上次的样子。', en: 'This step is not assembly; below is how the thread last looked.' },
  none: { zh: '这个线程最近没有执行汇编。', en: 'This thread has run no assembly lately.' },
  bare: {
    zh: '运行时自己的调用：一条裸的 SYSCALL，不告诉调度器。清单在实验台的“运行时自用的入口”里。',
    en: 'A call of the runtime’s own: a bare SYSCALL that tells the scheduler nothing. Its listing is a sample in the playground.',
  },
  asleep: { zh: '在内核里: futex，睡着，等人叫醒', en: 'in the kernel: futex, asleep until somebody wakes it' },
  test: { zh: '错误检验：AX 与 0xfffffffffffff001 作无符号比较', en: 'error test: AX against 0xfffffffffffff001, unsigned' },
  ok: { zh: '成功', en: 'success' },
  bad: { zh: '错误', en: 'error' },
  fds: { zh: '描述符', en: 'descriptors' },
  objects: { zh: '内核对象', en: 'kernel objects' },
  strace: { zh: 'strace 记录', en: 'strace log' },
  mem: { zh: '内存', en: 'memory' },
  out: { zh: '标准输出', en: 'standard output' },
  since: { zh: '从', en: 'since' },
  until: { zh: '到', en: 'until' },
  unknown: { zh: '不知道何时', en: 'nobody knows when' },
  inside: { zh: '在内核里', en: 'in the kernel' },
} as const;
