/**
 * A name from a program as words: `facility_email` and `facilityEmail` become "Facility email".
 * Abbreviations in capitals stay: `bol_number` is "Bol number", `BOLNumber` "BOL number".
 */
export const humanize = (name: string): string => {
  const words = name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .split(/[\s_-]+/)
    .filter((word) => word !== '')
    .map((word) => (/^[A-Z0-9]{2,}$/.test(word) ? word : word.toLowerCase()))
    .join(' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
};

/** `3, 'problem'` as "3 problems". */
export const plural = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

/** For words in the middle of a sentence: "Has reply" as "has reply". */
export const lowerFirst = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);
