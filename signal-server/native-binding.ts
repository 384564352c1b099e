import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname } from 'node:path'
import type { Plugin } from 'vite'

const FILE = 'classic-level.node'
const BINDING = /[/\\]classic-level[/\\]binding\.js$/

const require = createRequire(import.meta.url)

/**
 * Ships the one binary of LevelDB that is of this platform beside the server, which then needs no packages. It is
 * loaded with whatever asks for it: where it does not run, the server does.
 */
export function nativeBinding(): Plugin {
  const path = require.resolve('classic-level/binding.js')
  const binary = (require('node-gyp-build') as { path(folder: string): string }).path(dirname(path))
  const names = Object.keys(require(path) as object)
  return {
    name: 'beatcord:native-binding',
    generateBundle() {
      this.emitFile({ type: 'asset', fileName: FILE, source: readFileSync(binary) })
    },
    load(id) {
      if (!BINDING.test(id)) return null
      return `import { createRequire } from 'node:module'
const binding = createRequire(import.meta.url)('./${FILE}')
${names.map((name) => `export const ${name} = binding.${name}`).join('\n')}`
    },
  }
}
