/** Names in the metaphor. Whoever the scenario's cast does not name gets a stable one by number. */
import type { Language } from '../../assets/words/index';
import type { Scenario } from '../../src-main/contract/index';

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

/** The i-th house's own name. */
function ownHouseName(i: number, language: Language): string {
  if (language === 'en') return `House ${i + 1}`;
  return i < HOUSE_FIRST.length ? `${HOUSE_FIRST[i] ?? ''}字${NUMERALS[i] ?? ''}号房` : `${i + 1} 号房`;
}

/** P: a house. */
export function houseName(p: string, cast: Scenario['cast'], language: Language): string {
  const i = numberOf(p);
  const given = cast.P[i] ?? '';
  if (given === '') return ownHouseName(i, language);
  if (language === 'zh') return given;
  // In English a cast's Chinese name stays when it is not one of ours.
  const known = HOUSE_FIRST.findIndex((_, each) => ownHouseName(each, 'zh') === given);
  return known < 0 ? given : ownHouseName(known, 'en');
}

/** G: a child. `name` is the goroutine's own. */
export function childName(g: string, name: string, cast: Scenario['cast'], language: Language): string {
  // A goroutine may be called toString.
  const given = Object.hasOwn(cast.G, name) ? (cast.G[name] ?? '') : '';
  const known = CHILDREN.find(([zh]) => zh === given);
  if (given !== '') return language === 'zh' ? given : (known?.[1] ?? given);
  const i = numberOf(g) - 1;
  const [zh, en] = CHILDREN[i] ?? [`娃${i + 1}`, `Child ${i + 1}`];
  return language === 'zh' ? zh : en;
}

/** Robes belong to the person: whoever is called 小红 wears red in every story. Children in bright cloth, parents in deep. */
const CHILD_ROBES: readonly (readonly [string, string])[] = [
  ['小明', '#2e86c1'],
  ['小红', '#d63a2f'],
  ['小刚', '#3f9142'],
  ['小丽', '#c2559b'],
  ['小强', '#d9822b'],
  ['小芳', '#8e5bc0'],
  ['小军', '#6f8f1f'],
  ['小燕', '#2aa198'],
  ['小宝', '#c9a21b'],
  ['小石', '#7d7468'],
  ['小雪', '#5b9bd5'],
  ['小龙', '#b0472e'],
];
const PARENT_ROBES: readonly (readonly [string, string])[] = [
  ['张三', '#8c2f26'],
  ['更夫', '#3c4654'],
  ['接生婆', '#7a5c86'],
  ['李四', '#b07a17'],
  ['王五', '#2f6b52'],
  ['赵六', '#3a5a92'],
  ['钱七', '#74508f'],
  ['孙八', '#4f7d86'],
  ['周九', '#96562f'],
  ['吴十', '#5d6b2c'],
  ['郑一', '#93466a'],
  ['冯二', '#44617a'],
];

/** `person`: the Chinese name, whatever language is shown. */
export function robe(kind: 'parent' | 'child', person: string): string {
  const robes = kind === 'child' ? CHILD_ROBES : PARENT_ROBES;
  const own = robes.find(([name]) => name === person)?.[1];
  if (own !== undefined) return own;
  const sum = [...person].reduce((all, each) => (all * 31 + (each.codePointAt(0) ?? 0)) % 9_973, 7);
  return robes[sum % robes.length]?.[1] ?? '#666';
}
