/** The functions of every version that is offered. A version that is offered without them fails the type check. */
import type { Runtime } from '../runtime/runtime';
import type { Profile } from './functions';
import { GO_1_14 } from './go1.14';
import type { GoVersion } from './profile';

export const PROFILES: Readonly<Record<GoVersion, Profile<Runtime>>> = { '1.14': GO_1_14 };
