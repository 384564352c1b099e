import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const BIN = fileURLToPath(
  new URL('../../bin/dependency-cruise.mjs', import.meta.resolve('dependency-cruiser')),
)
const MAX_OUTPUT_BYTES = 256 * 1024 * 1024

/**
 * Runs dependency-cruiser over folders of a tree that has the configuration at its root.
 *
 * @throws Error when it does not come back with a result
 */
export function cruise(folders, root = process.cwd()) {
  const present = folders.filter((folder) => existsSync(join(root, folder)))
  const run = spawnSync(
    process.execPath,
    [BIN, '--config', '.dependency-cruiser.cjs', '--output-type', 'json', ...present],
    { cwd: root, encoding: 'utf8', maxBuffer: MAX_OUTPUT_BYTES },
  )
  if (!run.stdout.startsWith('{')) throw new Error(`dependency-cruiser failed: ${run.stderr}`)
  const { modules, summary } = JSON.parse(run.stdout)
  return { modules, violations: summary.violations }
}

export const violationLine = ({ rule, from, to }) => `${from} -> ${to}: ${rule.name}`
