/** Type-checks every workspace, remembering in `.cache` what did not change since the last time. */
import { spawnSync } from 'node:child_process'
import { execPath, exit } from 'node:process'
import { fileURLToPath } from 'node:url'

const TSC = fileURLToPath(import.meta.resolve('typescript/bin/tsc'))
const VUE_TSC = fileURLToPath(import.meta.resolve('vue-tsc/bin/vue-tsc.js'))

/** The pure folders come first: what they get wrong shows everywhere. */
const PROJECTS = [
  { name: 'pure', project: 'tsconfig.pure.json' },
  { name: 'root', project: 'tsconfig.json' },
  { name: 'shared', project: 'shared' },
  { name: 'signal-server', project: 'signal-server' },
  { name: 'client', project: 'client', bin: VUE_TSC },
  { name: 'e2e', project: 'e2e' },
  { name: 'bench', project: 'bench' },
  { name: 'stress', project: 'stress' },
]

const failed = PROJECTS.filter(({ name, project, bin = TSC }) => {
  const args = ['-p', project, '--incremental', '--tsBuildInfoFile', `.cache/types/${name}.json`]
  return spawnSync(execPath, [bin, ...args], { stdio: 'inherit' }).status !== 0
})
for (const { name } of failed) console.error(`${name}: types do not hold`)
exit(failed.length === 0 ? 0 : 1)
