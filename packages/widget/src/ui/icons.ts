import { html, type TemplateResult } from 'lit';

/** Stroke paths on a 24 × 24 grid. */
const paths = {
  alert:
    'M12 9v4m0 4h.01M10.3 4.2 2.6 17.5A2 2 0 0 0 4.3 20.5h15.4a2 2 0 0 0 1.7-3L13.7 4.2a2 2 0 0 0-3.4 0Z',
  ban: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18ZM5.8 5.8l12.4 12.4',
  bell: 'M6 9.5a6 6 0 0 1 12 0c0 5.5 2 6.5 2 6.5H4s2-1 2-6.5M10 19.5a2.2 2.2 0 0 0 4 0',
  bolt: 'M13 3 5 13.5h6L10.5 21 19 10.5h-6L13 3Z',
  box: 'M12 3 4 7.2v9.6L12 21l8-4.2V7.2L12 3Zm-8 4.2 8 4.3 8-4.3M12 11.5V21',
  branch: 'M12 3.5V8m0 0c0 4-6 3.5-6 8v4.5M12 8c0 4 6 3.5 6 8v4.5M3.5 18 6 20.5 8.5 18m7 0 2.5 2.5 2.5-2.5',
  calendar:
    'M5 5.5h14a1 1 0 0 1 1 1V19a1 1 0 0 1-1 1H5a1 1 0 0 1-1-1V6.5a1 1 0 0 1 1-1ZM4 10h16M8 3.5v4m8-4v4',
  check: 'm5 12.5 4.5 4.5L19 7.5',
  chevron: 'm9 6 6 6-6 6',
  clock: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18Zm0 4.5V12l3 2',
  cross: 'm6.5 6.5 11 11m0-11-11 11',
  eye: 'M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12ZM12 9.2a2.8 2.8 0 1 0 0 5.6 2.8 2.8 0 0 0 0-5.6Z',
  file: 'M13.5 3.5H7a1.5 1.5 0 0 0-1.5 1.5v14A1.5 1.5 0 0 0 7 20.5h10a1.5 1.5 0 0 0 1.5-1.5V8.5l-5-5Zm0 0v5h5M9 13h6m-6 3.5h4',
  flag: 'M6 21V4m0 .5h11l-2 4 2 4H6',
  inbox:
    'M4 13.5 6.5 5h11L20 13.5V18a1.5 1.5 0 0 1-1.5 1.5h-13A1.5 1.5 0 0 1 4 18v-4.5Zm0 0h4.5a3.5 3.5 0 0 0 7 0H20',
  list: 'M9 6.5h11M9 12h11M9 17.5h11M4.5 6.5h.01M4.5 12h.01M4.5 17.5h.01',
  lock: 'M7 11V8a5 5 0 0 1 10 0v3M6.5 11h11a1 1 0 0 1 1 1v7a1 1 0 0 1-1 1h-11a1 1 0 0 1-1-1v-7a1 1 0 0 1 1-1Z',
  loop: 'M17 3.5 20 6.5l-3 3M4 11V9.5a3 3 0 0 1 3-3h13M7 20.5 4 17.5l3-3M20 13v1.5a3 3 0 0 1-3 3H4',
  mail: 'M4.5 5.5h15a1 1 0 0 1 1 1v11a1 1 0 0 1-1 1h-15a1 1 0 0 1-1-1v-11a1 1 0 0 1 1-1Zm-.5 2 8 6 8-6',
  parallel: 'M4.5 4.5h15M8 4.5v15m8-15v15M4.5 19.5h15',
  pen: 'm14.5 5.5 4 4L8 20H4v-4L14.5 5.5Z',
  person: 'M12 4a3.8 3.8 0 1 0 0 7.6A3.8 3.8 0 0 0 12 4ZM4.5 20.5c.6-3.8 3.6-6 7.5-6s6.9 2.2 7.5 6',
  pin: 'M12 21s7-6.2 7-11.5a7 7 0 0 0-14 0C5 14.8 12 21 12 21Zm0-14a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5Z',
  play: 'M7.5 4.8v14.4L19 12 7.5 4.8Z',
  plus: 'M12 5v14m-7-7h14',
  refresh: 'M20 11.5A8 8 0 1 0 18 17m2-11v5.5h-5.5',
  search: 'M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13Zm4.8 11.3L20 20',
  send: 'M12 19V5.5m-6 6 6-6 6 6',
  skip: 'm6 6 7 6-7 6V6Zm12 0v12',
  sparkle: 'M12 3.5 13.9 10l6.6 2-6.6 2L12 20.5 10.1 14l-6.6-2 6.6-2L12 3.5Z',
  stop: 'M7.5 6.5h9a1 1 0 0 1 1 1v9a1 1 0 0 1-1 1h-9a1 1 0 0 1-1-1v-9a1 1 0 0 1 1-1Z',
  truck:
    'M3.5 6.5h10v10h-10v-10Zm10 3.5h4l3 3v3.5h-7M7 16.5a1.8 1.8 0 1 0 0 3.6 1.8 1.8 0 0 0 0-3.6Zm10 0a1.8 1.8 0 1 0 0 3.6 1.8 1.8 0 0 0 0-3.6Z',
  undo: 'M8 5 4 9l4 4M4 9h10a5.5 5.5 0 0 1 0 11H9',
  variable: 'M8.5 4.5C6 4.5 7.5 11 4.5 12c3 1 1.5 7.5 4 7.5m7-15c2.5 0 1 6.5 4 7.5-3 1-1.5 7.5-4 7.5',
} as const;

/** The names of the icons. */
export type IconName = keyof typeof paths;

/** True for a name of {@link icon}. */
export const isIconName = (name: string): name is IconName => Object.hasOwn(paths, name);

/** An icon that says nothing by itself: the text beside it, or the button's label, does. */
export const icon = (name: IconName): TemplateResult =>
  html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d=${paths[name]}></path></svg>`;
