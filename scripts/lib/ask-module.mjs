import { spawnSync } from 'node:child_process'

/**
 * What a TypeScript module of ours says, as JSON.
 *
 * @param path  from the root of the project
 * @param expression  over `it`, the module
 * @throws Error when the module or the expression does
 */
export function askModule(path, expression) {
  const code = `import('./${path}').then((it) => console.log(JSON.stringify(${expression})))`
  const run = spawnSync(process.execPath, ['--import', 'tsx', '--eval', code], {
    encoding: 'utf8',
  })
  if (run.status !== 0) throw new Error(`${path} must answer ${expression}: ${run.stderr}`)
  return JSON.parse(run.stdout)
}
