/** What each thing in the village stands for: printed on exported pictures, which have no story beside them. */
import type { Language } from '../../src-main/contract/index';

type Entry = Record<Language, readonly [village: string, runtime: string]>;

export const LEGEND: readonly Entry[] = [
  { zh: ['家长', 'M（线程）'], en: ['parent', 'M (thread)'] },
  { zh: ['房子', 'P'], en: ['house', 'P'] },
  { zh: ['孩子', 'G'], en: ['child', 'G'] },
  { zh: ['小板凳', 'runnext'], en: ['stool', 'runnext'] },
  { zh: ['门口长凳', 'P 的 runq'], en: ['bench', 'the P’s runq'] },
  { zh: ['№', 'syscalltick'], en: ['№', 'syscalltick'] },
  { zh: ['手里的地址', 'm.oldp 和 m.syscalltick'], en: ['address slip', 'm.oldp and m.syscalltick'] },
  { zh: ['警条', 'stackguard0 = stackPreempt'], en: ['red strip', 'stackguard0 = stackPreempt'] },
  { zh: ['挂锁', '_Psyscall'], en: ['padlock', '_Psyscall'] },
  { zh: ['空房钥匙', 'sched.pidle'], en: ['keys', 'sched.pidle'] },
  { zh: ['森林', '内核'], en: ['forest', 'kernel'] },
  { zh: ['孤儿院', '全局队列'], en: ['orphanage', 'global queue'] },
  { zh: ['托儿所', '等待中的 G'], en: ['crèche', 'waiting Gs'] },
  { zh: ['养老院', '空闲 M（sched.midle）'], en: ['nursing home', 'idle Ms (sched.midle)'] },
  { zh: ['更夫', 'sysmon'], en: ['watchman', 'sysmon'] },
  { zh: ['更夫的石板', 'sysmontick.syscalltick'], en: ['watchman’s slate', 'sysmontick.syscalltick'] },
  { zh: ['驿站', 'netpoll'], en: ['post station', 'netpoll'] },
];
