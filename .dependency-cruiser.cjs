/**
 * Who may import whom (see ARCHITECTURE.md). Each folder of core lists what it may import; everything else fails.
 * Run by `npm run check`.
 */
const core = '^packages/core/src/';
const leaves = ['errors\\.ts$', 'json\\.ts$'];
/** `name` or `@scope/name`; vendor packages have rules of their own. */
const anyPackage = ['[^/.@]+', '@[^/]+/[^/]+'];
/** The interfaces that chat, library, runs and triggers implement. */
const api = ['builder\\.ts$', ...leaves];

/** From a folder of core (a regular expression below `src/`) only to the given ones, besides itself. */
const only = (name, from, to, packages = []) => ({
  name: `core-${name}`,
  severity: 'error',
  comment: `core/src/${from} imports only ${[from, ...to, ...packages].join(', ')}.`,
  from: { path: `${core}${from}` },
  to: {
    pathNot: [
      ...[from, ...to].map((path) => `${core}${path}`),
      ...packages.map((name) => `(^|/)node_modules/${name}/`),
      ...packages.map((name) => `^${name}$`),
    ],
    // Node's modules have a rule of their own.
    dependencyTypesNot: ['core'],
  },
});

/** The packages that are optional: each may be imported below one folder alone. */
const vendor = (name, pattern, home) => ({
  name: `vendor-${name}`,
  severity: 'error',
  comment: `${name} is optional: only ${home} may import it.`,
  from: {
    path: '^packages/',
    pathNot: [`${core}${home}`, '^packages/[^/]+/[^/]+\\.ts$', '/test/', '\\.test\\.ts$'],
  },
  to: { path: [`(^|/)node_modules/${pattern}/`, `^${pattern}$`] },
});

