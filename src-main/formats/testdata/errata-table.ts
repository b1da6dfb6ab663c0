/** For tests: the product's own table of errata. */
import { findAssets, loadErrata } from '../../app/asset-folder';

export const errata = loadErrata(findAssets(import.meta.dirname));
