import { type Snapshot, topKey } from './snapshot.js';
import type { States } from './states.js';

/** Who says where an item stands. */
type Owner = 'nobody' | 'ours' | 'theirs' | 'both';

/** The list (or step) that an item is in, and who says where in it. */
export interface Place {
  readonly parent: string;
  readonly owner: Owner;
}

/** The places of all items that are alive. An item that theirs needs to hold others comes alive again. */
export const mergePlaces = (states: States, alive: Set<string>): Map<string, Place> => {
  const { ours, theirs } = states;
  const places = new Map<string, Place>();
  const useTheirs = (key: string): void => {
    const parent = theirs.get(key)?.parent;
    if (parent === undefined) return;
    places.set(key, { parent, owner: 'theirs' });
    if (alive.has(parent)) return;
    alive.add(parent);
    useTheirs(parent);
  };
  for (const key of [...alive]) {
    const [mine, other] = [ours.get(key)?.parent, theirs.get(key)?.parent];
    if (other === undefined) {
      if (mine !== undefined) places.set(key, { parent: mine, owner: 'ours' });
      continue;
    }
    const owner = mine === undefined ? 'theirs' : ownerOf(states, key);
    if (owner === 'ours' && mine !== undefined && alive.has(mine)) places.set(key, { parent: mine, owner });
    else if (owner === 'ours' || owner === 'theirs') useTheirs(key);
    else if (mine === other) places.set(key, { parent: other, owner });
    else {
      if (states.base.has(key)) noteMoved(states, key);
      useTheirs(key);
    }
  }
  breakCycles(states, places, useTheirs);
  return places;
};

const ownerOf = ({ base, movedByOurs, movedByTheirs }: States, key: string): Owner => {
  const [mine, other] = [movedByOurs.has(key), movedByTheirs.has(key)];
  if (!base.has(key) || (mine && other)) return 'both';
  if (mine) return 'ours';
  return other ? 'theirs' : 'nobody';
};

/** Ours may have moved a step into another that theirs moved into it: then it stays where theirs has it. */
const breakCycles = (
  states: States,
  places: ReadonlyMap<string, Place>,
  useTheirs: (key: string) => void,
): void => {
  const cyclic = (): string | undefined => {
    for (const [key, { owner }] of places) {
      if (owner === 'ours' && states.theirs.has(key) && isInItself(places, key)) return key;
    }
    return undefined;
  };
  for (let key = cyclic(); key !== undefined; key = cyclic()) {
    noteMoved(states, key);
    useTheirs(key);
  }
};

const isInItself = (places: ReadonlyMap<string, Place>, key: string): boolean => {
  const seen = new Set<string>();
  let parent = places.get(key)?.parent;
  while (parent !== undefined && parent !== topKey && !seen.has(parent)) {
    if (parent === key) return true;
    seen.add(parent);
    parent = places.get(parent)?.parent;
  }
  return false;
};

/** Notes that both moved an item, to places that do not go together. */
export const noteMoved = (states: States, key: string): void => {
  const stepId = states.theirs.get(key)?.stepId;
  states.conflicts.push({
    kind: 'moved',
    ...(stepId === undefined ? {} : { stepId }),
    ours: placeText(states.ours, key),
    theirs: placeText(states.theirs, key),
    message: `Both moved the step "${stepId}" or what it is in, to places that do not go together.`,
  });
};

/** The place as data: the step whose list it is in, null for the top list, and the index in the list. */
const placeText = (side: Snapshot, key: string) => {
  const list = side.get(side.get(key)?.parent ?? '');
  return { in: list?.stepId ?? null, index: list?.children.indexOf(key) ?? -1 };
};
