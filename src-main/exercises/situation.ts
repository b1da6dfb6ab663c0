/** Draws a small program for an exercise, as the data of a scenario file. Which kinds of things happen in it depends on what is asked. */
import type { Json } from '../model/state';
import type { Text } from '../model/words';
import type { Draw } from './draw';
import type { Level, Mechanism } from './mechanisms';

type Operation = Record<string, Json> | string;

interface Program {
  gomaxprocs: number;
  goroutines: Record<string, Operation[]>;
  more?: Record<string, Json>;
}

/** Names of goroutines beside main, in the order in which they are born; the same children as in the lessons. */
export const CHILDREN = ['worker', 'helper', 'baby', 'guest', 'pupil', 'cousin'];

const CAST = {
  M: ['张三', '更夫', '李四', '王五', '赵六', '钱七', '孙八', '周九'],
  P: ['天字一号房', '地字二号房', '玄字三号房', '黄字四号房'],
  G: { main: '小明', worker: '小红', helper: '小刚', baby: '小宝', guest: '小芳', pupil: '小强', cousin: '小丽' } as Record<string, string>,
};

const FILE = '床前明月光，疑是地上霜。举头望明月，低头思故乡。\n';

/** How long the kernel keeps a caller: short of a look of sysmon, between looks, long, longer than sysmon's patience of 10 ms. */
const STAYS = ['200ns', '5us', '15us', '30us', '70us', '300us', '1ms', '3ms', '8ms', '13ms', '20ms'];
const WORKS = ['20us', '100us', '400us', '1ms', '2ms', '4ms', '8ms', '12ms'];

/** The Ps of each level. */
const houses = (draw: Draw, level: Level): number => (level === 1 ? draw.whole(1, 2) : level === 2 ? 2 : draw.whole(2, 4));

const read = (draw: Draw, fd = 3, more: Record<string, Json> = {}): Operation => ({
  syscall: { name: 'read', args: [fd, { buf: 64 }, 64], takes: draw.one(STAYS), via: 'Syscall', ...more },
});

const work = (draw: Draw): Operation => ({ [draw.chance(80) ? 'compute' : 'spin']: draw.one(WORKS) });

/** Somebody is away hunting, others may want the house. */
function away(draw: Draw, level: Level): Program {
  const helpers = CHILDREN.slice(0, level === 1 ? draw.whole(0, 1) : draw.whole(1, level));
  const main: Operation[] = [];
  for (const name of helpers) {
    main.push({ go: name });
    if (draw.chance(40)) main.push({ spin: draw.one(['5us', '30us', '60us']) });
  }
  main.push(read(draw, 3, draw.chance(15) ? { via: 'RawSyscall' } : {}));
  if (level > 1 && draw.chance(50)) main.push(read(draw));
  main.push({ compute: '20us' });
  const goroutines: Program['goroutines'] = { main };
  for (const name of helpers) goroutines[name] = level === 3 && draw.chance(40) ? [work(draw), read(draw), work(draw)] : [work(draw)];
  return { gomaxprocs: houses(draw, level), goroutines };
}

/** Children are born, wait their turn, and are carried off by neighbours. */
function queue(draw: Draw, level: Level): Program {
  const born = CHILDREN.slice(0, draw.whole(level + 1, Math.min(CHILDREN.length, level + 3)));
  const main: Operation[] = born.map((name) => ({ go: name }));
  main.push(draw.one<Operation>(['gosched', { compute: '300us' }, { sleep: '1ms' }]));
  main.push({ wait: 'wg' });
  main.unshift({ add: { wg: 'wg', n: born.length } });
  const goroutines: Program['goroutines'] = { main };
  for (const name of born) {
    const life: Operation[] = [{ compute: draw.one(['20us', '100us', '300us']) }];
    if (draw.chance(40)) life.push('gosched', { compute: draw.one(['10us', '50us']) });
    life.push({ done: 'wg' });
    goroutines[name] = life;
  }
  return { gomaxprocs: level === 1 ? 1 : level === 2 ? draw.whole(1, 2) : draw.whole(2, 4), goroutines, more: { waitgroups: ['wg'] } };
}

