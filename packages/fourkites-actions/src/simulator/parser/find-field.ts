import type { ShipmentField } from '../../model/shipment-fields.js';
import { findDate } from './dates.js';

/** How one field is found. */
interface FieldRule {
  /** What may stand before the colon, in any case. */
  readonly labels: readonly string[];
  /** Reads the value after the colon; undefined when it is none. Default: as it stands. */
  readonly read?: (value: string) => string | undefined;
  /** Finds the value in a sentence, when no line has the label. The first group is the value. */
  readonly prose?: RegExp;
}

const company =
  /\b((?:[A-Z][\w&'.-]{0,30} ){1,4}(?:Freight Lines|Freight|Logistics|Trucking|Transport|Express|Carriers|Lines))\b/;

const rules: Readonly<Record<ShipmentField, FieldRule>> = {
  bol_number: {
    labels: ['bol', 'bill of lading'],
    prose: /\b(?:BOL|bill of lading)(?: number| no\.?)?(?: is)? ?#? ?([A-Z]{0,5}-?\d[\w-]{2,30})/i,
  },
  delivery_date: {
    labels: ['delivery date', 'date of delivery', 'delivery', 'delivered'],
    read: findDate,
    prose: /\bdeliver(?:y|ed)?\b([^.!?\n]{1,80})/i,
  },
  pickup_date: {
    labels: ['pickup date', 'pick-up date', 'pickup', 'picked up'],
    read: findDate,
    prose: /\bpicked up\b([^.!?\n]{1,80})/i,
  },
  carrier_name: { labels: ['carrier', 'hauled by'], prose: company },
  tracking_number: {
    labels: ['tracking', 'pro'],
    prose: /\b(?:tracking|PRO)(?: number| no\.?)?(?: is)? ?#? ?([A-Z]{0,5}-?\d[\w-]{2,30})/i,
  },
  origin: { labels: ['origin', 'ship from'] },
  destination: { labels: ['destination', 'ship to'] },
  weight: { labels: ['weight', 'gross weight'] },
};

/** What people write instead of a value. */
const noValue =
  /^(?:tbd|tba|n\/?a|none|unknown|pending|open|[-?.]+|not (?:yet )?(?:known|confirmed|available)\b.*)$/i;

/** The value of a field in a text, given as its lines (see {@link linesOf}); undefined when it is not there. */
export const findField = (name: string, lines: readonly string[]): string | undefined => {
  const { labels, read = (value: string) => value, prose } = ruleOf(name);
  const value = (text: string | undefined): string | undefined => {
    const trimmed = text?.trim() ?? '';
    return trimmed === '' || noValue.test(trimmed) ? undefined : read(trimmed);
  };
  for (const line of lines) {
    const found = value(labelled(labels, line));
    if (found !== undefined) return found;
  }
  if (!prose) return undefined;
  for (const line of lines) {
    const found = value(prose.exec(line)?.[1]);
    if (found !== undefined) return found;
  }
  return undefined;
};

/** A field that the table does not have is looked for by its name: `driver_name` as "Driver name:". */
const ruleOf = (name: string): FieldRule =>
  Object.entries(rules).find(([known]) => known === name)?.[1] ?? { labels: [name.replaceAll('_', ' ')] };

const labelled = (labels: readonly string[], line: string): string | undefined => {
  const [, before = '', after] = /^([^:=]{1,60})[:=](.*)$/.exec(line) ?? [];
  const label = before
    .toLowerCase()
    .replace(/[#*•_-]+/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return labels.some((one) => label === one.replaceAll('-', ' ') || label.replace(suffix, '') === one)
    ? after
    : undefined;
};

/** "BOL no.", "carrier name" and "tracking number" mean what "BOL", "carrier" and "tracking" do. */
const suffix = / (?:number|no\.?|nr\.?|name|id)$/;

/** Longest line that is looked at, in characters. */
const longest = 2000;

/**
 * The lines of a text, also where several stand in one ("BOL: 1; Carrier: X", "Origin: A, B, Destination: C"); quoted lines of
 * an earlier mail are left out.
 */
export const linesOf = (text: string): readonly string[] =>
  text
    .split(/\r?\n/)
    .filter((line) => !line.startsWith('>'))
    .flatMap((line) => line.slice(0, longest).split(/[;|]|, (?=[A-Za-z][A-Za-z ]{1,30}:)/))
    .map((line) => line.trim());
