import { findDurations } from './durations.js';
import { words } from './tokens.js';

/** What the grammar asks of the catalog. */
export interface Grammar {
  /** Whether a word can start an instruction. */
  isVerb(word: string): boolean;
  /** Whether a text names an action well enough to stand alone. */
  isAction(text: string): boolean;
  /** Whether a text names another action than the text before it does. */
  isOther(text: string, before: string): boolean;
}

/** Words before an instruction that ask for it. */
export const polite =
  /^(?:(?:please|kindly|hi|hello|hey|so|well|just|now|first|firstly|second|secondly|third|thirdly|lastly|that|again|still|always|immediately|also|next|finally|then|it should|the workflow should|you should|we should|i should|should|must|i|we|you|need(?:s)?|want(?:s)?|would like|['’]d like|have|has|like|can|could|will|would|to|us to|let['’]?s|let us|make sure (?:to|that|you)?|automatically|be able to|build (?:me )?a (?:work)?flow (?:that|to|which)|(?:create|make|build|design|give me|set up) (?:me )?an? (?:new )?(?:work)?flow(?: called [\w -]{1,40})?(?: that| to| which|:)?|a (?:work)?flow (?:that|to|which))\s+)+/i;

/** Words that lead a condition in. */
export const conditionLeads = new Set(['if', 'when', 'whenever', 'as soon as', 'once', 'in case', 'unless']);

export const isWait = (text: string): boolean =>
  /^(?:wait|wait_timer|wait_for_duration|pause|sleep|hold on|hold|delay(?= (?:for|by|it|\d))|give (?:it|them|him|her|the \w+)(?= ))\b/i.test(
    text,
  ) &&
  (/^(?:wait|pause|sleep)/i.test(text) || findDurations(text).length > 0) &&
  !/^wait for (?:the |an? |my |their )?\w* ?approv/i.test(text);
export const isStop = (text: string): boolean =>
  /^(?:stop|end|finish|quit|abort|exit|we are done|done|do nothing)\b(?! (?:tracking|the tracking))/i.test(
    text,
  ) && words(text).length <= 6;
export const isApproval = (text: string): boolean =>
  /\b(?:approv(?:e|es|al)|sign[- ]?off|go[- ]ahead|permission|confirm(?:s|ation)? (?:by|from))\b/i.test(
    text,
  ) &&
  /^(?:ask|get|request|wait for|require|seek|obtain|need|have|let|approval|with|an? approval|my approval|manager|the|i|me)\b/i.test(
    text,
  );
