import { isStepId } from '../validate/names.js';

/** Gives out step ids: a node's id where it can be one, else one made from it; each once. */
export const createStepIds = (): ((nodeId: string) => string) => {
  const taken = new Set<string>();
  return (nodeId) => {
    const base = toStepId(nodeId);
    let id = base;
    for (let count = 2; taken.has(id); count++) id = `${base.slice(0, 60)}_${count}`;
    taken.add(id);
    return id;
  };
};

const toStepId = (text: string): string => {
  if (isStepId(text)) return text;
  const cleaned = text
    .slice(0, 64)
    .toLowerCase()
    .replaceAll(/[^a-z0-9_]+/g, '_')
    .replaceAll(/^_+|_+$/g, '');
  const id = /^[a-z]/.test(cleaned) ? cleaned : `node_${cleaned || 'x'}`.slice(0, 64);
  return isStepId(id) ? id : `${id}_step`;
};
