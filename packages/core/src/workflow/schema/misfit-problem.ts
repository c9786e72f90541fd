import { pointer } from '../json-pointer.js';
import type { Problem } from '../problem.js';
import type { Misfit } from './compile-schema.js';

const typeNames: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  integer: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  null: 'null',
};

const formatNames: Readonly<Record<string, string>> = {
  email: 'an email address',
  date: 'a date such as 2030-01-31',
  'date-time': 'a date and time such as 2030-01-31T08:00:00Z',
  time: 'a time such as 08:00:00Z',
  uri: 'a web address such as https://example.com',
  uuid: 'a UUID',
  duration: 'a duration such as PT48H',
};

/** What is wrong with a field of an input, as a problem at `root` + its path. */
export const misfitProblem = (misfit: Misfit, root: string): Problem => {
  const { path, keyword, text } = misfit;
  const at = (code: string, sentence: string, where = path): Problem => ({
    code,
    severity: 'error',
    path: `${root}${where}`,
    message: `${nameOf(where)} ${sentence}`,
  });
  switch (keyword) {
    case 'required': {
      const field = quoted(text);
      return at('missing_input', 'is required.', pointer(path, field));
    }
    case 'false':
      return at('unknown_input', 'is not known here.');
    case 'type':
      return at('invalid_input', `must be ${expectedTypes(text)}, not ${typeNames[quoted(text)] ?? 'that'}.`);
    case 'format': {
      const format = quoted(text);
      return at('invalid_input', `must be ${formatNames[format] ?? `of the format ${format}`}.`);
    }
    case 'enum':
      return at(
        'invalid_input',
        `must be one of ${text.slice('Instance does not match any of ['.length, -2)}.`,
      );
    case 'const':
      return at('invalid_input', `must be ${text.slice('Instance does not match '.length)}`);
    case 'pattern':
      return at('invalid_input', 'does not have the form that is wanted.');
    case 'tooLong':
      return at('invalid_input', 'is too long to be checked.');
    case 'anyOf':
    case 'oneOf':
    case 'not':
      return at('invalid_input', 'fits none of the allowed forms.');
    default:
      return at('invalid_input', `does not fit: ${text.charAt(0).toLowerCase()}${text.slice(1)}`);
  }
};

const expectedTypes = (text: string): string =>
  text
    .slice(text.indexOf('Expected ') + 'Expected '.length)
    .replace(/[".]/g, '')
    .split(', ')
    .map((type) => typeNames[type] ?? type)
    .join(' or ');

const quoted = (text: string): string => /"([\s\S]*?)"/.exec(text)?.[1] ?? '';

const nameOf = (path: string): string =>
  path === ''
    ? 'The input'
    : `"${path.slice(1).replaceAll('/', '.').replaceAll('~1', '/').replaceAll('~0', '~').slice(0, 120)}"`;
