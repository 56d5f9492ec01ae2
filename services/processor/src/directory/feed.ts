import {
  type HistoryPatch,
  type HistoryQuery,
  historyPositions,
  type Positions,
  readHistory,
  type Store,
} from '@tocsin/clickhouse';
import { Directory, type Patch } from '@tocsin/directory';

/** A directory that follows the device history of the store. */
export interface DirectoryFeed {
  readonly directory: Directory;
  /** How far of the device history the directory knows. */
  positions(): Positions;
  /**
   * Takes in what is new of the device history, whole devices at a time: at the start that is all of it. Whoever asks
   * while a look is under way shares the next one, which begins after it.
   * @returns how many devices
   */
  follow(): Promise<number>;
  /** Resolves once the directory knows at least so much. */
  reach(positions: Positions): Promise<void>;
}

/** A feed of an empty directory, which knows of devices from the first `follow` or `reach` on. */
export function createDirectoryFeed(store: Store): DirectoryFeed {
  const directory = new Directory();
  let positions: Positions = new Map();
  const numbers = new Map<string, number>();

  const addPatch = (patch: HistoryPatch): number => {
    const key = JSON.stringify(Object.values(patch));
    let number = numbers.get(key);
    if (number === undefined) {
      number = directory.addPatch(patchOf(patch));
      numbers.set(key, number);
    }
    return number;
  };

  const look = async (): Promise<number> => {
    const through = await historyPositions(store);
    if (samePositions(through, positions)) return 0;
    const query: HistoryQuery = positions.size > 0 ? { after: positions, through } : { through };
    let devices = 0;
    let [hi, lo] = [-1, -1];
    // Alerts pass meanwhile, by devices as they were or as they are, never by one in part.
    await readHistory(store, query, addPatch, (row) => {
      if (row.deviceLo !== lo || row.deviceHi !== hi) {
        if (devices > 0) directory.end();
        devices++;
        hi = row.deviceHi;
        lo = row.deviceLo;
        directory.begin(hi, lo);
      }
      directory.change(row.at, row.patch, row.hubHi, row.hubLo);
    });
    if (devices > 0) directory.end();
    positions = through;
    return devices;
  };

  // The directory is told one history at a time.
  let underway: Promise<unknown> = Promise.resolve();
  let next: Promise<number> | null = null;
  const follow = (): Promise<number> => {
    next ??= underway.then(() => {
      const looking = look();
      underway = looking.catch(() => {});
      next = null;
      return looking;
    });
    return next;
  };

  return {
    directory,
    positions: () => positions,
    follow,
    async reach(wanted) {
      if ([...wanted].some(([key, position]) => (positions.get(key) ?? 0) < position)) await follow();
    },
  };
}

export function samePositions(one: Positions, other: Positions): boolean {
  return one.size === other.size && [...one].every(([key, position]) => other.get(key) === position);
}

function patchOf({ code, setting, ...attributes }: HistoryPatch): Patch {
  const changed = Object.fromEntries(Object.entries(attributes).filter(([, value]) => value !== null));
  return { ...changed, ...(setting !== '' && { switched: { code, off: setting === 'off' } }) };
}
