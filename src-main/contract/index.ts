/** The renderer's one door into src-main: types, and the pure functions that read a trace. */
export type * from './requests';
export type * from '../model/state';
export type * from '../model/words';
export type * from '../model/run/playground';
export * from '../model/asm/arch/index';
export type { Scenario, Operation } from '../model/scenario';
export type { Lesson, LessonStep, LessonQuestion, Anchor, Erratum } from '../formats/lesson';
export type { Pseudocode, PseudocodeLine } from '../formats/pseudocode';
export { readPseudocode } from '../formats/pseudocode';
export { LIMITS } from './limits';
export { commandOf, COMMANDS, type CommandId, helpLines } from './commands';
export { EXPORTS, type ExportId, type ExportName } from './exports';
export { LANGUAGES } from '../model/words';
export { unreachable } from '../model/unreachable';
export { fileOfFrame } from '../model/asm/call-paths';
export { type GoVersion, VERSIONS } from '../model/versions/profile';
export * from '../model/state-path';
export { applyStep, undoStep, copyState } from '../model/trace/replay';
