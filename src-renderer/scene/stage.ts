/** Whether a run is drawn as a stage or as a town. Pure. */
import type { State } from '../../src-main/contract/index';

/** What a stage has room for. Who is drawn how does not change while a run goes on. */
const ON_STAGE = { houses: 4, goroutines: 12, threads: 9 };

/** `most`: how many of each there ever are in this run. More than a stage can hold are drawn as a town. */
export const isStage = ({ P }: Pick<State, 'P'>, most: { goroutines: number; threads: number }): boolean =>
  Object.keys(P).length <= ON_STAGE.houses && most.goroutines <= ON_STAGE.goroutines && most.threads <= ON_STAGE.threads;
