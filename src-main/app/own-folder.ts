/** The names by which a teacher's own lesson is known to the window: where its folder lies is not in them, and no lesson of the course has one. */
import { createHash } from 'node:crypto';
import { resolve } from 'node:path';

/** The same for the same folder, at every start. */
export const ownKey = (folder: string): string => createHash('sha1').update(resolve(folder)).digest('hex').slice(0, 8);

/** Two lessons may have one id, as when a lesson of the course was copied to be changed. */
export const ownId = (id: string, key: string): string => `${id}@${key}`;

/** The folder's key in a lesson's id; null: it is no lesson of one's own. */
export const keyOfId = (id: string): string | null => /@([0-9a-f]{8})$/.exec(id)?.[1] ?? null;
