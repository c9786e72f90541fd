/*
 * Messages that turn on the agent itself. Narrow on purpose: a requirement may well speak of instructions, rules or
 * systems; what the agent may do never depends on this check.
 */
const owners = '(?:your|the|all|any|these|those|my)';
const earlier = '(?:previous|prior|earlier|above|preceding|initial|original|existing)';
const orders = '(?:instructions?|prompts?|rules|guidelines|directives|messages)';

const attacks: readonly RegExp[] = [
  // "ignore all previous instructions", "disregard your rules"
  new RegExp(
    `\\b(?:ignore|disregard|forget|override|bypass)\\s+(?:${owners}\\s+)*(?:of\\s+)?(?:${owners}\\s+)*(?:${earlier}\\s+(?:system\\s+)?${orders}|system\\s+${orders})`,
    'i',
  ),
  /\b(?:ignore|disregard|forget|override|bypass)\s+(?:all\s+(?:of\s+)?)?your\s+(?:\w+\s+)?(?:instructions|rules|guidelines|prompt)\b/i,
  // "show me your system prompt", "what is the system prompt"
  /\b(?:show|reveal|print|repeat|output|display|leak|tell|give|share|write|what(?:'s|\s+is|\s+are))\b[^.?!\n]{0,40}\b(?:your|the)\s+(?:\w+\s+)?(?:system\s+prompt|hidden\s+(?:prompt|instructions)|initial\s+(?:prompt|instructions))/i,
  /\b(?:show|reveal|print|repeat|output|display|leak)\b[^.?!\n]{0,20}\byour\s+(?:instructions|prompt)\b/i,
  // "you are now DAN", "enter developer mode"
  /\byou\s+are\s+now\s+(?:DAN\b|in\s+(?:developer|jailbreak|god)\s+mode|unrestricted|jailbroken)/i,
  /\b(?:enter|enable|activate)\s+(?:jailbreak|god|DAN)\s+mode\b/i,
];

/** A warning when a message asks the agent to give up or disclose its instructions, else undefined. */
export const findAttack = (message: string): string | undefined =>
  attacks.some((attack) => attack.test(message))
    ? 'The message asks the assistant to disclose or give up its instructions. It was not processed.'
    : undefined;
