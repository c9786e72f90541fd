import { expect, test } from 'vitest';
import { nearestName } from '../../src/expressions/nearest-name.js';

test.each<[string, readonly string[], string | undefined]>([
  ['facilty', ['facility', 'faculty_id'], 'facility'],
  ['has_reply', ['hasReply', 'replied'], 'hasReply'],
  ['recipient', ['subject', 'recipient_email'], undefined],
  ['to', ['at', 'the'], undefined],
  ['x', [], undefined],
])('%s among %j is %s', (name, candidates, expected) => {
  expect(nearestName(name, candidates)).toBe(expected);
});