/** Many want to go hunting at once. */
function crowd(draw: Draw, level: Level): Program {
  const n = draw.whole(2, 2 + 2 * level);
  const errand: Operation = draw.one<Operation>([
    { syscall: { name: 'read', args: [3, { buf: 64 }, 64], takes: draw.one(['200ns', '10us', '2ms', '30ms']), via: 'Syscall' } },
    { syscall: { name: 'read', args: [3, { buf: 64 }, 64], takes: '30ms', via: 'Syscall' } },
    { sleep: draw.one(['1ms', '20ms']) },
    { recv: 'news' },
  ]);
  const isNews = typeof errand === 'object' && 'recv' in errand;
  return {
    gomaxprocs: houses(draw, level),
    goroutines: {
      main: [
        { add: { wg: 'wg', n } },
        { go: { name: 'worker', times: n } },
        ...(isNews ? [{ sleep: '1ms' }, { close: 'news' }] : []),
        { wait: 'wg' },
      ],
      worker: [errand, { done: 'wg' }],
    },
    more: { waitgroups: ['wg'], ...(isNews ? { channels: { news: { cap: 0 } } } : {}) },
  };
}

/** A call that the kernel refuses. */
function refused(draw: Draw, level: Level): Program {
  const call: Operation = draw.one<Operation>([
    { syscall: { name: 'read', args: [draw.whole(7, 99), { buf: 64 }, 64], via: 'Syscall' } },
    { syscall: { name: 'close', args: [draw.whole(7, 99)], via: 'Syscall' } },
    { syscall: { name: 'read', args: [3, { buf: 64 }, 64], via: 'Syscall', errno: draw.one(['EINTR', 'EIO', 'EAGAIN']) } },
    { syscall: { name: 'mkdirat', args: [-100, '/etc/motd', 493], via: 'Syscall' } },
    { syscall: { name: 'openat', args: [-100, '/no/such/file', 0, 0], via: 'Syscall6' } },
    { syscall: { name: 'kill', args: [draw.whole(4000, 30000), 0], via: 'RawSyscall' } },
  ]);
  return { gomaxprocs: level === 1 ? 1 : 2, goroutines: { main: [call, { compute: '1us' }] } };
}

/** Somebody may be left waiting when the program ends, or everybody may be. */
function ending(draw: Draw, level: Level): Program {
  const born = CHILDREN.slice(0, draw.whole(1, level + 1));
  const goroutines: Program['goroutines'] = { main: born.map((name) => ({ go: name })) };
  const isWaiting = draw.chance(55);
  goroutines.main?.push(...(isWaiting ? [{ recv: 'news' }] : [{ compute: draw.one(['50us', '400us', '1ms']) }]));
  // Of those who would bring the news one may do it, or all wait for each other.
  const brings = draw.chance(50);
  born.forEach((name, i) => {
    const last: Operation = isWaiting && brings && i === 0 ? { send: 'news' } : draw.one<Operation>([{ recv: 'other' }, { send: 'other' }]);
    goroutines[name] = draw.chance(70) ? [work(draw), last] : [last];
  });
  // Two of them must not meet by chance at the channel on which they are to be stuck for good.
  for (const name of born) {
    goroutines[name] = (goroutines[name] ?? []).map((each) =>
      typeof each === 'object' && 'send' in each && each.send === 'other' ? { recv: 'other' } : each,
    );
  }
  return { gomaxprocs: houses(draw, level), goroutines, more: { channels: { news: { cap: 0 }, other: { cap: 0 } } } };
}

const PROGRAMS: Record<Mechanism, (draw: Draw, level: Level) => Program> = {
  home: away,
  retake: away,
  tick: away,
  next: queue,
  first: queue,
  steal: (draw, level) => ({ ...queue(draw, level), gomaxprocs: draw.whole(2, level + 1) }),
  threads: crowd,
  machine: refused,
  end: ending,
};

/** The scenario file of a program drawn for `mechanism`, as data. */
export function situation(draw: Draw, mechanism: Mechanism, level: Level, id: string, title: Text): Json {
  const { gomaxprocs, goroutines, more } = PROGRAMS[mechanism](draw, level);
  return {
    schedville: 1,
    kind: 'scenario',
    id,
    title,
    runtime: { gomaxprocs, seed: draw.whole(1, 1_000_000) },
    kernel: { files: { '/etc/motd': FILE }, fds: { 3: '/etc/motd' } },
    ...more,
    cast: {
      M: CAST.M,
      P: CAST.P.slice(0, gomaxprocs),
      G: Object.fromEntries(Object.keys(goroutines).map((name) => [name, CAST.G[name] ?? name])),
    },
    goroutines,
  };
}
