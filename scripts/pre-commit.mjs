/** Before a commit: format and lint of the files that go into it. Switched on by `npm run hooks`. */
import { execFileSync, spawnSync } from 'node:child_process'
import { resolve } from 'node:path'

const LINTED = /\.(ts|vue|mjs|cjs|js)$/

const staged = execFileSync('git', ['diff', '--cached', '--name-only', '--diff-filter=ACMR', '-z'])
  .toString()
  .split('\0')
  .filter(Boolean)
const linted = staged.filter((file) => LINTED.test(file))

const passes = (bin, ...args) =>
  spawnSync(process.execPath, [resolve('node_modules', bin), ...args], { stdio: 'inherit' })
    .status === 0

const results = [
  staged.length === 0 ||
    passes('prettier/bin/prettier.cjs', '--check', '--ignore-unknown', ...staged),
  linted.length === 0 ||
    passes('eslint/bin/eslint.js', '--max-warnings', '0', '--no-warn-ignored', ...linted),
]
process.exitCode = results.every(Boolean) ? 0 : 1
