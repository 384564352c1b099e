import { fileURLToPath } from 'node:url'
import type { Plugin } from 'vite'

/**
 * Gives Yjs and y-webrtc a `lib0/logging` that writes plain words. The original colours what it prints and can print
 * into the page, for which it carries helpers for the DOM and a library of schemas: 3 kB gzipped that nobody sees.
 */
export function plainLogging(): Plugin {
  return {
    name: 'plain-logging',
    enforce: 'pre',
    apply: 'build',
    resolveId: (id) =>
      id === 'lib0/logging'
        ? fileURLToPath(new URL('plain-logging/logging.mjs', import.meta.url))
        : null,
  }
}
