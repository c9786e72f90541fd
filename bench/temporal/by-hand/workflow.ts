/** The task as somebody writes it who knows its ten steps. Bundled by Temporal's own bundler. */
import { proxyActivities, proxyLocalActivities } from '@temporalio/workflow';
import { type Document, isWrite, stepCount } from '../task.js';
import type * as activities from './activities.js';

const { read } = proxyLocalActivities<typeof activities>({ startToCloseTimeout: '10s' });
const { write } = proxyActivities<typeof activities>({ startToCloseTimeout: '10s' });

export async function giveOn(input: Document): Promise<Document> {
  let last = input;
  for (let index = 0; index < stepCount; index += 1) {
    const step = isWrite(index) ? write : read;
    last = await step({ id: last.id, document: last.document });
  }
  return last;
}
