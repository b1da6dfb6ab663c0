/** By what a run's listings are known: those of every run of one version of Go and one architecture are the same. Pure. */
import type { Scenario } from '../model/scenario';

export const listingsOf = ({ runtime: { go, arch } }: Pick<Scenario, 'runtime'>): string => `${go} ${arch}`;
