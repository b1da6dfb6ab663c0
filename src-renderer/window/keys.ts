/** The window's keys, as the help lists them. */
import { helpLines } from '../../src-main/contract/index';

export const KEYS = helpLines();