module.exports = {
  forbidden: [
    {
      name: 'no-cycle',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'no-unresolved',
      severity: 'error',
      from: { path: '^(packages|examples|scripts|bench)/' },
      to: { couldNotResolve: true },
    },
    only('errors', 'errors\\.ts$', []),
    only('json', 'json\\.ts$', []),
    only('protocol', 'protocol/', ['json\\.ts$', 'workflow/(definition|problem|run|action-spec)\\.ts$']),
    only('expressions', 'expressions/', leaves, ['@marcbachmann/cel-js']),
    only(
      'workflow',
      'workflow/',
      ['expressions/', 'protocol/workflows\\.ts$', ...leaves],
      ['@cfworker/json-schema'],
    ),
    only('interpreter', 'interpreter/', ['workflow/', 'expressions/', 'ports/', ...leaves]),
    only('simulate', 'simulate/', ['interpreter/', 'workflow/', 'expressions/', 'ports/', ...leaves]),
    only('ports', 'ports/', ['workflow/', 'protocol/', ...leaves]),
    {
      name: 'core-ports-types-only',
      severity: 'error',
      comment: 'ports/ holds interfaces: it imports types only.',
      from: { path: `${core}ports/` },
      to: { dependencyTypesNot: ['type-only'] },
    },
    only('agent', 'agent/', ['workflow/', 'catalog/', 'ports/', ...leaves]),
    only('chat', 'chat/', ['agent/', 'catalog/', 'ports/', 'protocol/', 'workflow/', ...api]),
    only('library', 'library/', ['ports/', 'protocol/', 'simulate/', 'workflow/', ...api]),
    only('runs', 'runs/', ['library/', 'ports/', 'protocol/', 'workflow/', 'digest\\.ts$', ...api]),
    only(
      'triggers',
      'triggers/',
      ['runs/', 'library/', 'interpreter/', 'ports/', 'protocol/', 'workflow/', 'digest\\.ts$', ...api],
      ['croner'],
    ),
    only('runtimes-common', 'runtimes/common/', [
      'interpreter/',
      'workflow/',
      'catalog/',
      'ports/',
      ...leaves,
    ]),
    only('embedded', 'runtimes/embedded/', [
      'runtimes/common/',
      'interpreter/',
      'workflow/',
      'catalog/',
      'ports/',
      ...leaves,
    ]),
    only(
      'temporal',
      'runtimes/temporal/',
      [
        'runtimes/common/',
        'interpreter/',
        'workflow/',
        'catalog/',
        'protocol/',
        'ports/',
        'clock\\.ts$',
        'digest\\.ts$',
        ...leaves,
      ],
      ['@temporalio/[^/]+', 'lru-cache', 'p-timeout'],
    ),
    {
      name: 'temporal-workflow-in-its-sandbox',
      severity: 'error',
      comment:
        'What runs in the sandbox of a workflow uses no module of Node and nothing of the client or the worker.',
      from: { path: `${core}runtimes/temporal/workflow/` },
      to: {
        path: [`${core}runtimes/temporal/(client|worker)/`, `${core}catalog/`],
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'temporal-client-and-worker-apart',
      severity: 'error',
      comment: 'A host that only starts runs needs no worker and not its SDK, and the other way round.',
      from: { path: `${core}runtimes/temporal/(client|worker)/` },
      to: {
        path: `${core}runtimes/temporal/(client|worker)/`,
        pathNot: `${core}runtimes/temporal/$1/`,
      },
    },
    // Not in types either: a host without the package could not compile.
    ...[
      ['client', 'worker'],
      ['worker', 'client'],
    ].map(([side, other]) => ({
      name: `temporal-${side}-without-${other}-sdk`,
      severity: 'error',
      from: { path: `${core}runtimes/temporal/(${side}|common)/` },
      to: { path: `(^|/)node_modules/@temporalio/${other}/|^@temporalio/${other}$` },
    })),
    only('models', 'models/', ['ports/', 'workflow/', ...leaves], anyPackage),
    only('stores', '(stores|locks|limiters)/', ['ports/', 'protocol/', 'workflow/', ...leaves], anyPackage),
    {
      name: 'core-pure-no-node',
      severity: 'error',
      comment: 'These run in a page and in a workflow sandbox: no module of Node.',
      from: {
        path: [`${core}(workflow|expressions|interpreter|simulate|protocol|ports)/`, '^packages/widget/src/'],
      },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'core-pure-no-zod',
      severity: 'error',
      comment: 'zod tries `new Function`, which a strict Content-Security-Policy reports.',
      from: {
        path: [`${core}(workflow|expressions|interpreter|simulate|protocol)/`, '^packages/widget/src/'],
      },
      to: { path: ['(^|/)node_modules/zod/', '^zod$'] },
    },
    vendor('anthropic', '@anthropic-ai/sdk', 'models/anthropic/'),
    vendor('ioredis', 'ioredis', '(stores/redis|limiters|locks)/'),
    vendor('libsql', 'libsql', 'stores/sqlite/'),
    vendor('pg', 'pg', 'stores/postgres/'),
    vendor('temporal', '@temporalio/[^/]+', 'runtimes/temporal/'),
    {
      name: 'core-imports-no-other-package',
      severity: 'error',
      from: { path: '^packages/core/' },
      to: { path: '^(packages/(?!core/)|examples/)' },
    },
    {
      name: 'widget-imports-wire-and-pure-parts',
      severity: 'error',
      comment: 'The widget imports only the entries protocol and workflow of core.',
      from: { path: '^packages/widget/src/' },
      to: {
        path: '^packages/(?!widget/)',
        pathNot: [`${core}entries/(protocol|workflow)\\.ts$`],
      },
    },
    {
      name: 'packages-use-public-entries',
      severity: 'error',
      comment: 'Other packages import what core publishes: its index and its entries.',
      from: { path: '^(packages/(server-adapter|fourkites-actions)/src|examples|bench)/' },
      to: { path: core, pathNot: [`${core}(index|entries/[^/]+)\\.ts$`] },
    },
    {
      name: 'nobody-imports-examples',
      severity: 'error',
      from: { path: '^packages/' },
      to: { path: '^examples/' },
    },
    {
      name: 'sources-import-no-tests',
      severity: 'error',
      from: { path: '^(packages|examples)/[^/]+/src/' },
      to: { path: '/test/' },
    },
  ],
  options: {
    doNotFollow: { path: ['node_modules', '/dist/'] },
    exclude: { path: ['/dist/', '\\.tsbuild', '\\.mutant-'] },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'types', 'default'] },
  },
};
