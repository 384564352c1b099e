import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Plugin } from 'vite'

const SOURCE = fileURLToPath(new URL('../src/shell/service-worker.ts', import.meta.url))
/** At the root, for it keeps the whole page; under the same name in every build, for browsers look there for the next. */
const FILE = 'service-worker.js'
const PLACE = '__PAGE_FILES__'
const PAGE = 'index.html'

const hashOf = (content: string | Uint8Array): string =>
  createHash('sha256').update(content).digest('hex')

/** Builds the service worker, and writes into it what else the build consists of, so that it can keep all of that. */
export function serviceWorker(): Plugin {
  let publicDir = ''
  return {
    name: 'service-worker',
    apply: 'build',
    enforce: 'post',
    configResolved(config) {
      publicDir = config.publicDir
    },
    buildStart() {
      this.emitFile({ type: 'chunk', id: SOURCE, fileName: FILE })
    },
    generateBundle: {
      order: 'post',
      handler(_options, bundle) {
        const worker = bundle[FILE]
        const page = bundle[PAGE]
        if (worker?.type !== 'chunk' || worker.imports.length > 0)
          throw new Error(`${FILE} must be a script that imports nothing`)
        if (page?.type !== 'asset') throw new Error(`the build must have ${PAGE} by now`)
        if (worker.code.split(PLACE).length !== 2) throw new Error(`${FILE} must have one ${PLACE}`)
        const built = Object.keys(bundle).filter((file) => file !== FILE && file !== PAGE)
        const still = readdirSync(publicDir)
        const content = still.map((file) => hashOf(readFileSync(join(publicDir, file))))
        const paths = [...built, ...still].map((file) => `/${file}`).sort()
        const pageHash = hashOf(page.source)
        const version = hashOf([worker.code, pageHash, ...paths, ...content].join()).slice(0, 12)
        worker.code = worker.code.replace(PLACE, JSON.stringify({ version, pageHash, paths }))
      },
    },
  }
}
