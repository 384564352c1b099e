import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { cruise } from './lib/cruise.mjs'

const vueFile = (script) =>
  `<script setup lang="ts">\n${script}\n</script>\n<template><p /></template>\n`

/** A small tree in which each file breaks one rule, but for those of the last line. */
const TREE = [
  [
    'client/src/sequence/a.ts',
    `import { ref } from 'vue'\nexport const a = ref(0)\n`,
    'sequence-packages',
  ],
  [
    'client/src/sequence/b.ts',
    `import type { P } from '../jam/p.ts'\nexport type B = P\n`,
    'sequence-files',
  ],
  ['client/src/sound/c.ts', `import * as Y from 'yjs'\nexport const c = Y\n`, 'sound-packages'],
  [
    'client/src/clock/d.ts',
    `import { readFileSync } from 'node:fs'\nexport const d = readFileSync\n`,
    'clock-no-node',
  ],
  [
    'client/src/lib/e1.ts',
    `import type { E2 } from './e2.ts'\nexport type E1 = E2 | 1\n`,
    'no-circles',
  ],
  [
    'client/src/lib/e2.ts',
    `import type { E1 } from './e1.ts'\nexport type E2 = E1 | 2\n`,
    undefined,
  ],
  ['client/src/ui/F.vue', vueFile(`import * as Y from 'yjs'\nconst f = Y`), 'ui-packages'],
  [
    'client/src/ui/G.vue',
    vueFile(`import type { M } from '../net/m.ts'\nconst g: M = 1`),
    'ui-files',
  ],
  [
    'client/src/jam/h.ts',
    `import { s } from '../../../signal-server/src/s.ts'\nexport const h = s\n`,
    'jam-files',
  ],
  ['client/src/jam/i.ts', `export { gone } from './gone.ts'\n`, 'resolvable'],
  [
    'client/src/extra/j.ts',
    `import { p } from '../jam/p.ts'\nexport const j = p\n`,
    'a-folder-of-the-table',
  ],
  [
    'client/src/jam/k.ts',
    `import { t } from './t.test.ts'\nexport const k = t\n`,
    'no-tests-in-the-product',
  ],
  [
    'client/src/lib/l.test.ts',
    `import { v } from 'vue'\nexport const l = v\n`,
    'lib-test-packages',
  ],
  ['shared/src/m.ts', `import { ref } from 'vue'\nexport const m = ref\n`, 'shared-packages'],
  [
    'client/src/words/n.ts',
    `import type { P } from '../jam/p.ts'\nexport type N = P\n`,
    'words-files',
  ],
  ['client/src/net/o.ts', `import { Q } from '../words/q.ts'\nexport const o = Q\n`, 'net-files'],
  ['client/src/words/q.ts', `export const Q = 'Word'\n`, undefined],
  ['client/src/jam/t.test.ts', `import { test } from 'vitest'\nexport const t = test\n`, undefined],
  ['client/src/jam/p.ts', `export type P = 1\nexport const p = 1\n`, undefined],
  ['client/src/net/m.ts', `export type M = 1\n`, undefined],
  [
    'signal-server/src/s.ts',
    `import { request } from 'node:http'\nexport const s = request\n`,
    undefined,
  ],
]
const COPIED = ['.dependency-cruiser.cjs', 'tsconfig.base.json', 'package.json']

/** Plants every kind of violation in a temporary tree; says which went unseen and which file was blamed wrongly. */
export function plantedViolations() {
  const root = mkdtempSync(join(tmpdir(), 'boundaries-'))
  try {
    for (const file of COPIED) copyFileSync(file, join(root, file))
    symlinkSync(resolve('node_modules'), join(root, 'node_modules'), 'junction')
    for (const [path, text] of TREE) {
      mkdirSync(dirname(join(root, path)), { recursive: true })
      writeFileSync(join(root, path), text)
    }
    const { violations } = cruise(['client/src', 'shared/src', 'signal-server/src'], root)
    return TREE.flatMap(([path, , rule]) => judge(path, rule, violations))
  } finally {
    rmSync(root, { recursive: true, force: true })
  }
}

function judge(path, rule, violations) {
  const caught = violations
    .filter(({ from }) => from === path)
    .map((violation) => violation.rule.name)
  if (rule === undefined) return caught.map((name) => `self-test: ${path} is innocent of ${name}`)
  return caught.includes(rule) ? [] : [`self-test: ${rule} planted in ${path} went unseen`]
}
