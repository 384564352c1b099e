/**
 * Who may import whom. A folder of the client may import itself and the folders named here, and use the packages
 * named here; the other workspaces likewise. `scripts/boundaries.mjs` runs this and proves that every file was seen.
 */
const CLIENT_FOLDERS = {
  lib: { folders: [], packages: [] },
  words: { folders: [], packages: [] },
  shell: { folders: [], packages: [] },
  sequence: { folders: ['lib'], packages: [] },
  clock: { folders: ['lib', 'sequence'], packages: [] },
  sound: { folders: ['lib', 'sequence', 'clock'], packages: [] },
  midi: { folders: ['lib', 'sequence', 'sound'], packages: [] },
  net: {
    folders: ['lib'],
    packages: ['simple-peer', 'jose'],
    shared: true,
    mayInTests: ['^signal-server/src/(server|config)\\.ts$'],
  },
  jam: {
    folders: ['lib', 'words', 'sequence', 'clock', 'net'],
    packages: ['yjs', 'y-webrtc', 'y-indexeddb', 'y-protocols', 'lib0'],
    shared: true,
    mayInTests: ['^signal-server/src/(server|config)\\.ts$'],
  },
  app: {
    folders: ['lib', 'words', 'sequence', 'clock', 'sound', 'midi', 'net', 'jam'],
    packages: [],
    shared: true,
  },
  ui: {
    folders: ['lib', 'words', 'sequence', 'clock', 'sound', 'midi', 'jam', 'app'],
    packages: [
      'vue',
      '@fontsource-variable/bricolage-grotesque',
      '@fontsource-variable/inter',
      'lucide',
      'uqr',
    ],
  },
}

const OTHERS = {
  'client-root': {
    path: '^client/src/[^/]+$',
    may: ['^client/src/(lib|app|ui)/', '^client/src/[^/]+$'],
    packages: [
      'vue',
      '@fontsource-variable/bricolage-grotesque',
      '@fontsource-variable/inter',
      'lucide',
    ],
  },
  shared: { path: '^shared/src/', may: ['^shared/src/'], packages: ['valibot'] },
  'signal-server': {
    path: '^signal-server/src/',
    may: ['^signal-server/(src/|package\\.json$)', '^shared/src/index\\.ts$'],
    mayInTests: ['^shared/src/hostile-frames\\.ts$', '^scripts/(tools|lib/redis-process)\\.mjs$'],
    packages: [
      'express',
      'redis',
      'valibot',
      'ws',
      'pino',
      'helmet',
      'jose',
      'sirv',
      'selfsigned',
      'zod',
      'prom-client',
      'ipaddr.js',
      'classic-level',
      'redis',
    ],
    node: true,
  },
  e2e: {
    path: '^e2e/',
    may: ['^e2e/', '^scripts/', '^signal-server/src/server\\.ts$', '^client/src/(sequence|sound)/'],
    packages: ['@playwright/test', '@axe-core/playwright', 'puppeteer-core'],
    node: true,
  },
  bench: {
    path: '^bench/',
    may: [
      '^bench/',
      '^e2e/',
      '^scripts/',
      '^client/src/',
      '^shared/src/index\\.ts$',
      '^signal-server/src/(clock|instances/(left|redis-directory))\\.ts$',
    ],
    packages: [
      '@playwright/test',
      'redis',
      'vite',
      'yjs',
      'y-webrtc',
      'ws',
      'node-datachannel',
      'tone',
      'lighthouse',
      'puppeteer-core',
    ],
    node: true,
  },
  stress: {
    path: '^stress/',
    may: [
      '^stress/',
      '^scripts/',
      '^client/src/',
      '^shared/src/(index|hostile-frames)\\.ts$',
      '^bench/server/proc\\.ts$',
      '^e2e/server\\.ts$',
      '^signal-server/src/(server|config)\\.ts$',
      // What the store has on its disk is spoilt there.
      '^signal-server/src/slots/(disk-index|level|slot-frame)\\.ts$',
    ],
    packages: ['yjs', 'lib0', 'ws', 'redis', 'node-datachannel'],
    node: true,
  },
}

const TEST_PACKAGES = [
  'vitest',
  'fast-check',
  'happy-dom',
  'ws',
  'node-datachannel',
  'fake-indexeddb',
]
const TEST_FILE = '(\\.test|-contract)\\.ts$'
const OURS = '^(client|shared|signal-server|e2e|bench|stress|scripts)/(?!node_modules/)'

const packagePaths = (names) =>
  names.length === 0 ? '^$' : `node_modules/(@types/)?(${names.join('|')})/`

/** Three rules for one folder: which files, which packages, and whether Node's own modules. */
function rulesFor(name, { path, may, mayInTests = [], packages, node }) {
  const stale = `see the import table in .dependency-cruiser.cjs`
  return [
    {
      name: `${name}-files`,
      comment: `${name} imports a file above or beside it: ${stale}`,
      severity: 'error',
      from: { path, pathNot: TEST_FILE },
      to: { path: OURS, pathNot: may },
    },
    {
      name: `${name}-test-files`,
      comment: `a test of ${name} imports a file above or beside it: ${stale}`,
      severity: 'error',
      from: { path: `${path}.*${TEST_FILE}` },
      to: { path: OURS, pathNot: [...may, ...mayInTests] },
    },
    {
      name: `${name}-packages`,
      comment: `${name} uses a package that is not its own: ${stale}`,
      severity: 'error',
      from: { path, pathNot: TEST_FILE },
      to: { path: 'node_modules/', pathNot: packagePaths(packages) },
    },
    {
      name: `${name}-test-packages`,
      comment: `a test of ${name} uses a package that is not its own: ${stale}`,
      severity: 'error',
      from: { path: `${path}.*${TEST_FILE}` },
      to: { path: 'node_modules/', pathNot: packagePaths([...packages, ...TEST_PACKAGES]) },
    },
    ...(node
      ? []
      : [
          {
            name: `${name}-no-node`,
            comment: `${name} runs in a browser`,
            severity: 'error',
            from: { path, pathNot: TEST_FILE },
            to: { dependencyTypes: ['core'] },
          },
        ]),
  ]
}

const clientRules = Object.entries(CLIENT_FOLDERS).flatMap(([name, entry]) =>
  rulesFor(name, {
    path: `^client/src/${name}/`,
    may: [
      `^client/src/(${[name, ...entry.folders].join('|')})/`,
      ...(entry.shared ? ['^shared/src/index\\.ts$'] : []),
    ],
    mayInTests: entry.mayInTests,
    packages: entry.packages,
  }),
)

module.exports = {
  forbidden: [
    ...clientRules,
    ...Object.entries(OTHERS).flatMap(([name, entry]) => rulesFor(name, entry)),
    {
      name: 'no-circles',
      comment: 'two files import each other; types count',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'resolvable',
      comment: 'an import that leads nowhere',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'no-tests-in-the-product',
      comment: 'only a test imports a test',
      severity: 'error',
      from: { path: '^(client|shared|signal-server)/src/', pathNot: TEST_FILE },
      to: { path: TEST_FILE },
    },
    {
      name: 'a-folder-of-the-table',
      comment: 'a new folder in client/src needs its line in the import table',
      severity: 'error',
      from: {
        path: '^client/src/[^/]+/',
        pathNot: `^client/src/(${Object.keys(CLIENT_FOLDERS).join('|')})/`,
      },
      to: {},
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^[^/]+/(dist|coverage|out)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    moduleSystems: ['es6', 'cjs'],
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['types', 'import', 'browser', 'default'],
      mainFields: ['module', 'types', 'main'],
    },
  },
}
