import type { BranchStep } from '../../../workflow/definition.js';
import { walkSteps } from '../../../workflow/walk.js';
import { buildIn } from '../build/plan-requirement.js';
import { capitalize, slug } from '../language/tokens.js';
import { resolveCondition } from '../matching/conditions.js';
import { placeIn, visibleAt } from './add-steps.js';
import { ask, doEdits, type EditContext, type EditReader, whichStep } from './edit-plan.js';
import { numbered, ordinary, withTarget } from './edit-target.js';

/** "only notify if it is more than 60 minutes late": puts a step under a condition. */
export const onlyIf: EditReader = (text, context) => {
  const [, before, after, said = ''] =
    /^(?:only (.{2,80}?) (?:if|when)|(.{2,80}?) only (?:if|when)) (.{2,200})$/i.exec(text) ?? [];
  const what = before ?? after;
  if (what === undefined) return undefined;
  return withTarget(ordinary(what, context), context, (step) => {
    const condition = { text: said, negated: false };
    const resolved = resolveCondition(condition, visibleAt(context.definition, { before: step.id }, context));
    if (!resolved)
      return ask(
        `How can a run know “${said}” before ${numbered(step, context)}? No output of an earlier step says it.`,
      );
    const title = capitalize(said);
    const branch: BranchStep = {
      id: context.newId(slug(said, '_', 24) || 'decide'),
      kind: 'branch',
      title: `${title}?`,
      cases: [{ when: `\${{ ${resolved.expression} }}`, title, steps: [] }],
    };
    return doEdits({ op: 'wrap', ids: [step.id], in: branch });
  });
};

const branchesOf = ({ definition }: EditContext): readonly BranchStep[] =>
  [...walkSteps(definition.steps)].flatMap(({ step }) => (step.kind === 'branch' ? [step] : []));

/** "otherwise log it": the other way of the one branch that has none yet. */
export const addOtherwise: EditReader = (text, context) => {
  const what = /^(?:add )?(?:an? )?(?:otherwise|else)\b[\s,:]*(.{2,300})$/i.exec(text)?.[1];
  if (what === undefined) return undefined;
  const open = branchesOf(context).filter(({ otherwise }) => otherwise === undefined);
  const [branch, ...others] = open;
  if (!branch) return ask('There is no condition without an “otherwise”. Which step do you mean?');
  if (others.length > 0) return whichStep('otherwise', open, (step) => numbered(step, context));
  const built = buildIn(
    what,
    placeIn(context, visibleAt(context.definition, { before: branch.id }, context)),
  );
  if (built.steps.length === 0) return undefined;
  // Steps are JSON; the copy says so to the type checker.
  return doEdits({
    op: 'update',
    id: branch.id,
    set: { '/otherwise': JSON.parse(JSON.stringify(built.steps)) },
  });
};

/** "change 60 to 90": a number in a condition. */
export const changeNumber: EditReader = (text, context) => {
  const [, old = '', wanted = ''] =
    /^(?:change|set|make|use|replace)\s+(?:the )?(\d{1,9})(?: \w+)? (?:to|with|by|into) (\d{1,9})(?: \w+)?$/i.exec(
      text,
    ) ?? [];
  const number = new RegExp(`(?<![\\w.])${old}(?![\\w.])`, 'g');
  const places =
    old === ''
      ? []
      : branchesOf(context).flatMap((branch) =>
          branch.cases.flatMap(({ when }, index) => (when.search(number) >= 0 ? [{ branch, index }] : [])),
        );
  const [place, ...others] = places;
  if (!place) return undefined;
  if (others.length > 0)
    return whichStep(
      text,
      places.map(({ branch }) => branch),
      (step) => numbered(step, context),
    );
  const { branch, index } = place;
  const titles = { '/title': branch.title, [`/cases/${index}/title`]: branch.cases[index]?.title };
  const renamed = Object.entries(titles).flatMap(([pointer, title]) =>
    title?.match(number) ? [[pointer, title.replace(number, wanted)] as const] : [],
  );
  const when = (branch.cases[index]?.when ?? '').replace(number, wanted);
  return doEdits({
    op: 'update',
    id: branch.id,
    set: { [`/cases/${index}/when`]: when, ...Object.fromEntries(renamed) },
  });
};
