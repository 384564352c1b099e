import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import type { Plugin } from 'vite'

const REPLACED = ['readable-stream', 'buffer', 'randombytes', 'debug']

/**
 * Builds simple-peer from its source over the few lines of Node's platform that it uses, in place of the whole of
 * Node's streams and buffers that its own bundle carries: 29 kB gzipped become 9. y-webrtc, which asks for that bundle,
 * gets the same copy.
 *
 * @see docs/decisions/0003-slim-simple-peer.md
 */
export function slimSimplePeer(): Plugin {
  const source = createRequire(import.meta.url).resolve('simple-peer/index.js')
  return {
    name: 'slim-simple-peer',
    enforce: 'pre',
    // While developing, Vite's own pre-bundling takes the bundle as it is.
    apply: 'build',
    resolveId(id, importer) {
      if (/^simple-peer(\/simplepeer\.min\.js)?$/.test(id)) return source
      if (importer !== source || !REPLACED.includes(id)) return null
      return fileURLToPath(new URL(`./simple-peer/${id}.cjs`, import.meta.url))
    },
  }
}
