/** Names in the metaphor. Whoever the scenario's cast does not name gets a stable one by number. */
import type { Scenario } from '../../src-main/contract/index';

export type Language = 'zh' | 'en';

const PARENTS: readonly (readonly [string, string])[] = [
  ['张三', 'Zhang San'],
  ['更夫', 'Watchman'],
  ['李四', 'Li Si'],
  ['王五', 'Wang Wu'],
  ['赵六', 'Zhao Liu'],
  ['钱七', 'Qian Qi'],
  ['孙八', 'Sun Ba'],
  ['周九', 'Zhou Jiu'],
  ['吴十', 'Wu Shi'],
  ['郑一', 'Zheng Yi'],
  ['冯二', 'Feng Er'],
];
const HOUSE_FIRST = ['天', '地', '玄', '黄', '宇', '宙', '洪', '荒', '日', '月', '盈', '昃', '辰', '宿', '列', '张'];
const NUMERALS = ['一', '二', '三', '四', '五', '六', '七', '八', '九', '十', '十一', '十二', '十三', '十四', '十五', '十六'];
const CHILDREN: readonly (readonly [string, string])[] = [
  ['小明', 'Ming'],
  ['小红', 'Hong'],
  ['小刚', 'Gang'],
  ['小丽', 'Li'],
  ['小强', 'Qiang'],
  ['小芳', 'Fang'],
  ['小军', 'Jun'],
  ['小燕', 'Yan'],
  ['小宝', 'Bao'],
  ['小石', 'Shi'],
  ['小雪', 'Xue'],
  ['小龙', 'Long'],
];

const numberOf = (id: string): number => Number(id.slice(1));

/** M: a parent. The watchman is whoever runs sysmon, whatever the number. */
export function parentName(m: string, role: string, cast: Scenario['cast'], language: Language): string {
  if (role === 'sysmon') return language === 'zh' ? '更夫' : 'Watchman';
  if (role === 'template') return language === 'zh' ? '接生婆' : 'Midwife';
  const i = numberOf(m);
  const given = cast.M[i] ?? '';
  if (given !== '' && language === 'zh') return given;
  const [zh, en] = PARENTS[i] ?? [`家长${i}`, `Parent ${i}`];
  // In English a cast's Chinese name stays when it is not one of ours.
  if (given !== '' && given !== zh) return PARENTS.find(([known]) => known === given)?.[1] ?? given;
  return language === 'zh' ? zh : en;
}

/** P: a house. */
export function houseName(p: string, cast: Scenario['cast'], language: Language): string {
  const i = numberOf(p);
  const given = cast.P[i] ?? '';
  if (given !== '' && (language === 'zh' || given !== '天字一号房')) return given;
  if (language === 'en') return `House ${i + 1}`;
  return i < HOUSE_FIRST.length ? `${HOUSE_FIRST[i] ?? ''}字${NUMERALS[i] ?? ''}号房` : `${i + 1} 号房`;
}

/** G: a child. `name` is the goroutine's own. */
export function childName(g: string, name: string, cast: Scenario['cast'], language: Language): string {
  const given = cast.G[name] ?? '';
  const known = CHILDREN.find(([zh]) => zh === given);
  if (given !== '') return language === 'zh' ? given : (known?.[1] ?? given);
  const i = numberOf(g) - 1;
  const [zh, en] = CHILDREN[i] ?? [`娃${i + 1}`, `Child ${i + 1}`];
  return language === 'zh' ? zh : en;
}

/** Robes: stable by number, told apart at a distance. */
const ROBES = ['#b5442e', '#2f6f9f', '#5b8c3e', '#8a5aa8', '#c98a1b', '#2f8c85', '#b0527c', '#6b6f2a', '#47599e', '#a0652c'];

export function robe(id: string): string {
  return ROBES[(numberOf(id) * 7 + (id.startsWith('G') ? 3 : 0)) % ROBES.length] ?? '#666';
}
