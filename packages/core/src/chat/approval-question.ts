/** The first version's page offers its Approve button when a reply contains these words. */
export const approvalQuestion = 'Does this workflow look good?';

const words = 'does this workflow look good';

/** Text on its way to the reader, without the approval question: whether to ask it is for the state of the draft to say. */
export interface QuestionFilter {
  /** The text that may be shown now. */
  take(delta: string): string;
  /** What is left at the end of the text. */
  rest(): string;
}

/** The sentence that begins with the question, with the blanks before it. */
const sentence = /\s*does this workflow look good[^.?!\n]*(?:[.?!]|(?=\n))/gi;
const openSentence = /\s*does this workflow look good[^.?!\n]*$/i;

/** Makes a {@link QuestionFilter}: it holds text back only while it may turn out to be the question. */
export const questionFilter = (): QuestionFilter => {
  let held = '';
  return {
    take(delta) {
      const text = (held + delta).replaceAll(sentence, '');
      const end = openSentence.exec(text)?.index ?? text.length - mayBecomeQuestion(text);
      held = text.slice(end);
      return text.slice(0, end);
    },
    rest() {
      const text = held.replace(openSentence, '');
      held = '';
      return text;
    },
  };
};

/** How many characters at the end are blanks or the beginning of the question. */
const mayBecomeQuestion = (text: string): number => {
  for (let length = Math.min(words.length, text.length); length > 0; length--) {
    const tail = text.slice(text.length - length);
    if (tail.toLowerCase() !== words.slice(0, length)) continue;
    return length + blanksAtEnd(text.slice(0, text.length - length));
  }
  return blanksAtEnd(text);
};

const blanksAtEnd = (text: string): number => text.length - text.trimEnd().length;
