import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vitest/config'

const LARGEST_SEED = 0x7fffffff

/** `SEED=<number> npm run unit` draws the same random cases again. */
const seed = Number(process.env['SEED'] ?? Math.floor(Math.random() * LARGEST_SEED))
if (!Number.isInteger(seed)) throw new RangeError(`SEED must be a whole number, got ${seed}`)
// This file is read once for each project, and all of them draw from one seed.
if (process.env['SEED'] === undefined) {
  process.env['SEED'] = String(seed)
  process.stdout.write(`seed of the random cases: ${seed}\n`)
}

const atLeast = (percent: number, branches: number) => ({
  lines: percent,
  statements: percent,
  functions: percent,
  branches,
})

const UI_TESTS = 'client/src/ui/**/*.test.ts'

export default defineConfig({
  plugins: [vue()],
  test: {
    env: { SEED: String(seed) },
    setupFiles: ['scripts/unit-seed.ts'],
    testTimeout: 15_000,
    // No module keeps state, so the files of one worker may share them: a third of the time.
    isolate: false,
    maxWorkers: 2,
    reporters: ['default', ['json', { outputFile: '.cache/unit.json' }]],
    restoreMocks: true,
    unstubGlobals: true,
    projects: [
      {
        extends: true,
        test: {
          name: 'node',
          environment: 'node',
          include: [
            '{shared,signal-server,client}/src/**/*.test.ts',
            '{e2e,bench,stress,scripts}/**/*.test.ts',
          ],
          exclude: [UI_TESTS, '**/node_modules/**'],
        },
      },
      {
        extends: true,
        test: {
          name: 'ui',
          environment: 'happy-dom',
          include: [UI_TESTS],
          setupFiles: ['scripts/unit-seed.ts', 'scripts/ui-settle.ts'],
        },
      },
    ],
    coverage: {
      provider: 'v8',
      include: ['{shared,signal-server,client}/src/**/*.{ts,vue}'],
      // The page of the parts is for who builds them, and in no build.
      exclude: [
        '**/*.test.ts',
        '**/*-contract.ts',
        '**/testing/**',
        '**/ui/design/**',
        '**/*.d.ts',
      ],
      reporter: ['text-summary', 'json-summary', 'html'],
      reportsDirectory: 'coverage',
      thresholds: {
        'client/src/lib/**': atLeast(98, 95),
        'client/src/sequence/**': atLeast(98, 95),
        'client/src/clock/**': atLeast(98, 95),
        'client/src/midi/**': atLeast(98, 93),
        'shared/src/**': atLeast(98, 95),
        'signal-server/src/**': atLeast(91, 83),
        'client/src/net/**': atLeast(93, 86),
        'client/src/jam/**': atLeast(87, 87),
        // Of a typed array each read has a branch that nothing can take.
        'client/src/sound/**': atLeast(96, 84),
        // Most of the wiring is held by the end-to-end tests.
        'client/src/app/**': atLeast(44, 50),
        'client/src/ui/**': atLeast(92, 85),
      },
    },
  },
})
