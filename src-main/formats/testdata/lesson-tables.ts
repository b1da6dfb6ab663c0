/** For tests: the product's own tables that lessons refer to. */
import { findAssets, loadTables } from '../../app/asset-folder';

export const tables = loadTables(findAssets(import.meta.dirname));
