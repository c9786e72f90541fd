/** Gives the element the API key that a person types in, kept while the tab is open. */
const storageKey = 'fk-workflow-demo-key';

const getToken = ({ refresh }) => {
  if (refresh) sessionStorage.removeItem(storageKey);
  const known = sessionStorage.getItem(storageKey);
  if (known) return known;
  const typed = prompt('This demo asks for an API key:')?.trim();
  if (typed) sessionStorage.setItem(storageKey, typed);
  return typed ?? null;
};

for (const builder of document.querySelectorAll('fk-workflow-builder')) builder.getToken = getToken;
