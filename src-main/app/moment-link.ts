/** Links to a moment: `schedville://lesson/ID/STEP?run=NAME&n=NUMBER`. They come from outside, so nothing of one is believed that is not of this form. */
import { fill } from '../../assets/words/index';
import { LIMITS } from '../contract/limits';
import type { Moment } from '../contract/requests';
import type { Result } from '../model/words';
import { LINK_SCHEME } from './given-file';
import { done, refuse } from './refusal';

const LONGEST = 1_000;
/** Ids of lessons, which are parts of folders' names, and of their steps. */
const ID = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;
const NUMBER = /^\d{1,9}$/;

/** What a link says, or why it is refused. Whether there is such a lesson is found out when it is opened. */
export function readMomentLink(link: string): Result<Moment> {
  const bad = (): Result<Moment> => refuse((words) => fill(words.badLink, { link: link.slice(0, 100) }));
  if (link.length > LONGEST || !/^[\x21-\x7e]+$/.test(link)) return bad();
  const [, path = '', query = ''] = /^schedville:\/\/lesson\/([^?#]*)(?:\?([^#]*))?$/i.exec(link) ?? [];
  const [lesson = '', step = null, ...rest] = path.replace(/\/$/, '').split('/');
  if (!isId(lesson) || (step !== null && !isId(step)) || rest.length > 0) return bad();
  const asked = new URLSearchParams(query);
  const [run, n] = [asked.get('run'), asked.get('n')];
  const isKnown = [...asked.keys()].every((key, i, all) => (key === 'run' || key === 'n') && all.indexOf(key) === i);
  if (!isKnown || (n !== null && !NUMBER.test(n)) || (run !== null && !isRun(run))) return bad();
  return done({ lesson, step, run, n: n === null ? null : Number(n) });
}

const isId = (text: string): boolean => text.length <= LIMITS.nameCharacters && ID.test(text);
/** A run's name is looked up among those of its lesson, never in a folder. */
const isRun = (text: string): boolean => text !== '' && text.length <= LIMITS.nameCharacters && !/[\p{Cc}/\\]/u.test(text);

/** The link to a moment; null: what would be in it is of no form that could be read again. */
export function momentLink({ lesson, step, run, n }: Moment): string | null {
  const query = new URLSearchParams();
  if (run !== null) query.set('run', run);
  if (n !== null) query.set('n', String(n));
  const asked = query.size > 0 ? `?${query.toString()}` : '';
  const link = `${LINK_SCHEME}://lesson/${lesson}${step === null ? '' : `/${step}`}${asked}`;
  return readMomentLink(link).ok ? link : null;
}
