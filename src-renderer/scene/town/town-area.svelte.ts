/** What can be pointed at in a large village: people and boards by their places, else a house by its tile. */
import type { PId } from '../../../src-main/contract/index';
import type { Area } from '../../inspect/pointing';
import type { OnPage } from '../on-page';
import type { Box } from '../scene-layout';
import { LEAST_TARGET_PX, spotAt, spotOf, type ThingSpot } from '../spots';
import { boxOfHouse, houseUnder, type Sight } from './sight';

export interface TownGround {
  /** Where the drawing lies in the window; null: it does not. */
  page: () => OnPage | null;
  sight: Sight;
  /** Of the houses, in their order. */
  ids: readonly PId[];
  /** Later ones lie in front. */
  spots: readonly ThingSpot[];
}

/** The tile of a house, in the drawing's units; null: there is no such house, or it is out of sight. */
export function tileOf({ sight, ids }: Pick<TownGround, 'sight' | 'ids'>, id: string): Box | null {
  const index = ids.findIndex((each) => each === id);
  return index < 0 ? null : boxOfHouse(sight, index);
}

export function townArea(ground: TownGround): Area {
  return {
    at: (clientX, clientY) => {
      const page = ground.page();
      if (!page) return null;
      const { sight, ids, spots } = ground;
      const [x, y] = page.point(clientX, clientY);
      const found = spotAt(spots, x, y, LEAST_TARGET_PX / page.unit);
      if (found) return { path: found.path, rect: page.rect(found.box) };
      const index = houseUnder(sight, x, y);
      const [id, tile] = index === null ? [] : [ids[index], boxOfHouse(sight, index)];
      return id !== undefined && tile ? { path: `P.${id}`, rect: page.rect(tile) } : null;
    },
    of: (path) => {
      const page = ground.page();
      const { id } = /^P\.(?<id>P\d+)/.exec(path)?.groups ?? {};
      const box = (id === undefined ? null : tileOf(ground, id)) ?? spotOf(ground.spots, path)?.box;
      return page && box ? page.rect(box) : null;
    },
  };
}
