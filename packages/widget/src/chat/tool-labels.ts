import { humanize } from '../ui/humanize.js';

const labels: Readonly<Record<string, readonly [doing: string, done: string]>> = {
  read_requirement_document: ['Reading the document…', 'Read the document'],
  get_available_actions: ['Looking through the actions…', 'Looked through the actions'],
  analyze_requirement_and_map_actions: [
    'Mapping the requirement to actions…',
    'Mapped the requirement to actions',
  ],
  generate_clarifying_questions: ['Working out what to ask…', 'Worked out what to ask'],
  create_workflow_json: ['Drawing the workflow…', 'Drew the workflow'],
  validate_workflow_completeness: ['Checking the workflow…', 'Checked the workflow'],
  modify_workflow_steps: ['Changing the steps…', 'Changed the steps'],
};

/** What the assistant is doing, or has done, in words; a tool of the host's own under its own name. */
export const toolLabel = (name: string, done: boolean): string => {
  const known = Object.hasOwn(labels, name) ? labels[name] : undefined;
  if (known) return known[done ? 1 : 0];
  return done ? humanize(name) : `${humanize(name)}…`;
};
